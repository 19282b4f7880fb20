"""Numbers that press nothing say what they count."""

from __future__ import annotations

from bots.terminal.numbered import checklist, table
from bots.terminal.ready import Readying
from core.plain import message
from core.ui import Button, Buttons, Call, Card, Message, Table, Text

NUMBERED = Table(("Module", "Step", "Ticks"), (("0", "Foundation", "0 of 8"), ("10", "Hook", "1 of 8")), "", frozenset({0, 2}))


def test_a_rows_number_stands_with_the_name_of_its_column() -> None:
    shown = table(NUMBERED)
    assert shown.rows == (("Module 0", "Foundation", "0 of 8"), ("Module 10", "Hook", "1 of 8"))
    assert (shown.columns, shown.numeric) == (("", "Step", "Ticks"), frozenset({2}))


def test_a_table_of_figures_stays_as_it_is() -> None:
    for shown in (
        Table(("Week", "Leads"), (("2 March", "12"),), numeric=frozenset({1})),
        Table(("Rate", "Name"), (("2.1%", "Clicks"), ("3", "Leads")), numeric=frozenset({0})),
        Table((), ()),
    ):
        assert table(shown) == shown


def test_a_checklist_says_item_where_other_lists_keep_their_numbers() -> None:
    text = Text("1. [x] Done (G1)\n2. [ ] Open\n\n3. Third\n\nin 4. [ ] no item")
    assert checklist(text).markdown == "- [x] Item 1: Done (G1)\n- [ ] Item 2: Open\n\n3. Third\n\nin 4. [ ] no item"


def test_only_what_is_pressed_has_a_number_of_its_own() -> None:
    pressed = Buttons((Button("Gift", Call("module")),))
    text = message(
        Readying(lambda file: file, attended=True).ready(Message(cards=(Card("", (NUMBERED, Text("2. [ ] Open"), pressed)),)))
    )
    assert "Module 0   Foundation" in text
    assert "- [ ] Item 2: Open" in text
    assert "[1 Gift]" in text
