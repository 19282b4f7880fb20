"""Numbers that press nothing, each told by what it counts: a bare one reads like a button's, which stand below them."""

from __future__ import annotations

import dataclasses
import re

from core.ui import Table, Text

_ITEM = re.compile(r"^(\d+)\. (\[[ x]\]) ", re.MULTILINE)


def table(shown: Table) -> Table:
    """A table whose rows are numbered, with the column's name in each row: `Module 2`."""
    first, *others = shown.columns or ("",)
    if 0 not in shown.numeric or not all(row[0].isdecimal() for row in shown.rows):
        return shown
    rows = tuple((f"{first} {number}", *rest) for number, *rest in shown.rows)
    return dataclasses.replace(shown, columns=("", *others), rows=rows, numeric=shown.numeric - {0})


def checklist(shown: Text) -> Text:
    """A checklist whose items bear their numbers as `/module tick` takes them: `Item 2`."""
    return dataclasses.replace(shown, markdown=_ITEM.sub(r"- \2 Item \1: ", shown.markdown))
