"""The pictures of the README show what the surfaces show now, and are small."""

from __future__ import annotations

import io
import re
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest
from PIL import Image

from core.ui import Message
from tests.bots.tiny import GALLERY
from tests.house.tree import ROOT
from tests.pictures import slack
from tests.pictures.drawing import NotDrawn, outline
from tests.pictures.taking import COLOURS, FOLDER, OUTLINE, Seen, drawn, kept

AGAIN = "run: make pictures"
BYTES_AT_MOST = 150_000
SURFACES = ("slack", "discord", "terminal", "web")


@pytest.fixture(scope="module")
async def seen(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Mapping[str, Seen]]:
    """What the pictures would be taken of now."""
    async with drawn(tmp_path_factory.mktemp("pictures")) as (_, found):
        yield found


def _kept() -> Mapping[str, Path]:
    return {each.stem: each for each in FOLDER.glob("*.png")}


async def test_each_picture_was_taken_of_what_is_drawn_now(seen: Mapping[str, Seen]) -> None:
    assert _kept().keys() == seen.keys(), AGAIN
    for name, path in _kept().items():
        with Image.open(path) as picture:
            assert picture.info[OUTLINE].splitlines() == outline(seen[name].html).splitlines(), f"{name}: {AGAIN}"


async def test_one_card_says_the_same_on_every_surface(seen: Mapping[str, Seen]) -> None:
    for surface in SURFACES:
        words = " ".join(re.sub(r"│|^\w+: ", " ", outline(seen[f"impact-{surface}"].html), flags=re.MULTILINE).split())
        for said in ("Before and after", "Half a loaf", "went up after", "12 October 2026", "not why", "Open the asset"):
            assert said in words, surface


def test_the_pictures_are_small_and_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, path in _kept().items():
        assert path.stat().st_size <= BYTES_AT_MOST, name
        assert f"docs/pictures/{name}.png" in readme, name
    for name in re.findall(r"docs/pictures/([\w-]+)\.png", readme):
        assert name in _kept(), f"{name}: {AGAIN}"


def test_a_picture_is_kept_in_few_colours_and_with_its_words() -> None:
    made = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(made, "PNG")
    with Image.open(io.BytesIO(kept(made.getvalue(), "h1: Élan"))) as picture:
        assert picture.mode == "P"
        assert len(picture.getcolors() or ()) <= COLOURS
        assert picture.info[OUTLINE] == "h1: Élan"


def test_what_a_drawing_does_not_know_is_not_left_out() -> None:
    message = Message(cards=GALLERY)
    with pytest.raises(NotDrawn):
        slack.drawn(message, dict.fromkeys(slack.charts(message), b""), frozenset(), "09:00")
