"""Every list that can grow, with more in it than one page holds: turned, searched and sorted, and drawn on every surface."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.cells import cell_len

from bots.discord.render import posts as discord_posts
from bots.settings import Settings
from bots.slack.render import posts as slack_posts
from bots.terminal import render
from bots.terminal.ready import Readying
from bots.web.render import Drawing
from bots.web.ways import Ways
from bots.wiring import Program, build
from core import plain
from core.request import Asked
from core.ui import Button, Buttons, Call, Card, Facts, Menu, Message, Table
from tests.bots.discord.sound import refused as refused_by_discord
from tests.bots.slack.sound import refused as refused_by_slack
from tests.bots.slack.test_render import WAYS
from tests.bots.terminal.test_render import drawn, same
from tests.house.lists import GROW
from tests.stories.crowd import IDA, MANY, NOON, crowded

NOTHING = "zzqq"
WIDTH = 80


@dataclass(frozen=True, slots=True)
class Looked:
    """How a list is asked for, how many rows it has, and so many of them as `found` are found by these words."""

    words: str
    found: int
    rows: int = MANY
    pages: int = 3


LISTS: Mapping[str, Looked] = {
    "agents list": Looked("helperc", 1),
    "agents review": Looked("jar 07", 1),
    "assets list": Looked("pains 07", 1),
    "cohort announcements": Looked("PAINS 07", 1),
    "cohort asked": Looked("convért 07", 1, MANY * 2, 5),
    "cohort expected": Looked("odegard", 1),
    "cohort list": Looked("code0007", 1),
    "cohort members": Looked("lukasz nunez", 1, MANY + 1),
    "cohort nudges": Looked("zoe", 1),
    "cohort pairs": Looked("Featherstonehaugh", 1),
    "commitments": Looked("thing 07", 1),
    "foundation history": Looked("thing 07", 2, pages=5),
    "kpi history": Looked("april", 8),
    "kpi impact": Looked("gift", 2),
    "me looks": Looked("zoë", 1, MANY + 1, 2),
    "person show": Looked("páins 07", 1),
    "runs": Looked("h1", 8),
    "staff show": Looked("ida", 1, MANY + 1),
    "student assets": Looked("jar 07", 1),
    "usage": Looked("student 07", 1),
}


@pytest.fixture(scope="module")
async def crowd(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Program]:
    """The program over a full record."""
    folder: Path = tmp_path_factory.mktemp("crowd")
    await crowded(folder)
    async with build(Settings.model_validate({"ELEVATE_DATA_DIR": folder})) as program:
        yield program


def test_each_list_that_can_grow_is_here() -> None:
    assert LISTS.keys() == GROW


@pytest.mark.parametrize("name", sorted(LISTS))
async def test_a_list_is_turned_searched_and_sorted(crowd: Program, name: str) -> None:
    looked, whose = LISTS[name], await _whose(crowd, name)
    first = await _asks(crowd, name, whose)
    assert f"Page 1 of {looked.pages}." in plain.message(first)
    pages = [first]
    while following := _pressable(pages[-1], "Next"):
        pages.append(await _asks(crowd, name, following.values))
    assert len(pages) == looked.pages
    assert looked.rows in _counts(name, pages), "each row stands on one page"
    assert _rows(await _asks(crowd, name, {**whose, "page": "99"})) == _rows(pages[-1]), "beyond the end is the last page"
    assert _rows(await _asks(crowd, name, _call(pages[1], "Back").values)) == _rows(first)

    orders = [each.values for each in _calls(first) if each.command == name and "order" in each.values and not each.form]
    assert orders
    sorted_otherwise = [await _asks(crowd, name, each) for each in orders]
    assert all(f"of {looked.pages}." in plain.message(each) for each in sorted_otherwise)
    assert any(_rows(each) != _rows(first) for each in sorted_otherwise)

    found = await _asks(crowd, name, {**whose, "search": looked.words})
    assert f"{looked.found} " in plain.message(found)
    assert f"with “{looked.words}”" in plain.message(found)
    assert _rows(await _asks(crowd, name, _call(found, "Show all").values)) == _rows(first)
    none = await _asks(crowd, name, {**whose, "search": NOTHING})
    assert NOTHING in plain.message(none)
    whole = next(each for each in _calls(none) if not each.form and each.values.keys() <= whose.keys() and each.command == name)
    assert _rows(await _asks(crowd, name, whole.values)) == _rows(first)
    for shown in (*pages, *sorted_otherwise, found, none):
        _drawn_everywhere(crowd, shown)


async def test_words_typed_after_a_lists_name_do_the_same(crowd: Program) -> None:
    typed = await _asks(crowd, "cohort asked", {}, "my gift page:2 sort:name")
    pressed = await _asks(crowd, "cohort asked", {"search": "my gift", "page": "2", "order": "name"})
    assert typed == pressed
    assert "Page 2 of 3." in plain.message(typed)


async def _whose(crowd: Program, name: str) -> dict[str, str]:
    """Whose list it is, where it is not the asker's own."""
    if name != "student assets":
        return {}
    nora = next(each for each in await crowd.people.members(await crowd.people.meet(IDA, NOON)) if each.name == "Nora")
    return {"student": nora.id}


