"""Each error of Discord's has its remedy."""

from __future__ import annotations

import pytest

from bots.discord.posts import Component, Enclosure, Post
from bots.discord.remedies import CLOSED, Remedy, bare, headed, mended, remedy, texts, without_files
from bots.discord.troubles import DiscordRefused

PLAN = Enclosure("plan.md", b"# Plan")
SHOWN: Component = {"type": 13, "file": {"url": "attachment://plan.md"}}


def _text(words: str) -> Component:
    return {"type": 10, "content": words}


CARD: Component = {"type": 17, "components": [_text("in a card"), {"type": 9, "components": [_text("beside")], "accessory": {}}]}


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ((10003, 50001, 160005), Remedy.ELSEWHERE),
        ((50013,), Remedy.PERMISSION),
        ((50007, 50278), Remedy.UNREACHABLE),
        ((160004,), Remedy.THERE),
        ((30033, 160006), Remedy.NO_THREAD),
        ((50083,), Remedy.ARCHIVED),
        ((10008,), Remedy.MISSING),
        ((40003,), Remedy.TOO_FAST),
        ((40005,), Remedy.SMALLER),
        ((50035,), Remedy.PLAINER),
        ((10062, 40060, 50027), Remedy.SPENT),
    ],
)
def test_the_table_of_remedies(codes: tuple[int, ...], expected: Remedy) -> None:
    assert {remedy(DiscordRefused(code)) for code in codes} == {expected}


def test_what_stands_in_no_line_has_no_remedy_and_too_large_needs_no_code() -> None:
    assert remedy(DiscordRefused(31337, 400)) is None
    assert remedy(DiscordRefused(0, 413)) is Remedy.SMALLER
    assert Remedy.MISSING not in CLOSED


def test_what_is_too_large_goes_without_its_files_and_says_so() -> None:
    (smaller,) = mended(Post((_text("Here."), SHOWN), (PLAN,)), DiscordRefused(40005, 413))
    assert smaller.files == ()
    assert SHOWN not in smaller.components
    assert "plan.md" in list(texts(smaller.components))[-1]
    assert mended(Post((_text("Here."),)), DiscordRefused(40005, 413)) == ()


def test_a_sorry_that_does_not_fit_in_stands_alone() -> None:
    assert len(without_files(Post((_text("x" * 3_990), SHOWN), (PLAN,)), "it is too large.").components) == 1


def test_where_files_may_not_be_sent_the_permission_is_named() -> None:
    (smaller,) = mended(Post((_text("Here."), SHOWN), (PLAN,)), DiscordRefused(50013, 403))
    assert "Attach Files" in list(texts(smaller.components))[-1]
    assert mended(Post((_text("Here."),)), DiscordRefused(50013, 403)) == ()


def test_what_discord_does_not_understand_goes_as_text_with_its_files() -> None:
    (plainer,) = mended(Post((_text("Here."), CARD, SHOWN), (PLAN,)), DiscordRefused(50035, 400))
    assert list(texts(plainer.components)) == ["Here.\n\nin a card\n\nbeside"]
    assert plainer.files == (PLAN,)
    assert plainer.components[1] == SHOWN
    assert mended(plainer, DiscordRefused(50035, 400)) == (), "nothing is plainer than that"


def test_nothing_is_lost_where_the_text_alone_is_too_long_for_one() -> None:
    words = [_text("word " * 700) for _ in range(3)]
    said = " ".join(text for each in bare(Post(tuple(words))) for text in texts(each.components))
    assert said.count("word") == 2_100


def test_a_header_stands_first_where_there_is_room() -> None:
    post = Post((_text("Hello"),))
    assert headed(post, "**Writer**").components[0] == _text("**Writer**")
    assert headed(post, "") == post
    full = Post(tuple(_text("x") for _ in range(40)))
    assert headed(full, "**Writer**") == full
