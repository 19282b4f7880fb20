"""What coaches see of those who are expected."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from core.cohort.expected import Awaited
from core.listing import Listing, leaf_of, not_found, on_page, sought, turning
from core.people.invitation import Invitation
from core.ui import Button, Buttons, Call, Card, Element, Facts, Message, Text

COMMAND = "cohort expected"
TITLE = "Not seen yet"
STUDENTS = Button("Students", Call("cohort members"))


def expected(found: Awaited, asking: Listing, zone: ZoneInfo) -> Message:
    """A page of the list; days are those of this zone."""
    title = f"{TITLE}, {found.cohort.name}" if found.cohort else TITLE
    if not found.people:
        words = "Nobody is expected just now. A list (/cohort import), or /cohort here in the cohort's channel, brings people in."
        ways = Buttons((STUDENTS, Button("Bring students in", Call("cohort import"))))
        return Message(cards=(Card(title, (Text(words), ways)),), private=True)
    rows = sought(found.people, asking.words, lambda each: each.name)
    if not rows:
        return not_found(title, COMMAND, asking, "Nobody who is expected")
    leaf = leaf_of(rows, asking.page)
    code = f" or give them the code `{found.cohort.code}`" if found.cohort else ""
    how = f"I write to nobody first. Ask them to write me a word{code}; from then on they are among your students."
    facts = Facts(tuple((each.name[:60] or "no name", _since(each, zone)) for each in leaf.rows))
    body: list[Element] = [Text(f"{_counted(leaf.count, asking)}{on_page(leaf)} {how}"), facts]
    return Message(cards=(Card(title, (*body, *turning(COMMAND, asking, leaf, STUDENTS))),), private=True)


def _counted(count: int, asking: Listing) -> str:
    sought_for = f" with “{asking.words}” in their name" if asking.words else ""
    return f"{count:,} {'person' if count == 1 else 'people'}{sought_for}."


def _since(each: Invitation, zone: ZoneInfo) -> str:
    day = each.created_at.astimezone(zone).date()
    return f"{'in the channel' if each.channel else 'on a list'} since {day.day} {day:%B}"