async def _asks(crowd: Program, command: str, values: Mapping[str, object], words: str = "") -> Message:
    given = {name: str(value) for name, value in values.items()}
    asked = Asked(id="evt_1", actor=IDA, address=IDA.direct, at=NOON, command=command, values=given, words=words)
    answer = await crowd.app.handle(asked)
    assert isinstance(answer, Message), answer
    return answer


def _drawn_everywhere(crowd: Program, shown: Message) -> None:
    for post in discord_posts(shown, "", {}):
        assert refused_by_discord(post) == []
    for way in WAYS:
        for each in slack_posts(shown, way, {}):
            assert refused_by_slack(each) == []
    text = drawn(render.message(Readying(same, attended=True).ready(shown)), WIDTH)
    assert max(cell_len(line) for line in text.splitlines()) <= WIDTH
    page = Drawing(Ways(crowd.app.catalog, "https://elevate.example", "csrf")).message(shown)
    assert all(str(page).count(f">{label}<") for label in ("Next", "Back") if _pressable(shown, label))


def _rows(message: Message) -> list[tuple[str, ...]]:
    """The lines of its facts and tables, and what can be opened."""
    parts = [each for card in message.cards for each in card.body if isinstance(each, Facts | Table | Menu)]
    found: list[tuple[str, ...]] = []
    for each in parts:
        if isinstance(each, Menu):
            found += [(button.label,) for button in each.options if "order" not in button.call.values]
        else:
            found += each.rows
    return found


def _counts(name: str, pages: list[Message]) -> set[int]:
    """How many there are over all pages of what no two pages have: of lines, and of calls by what they do."""
    kinds: defaultdict[str, list[object]] = defaultdict(list)
    for page in pages:
        for row in dict.fromkeys(_rows(page)):
            kinds["row"].append(row)
        for call in _calls(page):
            if call.command != name or not call.values.keys() & {"page", "order", "search"}:
                kinds[call.command].append(tuple(call.values.items()))
    return {sum(each.count(one) == 1 for one in each) for each in kinds.values()}


def _pressables(card: Card) -> Iterator[Button]:
    for each in card.body:
        if isinstance(each, Buttons):
            yield from (item for item in each.items if isinstance(item, Button))
        elif isinstance(each, Menu):
            yield from each.options


def _calls(message: Message) -> list[Call]:
    return [button.call for card in message.cards for button in _pressables(card)]


def _pressable(message: Message, label: str) -> Call | None:
    return next((each.call for card in message.cards for each in _pressables(card) if each.label == label), None)


def _call(message: Message, label: str) -> Call:
    found = _pressable(message, label)
    assert found is not None, label
    return found
