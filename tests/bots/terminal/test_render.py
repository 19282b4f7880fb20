"""What an answer looks like, at several widths."""

from __future__ import annotations

import io
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console, RenderableType

from bots.terminal import render
from bots.terminal.blocks import reader
from bots.terminal.prose import prose
from bots.terminal.ready import Readying
from core.request import File
from core.ui import Button, Buttons, Call, Card, Facts, Feedback, Message, Meter, Page, Speaker, Table, Text, Tone
from tests.bots.tiny import GALLERY, STORY, TEACHER


def drawn(shown: RenderableType, width: int = 80, *, colour: bool = False) -> str:
    """What it looks like, without spaces at line ends."""
    out = io.StringIO()
    console = Console(
        file=out, width=width, force_terminal=colour, color_system="standard" if colour else None, no_color=not colour
    )
    console.print(shown, markup=False, highlight=False, emoji=False)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def same(file: File) -> File:
    return file


def _letters(text: str) -> Counter[str]:
    return Counter(each for each in text if each.isalpha())


@pytest.mark.parametrize("width", [20, 40, 56, 80, 100])
def test_nothing_is_wider_than_the_screen_and_nothing_is_lost(width: int) -> None:
    text = drawn(render.message(Readying(same, attended=True).ready(Message("".join(STORY), GALLERY, speaker=TEACHER))), width)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    if width < 40:  # there, cells are broken within their words
        return
    letters = "".join(text.replace("│", "").split())
    for wanted in (
        "Teacher",
        "Maria",
        "Europe/London",
        "Implemented",
        "1,204",
        "Podcast",
        "Ashopwindow",
        "RunH1",
        "4of9",
        "2.36%",
    ):
        assert wanted in letters, wanted


def test_buttons_bear_their_numbers_in_order_through_the_whole_answer() -> None:
    readying = Readying(same, attended=True)
    text = drawn(render.message(readying.ready(Message("", GALLERY))))
    assert "1 Teacher   2 Writer" in text
    assert "3 Run H1" in text
    assert readying.buttons[2].call == Call("run", {"code": "H1"})


def test_cards_wear_their_tone_and_words_keep_their_brackets() -> None:
    text = drawn(render.card(Card("Bad [red]news[/red]", (Text("It [broke](https://example.test)."),), Tone.BAD)), colour=True)
    assert "\x1b[31m╭" in text
    assert "[red]news[/red]" in text


def test_an_agent_always_has_the_same_colour() -> None:
    assert render.speaker(Speaker("Teacher")).style == "bold yellow", "in every process"
    assert len({str(render.speaker(Speaker(name)).style) for name in ("Director", "Sage", "Teacher", "Writer")}) > 1


def test_a_page_has_its_title_and_cards() -> None:
    assert drawn(render.page(Page("Good morning, Maria", (Card("Next", (Text("Start."),)),)))).startswith(
        "Good morning, Maria\n╭─ Next"
    )


def test_meters_stand_under_each_other_and_a_full_one_is_green() -> None:
    card = Card("", (Meter("A", 1, 2), Meter("Longer", 3, 3), Meter("None", 0, 0), Meter("Over", 9, 3)))
    lines = [line for line in drawn(render.card(card)).splitlines() if " of " in line]
    assert len({min(line.find(sign) for sign in "━─" if sign in line) for line in lines}) == 1
    assert "\x1b[32m━" in drawn(render.card(card), colour=True)


def test_a_wide_table_becomes_lists_on_a_narrow_screen() -> None:
    table = Table(("Step", "Asset", "Status"), (("Hook", "Pain headlines", "Implemented"), ("Gift", "Guide", "")))
    assert "Asset Pain headlines" in drawn(render.element(table), 26)
    assert "Asset" in drawn(render.element(table), 80).splitlines()[0]


@pytest.mark.parametrize("width", [36, 40, 48])
def test_no_word_of_a_table_is_broken_where_room_can_be_shared_otherwise(width: int) -> None:
    rows = (("0", "Foundation", "Not Started", "0 of 8"), ("1", "Hook", "Not Started", "0 of 8"))
    text = drawn(render.card(Card("", (Table(("No.", "Step", "Status", "Ticks"), rows, numeric=frozenset({0, 3})),))), width)
    assert "Foundation" in text
    assert max(cell_len(line) for line in text.splitlines()) <= width


def test_a_title_too_long_for_its_frame_stands_in_it_whole() -> None:
    text = drawn(render.card(Card("Module 0, Foundation: Know your ground", (Text("Words"),))), 40)
    assert "Foundation: Know your ground" in " ".join(text.replace("│", "").split())
    assert text.splitlines()[0] == f"╭{'─' * 38}╮"


def test_headings_stay_on_the_left_and_tags_stay_in_the_text() -> None:
    assert drawn(prose("# Hooks\n\nType /run <code> now.\n\n## More")) == "Hooks\n\nType /run <code> now.\n\nMore"


def test_an_address_is_shown_once_and_beside_its_label() -> None:
    assert drawn(prose("<https://example.test> and [here](https://example.test/a)")) == (
        "https://example.test and here (https://example.test/a)"
    )


def test_code_can_be_copied() -> None:
    assert drawn(prose("```python\nx = 1\n\ny = 2\n```")) == "  x = 1\n\n  y = 2"


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet=st.sampled_from("ab *_`#[]()<>|-\n1.!\\~&"), max_size=120), st.integers(10, 60))
def test_any_markdown_is_drawn_within_the_screen_with_all_its_letters(text: str, width: int) -> None:
    shown = drawn(prose(text), width)
    assert max(map(cell_len, shown.split("\n"))) <= width
    languages = "".join(each.info for each in reader().parse(text) if each.type == "fence")  # of code, which are not shown
    assert _letters(shown) + _letters(languages) == _letters(text)


def test_control_characters_reach_no_screen() -> None:
    message = Message("\x1b[2Jgone", (Card("\x07", (Facts((("a\x1b", "b\x9b"),)), Buttons((Button("\x1bx", Call("run")),)))),))
    text = drawn(render.message(Readying(same, attended=True).ready(message)))
    assert not {"\x1b", "\x07", "\x9b"} & set(text)
    assert "1 x" in text


def test_whether_an_answer_helped_is_asked_of_people_and_not_of_pipes() -> None:
    ask = Card(body=(Feedback(Call("feedback"), Call("feedback")),))
    message = Message("It stops the thumb.", (Card("Kept", (Text("Draft"),)), ask))
    seated, piped = Readying(same, attended=True), Readying(same, attended=False)
    assert "1 This helped" in drawn(render.message(seated.ready(message)))
    assert piped.ready(message).cards == message.cards[:1]
    assert (len(seated.buttons), piped.buttons) == (2, [])
