"""What coaches see of a list of students that they send."""

from __future__ import annotations

from collections.abc import Sequence

from core.register.inviting import Looked
from core.register.reading import Problem
from core.ui import Button, Buttons, Call, Card, Element, Facts, Message, Text, Tone

SHOWN_AT_MOST = 20
HEADINGS_AT_MOST = 4
SEND = "Send me the list as a CSV or XLSX file in a direct message"


def how(*, by_address: bool, typed: bool = False, page: bool = False) -> Message:
    """What to send. `by_address`: the platform tells whose an e-mail address is. `typed`: a file is sent by its path; `page`: it
    is chosen on this very page.
    """
    send = "Type the path of the list as your message, a CSV or XLSX file" if typed else SEND
    send = "Choose the list below, a CSV or XLSX file" if page else send
    who = "**Name**, and **Email** or **Account** (the person's member ID)" if by_address else "**Name** and **Account**"
    why = (
        "An address is enough: I look up who has it in this workspace."
        if by_address
        else "Account is the person's id on this platform; e-mail addresses are not shown to me. Whoever has only an address "
        "comes in by your cohort's code, which /cohort shows."
    )
    columns = (
        f"{send}. Its first row names the columns: {who}, and if you like **Cohort** and **Time zone** "
        f"(a city or country, such as Leeds or France). {why}"
    )
    then = (
        "I tell you first what the list would do, row by row where something is wrong. Nothing is kept before you say so. "
        "Whoever has not written to me yet is expected: with their first word they have that name, and belong to that cohort. "
        "The file of /cohort export can be sent back in the same way."
    )
    ways = (Button("Give me the file of today", Call("cohort export")), Button("Students", Call("cohort members")))
    return Message(cards=(Card("Bring students in", (Text(columns), Text(then), Buttons(ways))),), private=True)


def looked(found: Looked) -> Message:
    """What the list would do, before anything is kept."""
    body: list[Element] = [Text(f"{_counted(found)}. Nothing is kept yet.")]
    body += [Text(found.note)] if found.note else []
    if found.fresh:
        body.append(Text(f"New: {_some([each.name for each in found.fresh])}."))
    if found.moved:
        body.append(Text(f"Into another cohort: {_some([f'{who.name} ({cohort.name})' for who, cohort in found.moved])}."))
    if found.problems:
        alike = _alike(found.problems)
        body.append(Facts(tuple(map(_of_rows, alike[:SHOWN_AT_MOST]))))
        left = sum(map(len, alike[SHOWN_AT_MOST:]))
        body += [Text(f"And {left} more rows with problems.")] if left else []
        body.append(Text("Put these rows right and send the list again: whoever is known by then stays as they are."))
    if found.fresh or found.moved:
        label = "Keep the others" if found.problems else "Keep them"
        body.append(Buttons((Button(label, Call("cohort invite", {"held": found.token}), primary=True),)))
    elif not found.problems:
        body.append(Text("Everybody on it is here already, so there is nothing to do."))
    tone = Tone.CAREFUL if found.problems else Tone.PLAIN
    return Message(cards=(Card("A list of students", tuple(body), tone),), private=True)


def without_heading(first: Sequence[str], *, by_address: bool) -> Message:
    """A table with addresses whose first row names no columns that are known."""
    who = "**Name** and **Email**" if by_address else "**Name** and **Account**"
    read = ", ".join(f"“{each[:40]}”" for each in first[:HEADINGS_AT_MOST] if each)
    words = (
        f"There are e-mail addresses in it, and I do not know which column is which: its first row says {read}. Write {who} "
        "above the columns, and send it again. Nothing is kept."
    )
    ways = (Button("What the list needs", Call("cohort import")),)
    return Message(cards=(Card("A list of students", (Text(words), Buttons(ways)), Tone.CAREFUL),), private=True)


def kept(done: Looked) -> Message:
    """It is kept."""
    words = f"Done. {len(done.fresh):,} expected, {len(done.moved):,} placed in their cohort."
    if done.fresh:
        words += " Those who are expected appear among your students when they first write to me."
    ways = [Button("Students", Call("cohort members"), primary=True)]
    ways += [Button("Not seen yet", Call("cohort expected"))] if done.fresh else []
    return Message(cards=(Card(body=(Text(words), Buttons(tuple(ways))), tone=Tone.GOOD),), private=True)


def _counted(found: Looked) -> str:
    known = found.there + len(found.moved)
    rows = "1 row with a problem" if len(found.problems) == 1 else f"{len(found.problems):,} rows with problems"
    return f"{len(found.fresh):,} new, {known:,} known, {rows}"


def _alike(problems: Sequence[Problem]) -> list[list[Problem]]:
    """The rows that have the same problem together, each where its first row stands."""
    groups: dict[str, list[Problem]] = {}
    for each in problems:
        groups.setdefault(each.together or each.words, []).append(each)
    return list(groups.values())


def _of_rows(alike: Sequence[Problem]) -> tuple[str, str]:
    if len(alike) == 1:
        return f"Row {alike[0].row}", alike[0].words
    return f"Rows {_some([str(each.row) for each in alike])}", alike[0].together or alike[0].words


def _some(names: list[str]) -> str:
    shown = names[:SHOWN_AT_MOST]
    left = len(names) - len(shown)
    return ", ".join(shown) + (f" and {left:,} more" if left else "")
