"""The members' list as coaches see it: who may need a person first, with the reasons in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from core.commitments.model import Commitment
from core.course.steps import Step
from core.listing import Leaf, Listing, counted, leaf_of, not_found, turning
from core.members.model import Member
from core.members.risk import Level
from core.members.service import Row
from core.openness.model import Part
from core.people.model import Person
from core.ui import Button, Buttons, Call, Card, Facts, Menu, Message, Meter, Text, Tone

COMMAND = "cohort members"
REASONS = 2
PROMISES_SHOWN = 3
"""In their words; of the others their number is told."""


def listed(rows: Sequence[Row], asking: Listing, coach: Person, at: datetime, awaited: int, cohort: str = "") -> Message:
    """A page of the list, with the way to the others, to another order and to each member; `awaited` more are expected.

    `cohort`: whose students they are, where there are several.
    """
    if not rows and asking.narrowed:
        return not_found(_title(cohort), COMMAND, asking, "No student", "in their name")
    if not rows:
        return _nobody(coach, awaited, cohort)
    leaf = leaf_of(rows, asking.page)
    facts = Facts(tuple((_named(each), _in_short(each, at)) for each in leaf.rows))
    closer = Menu("Look closer", tuple(Button(each.member.name[:70], Call("cohort member", _who(each))) for each in leaf.rows))
    turns = turning(COMMAND, asking, leaf, *_not_seen(awaited), find="Find somebody")
    return Message(cards=(Card(_title(cohort), (Text(_counted(rows, asking, leaf)), facts, closer, *turns)),), private=True)


def _not_seen(awaited: int) -> tuple[Button, ...]:
    """The way to those who have not written to the bot yet."""
    return (Button(f"Not seen yet ({awaited:,})", Call("cohort expected")),) if awaited else ()


def one(row: Row, at: datetime, spent: str, parts: Sequence[Part], promises: Sequence[Commitment] = ()) -> Message:
    """One member: why they may need a person, where they stand, and what can be done; `parts` are those that they opened, and
    `promises` what they said they would do, the soonest first.
    """
    member = row.member
    if row.risk.reasons:
        why = f"**{row.risk.level.said}:** {'; '.join(row.risk.reasons)}."
    else:
        why = "Nothing in their work says that they need a person just now."
    facts = Facts(
        (
            ("Last sign of life", _when(member, member.seen_at, at)),
            ("Last work on the course", _worked(member, at)),
            ("Assets", f"{member.assets} kept, {member.shipped} live" if member.assets else "none yet"),
            ("Figures logged", f"last {_when(member, member.logged_at, at)}" if member.logged_at else "not yet"),
            ("Commitments", _promises(promises, at)),
            ("Reminders", _reminders(member, at)),
            ("Claude this month", spent),
            ("Their time", f"{at.astimezone(ZoneInfo(member.timezone)):%H:%M}, {member.timezone}"),
        )
    )
    steps = tuple(_meter(member, number) for number, share in enumerate(member.shares) if share or _is_told(member, number))
    buttons = Buttons(
        (
            Button("Write to them", Call("cohort write", _who(row), form=True), primary=row.risk.level is not Level.FINE),
            Button("Keep the bot quiet", Call("nudges quiet", {"student": member.id})),
            *(Button(f"Their {part.value}", Call("cohort see", {**_who(row), "part": part.value})) for part in parts),
            Button("All students", Call(COMMAND)),
        )
    )
    tone = {Level.FINE: Tone.GOOD, Level.WATCH: Tone.PLAIN, Level.NEEDS_A_PERSON: Tone.CAREFUL}[row.risk.level]
    place = Card("Where they are", (Text(_place(member)), *steps))
    return Message(cards=(Card(member.name, (Text(why), facts, buttons), tone), place), private=True)


def nobody(coach: Person) -> str:
    """Why the list is empty, and who comes onto it. On a terminal a community is all accounts of one record."""
    if coach.at_a_terminal:
        return (
            "No students yet. On a terminal your students are the other accounts of the same record: whoever starts Elevate "
            "there under a name of their own appears here within a minute. Those of Slack and Discord are seen from there: "
            "/link brings your accounts together."
        )
    return "No students yet. Whoever writes to the bot in this community appears here within a minute."


def _title(cohort: str) -> str:
    return f"Your students, {cohort}" if cohort else "Your students"


def _nobody(coach: Person, awaited: int, cohort: str) -> Message:
    ways, words = _not_seen(awaited), "Nobody whom you expect has written to me yet." if awaited else nobody(coach)
    return Message(cards=(Card(_title(cohort), (Text(words), *((Buttons(ways),) if ways else ()))),), private=True)


def _counted(rows: Sequence[Row], asking: Listing, leaf: Leaf[Row]) -> str:
    needs = sum(each.risk.level is Level.NEEDS_A_PERSON for each in rows)
    watch = sum(each.risk.level is Level.WATCH for each in rows)
    told = [f"{needs} {'needs' if needs == 1 else 'need'} a person (●)"] if needs else []
    told += [f"{watch} {'is' if watch == 1 else 'are'} worth a look (○)"] if watch else []
    return f"{counted(asking, leaf, 'student')} {', '.join(told) or 'Nobody is stuck, silent or behind'}."


def _named(row: Row) -> str:
    return f"{row.risk.level.sign}{row.member.name[:60]}"


def _why(reasons: Sequence[str]) -> str:
    """The weightiest reasons; the student's own card has them all."""
    text = "; ".join(reasons[:REASONS])
    return f"{text[:1].upper()}{text[1:]}"


def _in_short(row: Row, at: datetime) -> str:
    member = row.member
    seen = f"seen {ago(member, member.seen_at, at)}" if member.seen_at else "not seen yet"
    parts = [_place(member), seen]
    parts += [f"{member.shipped} live"] if member.shipped else []
    parts += [f"figures logged {_times(member.periods)}"] if member.periods else []
    why = f". {_why(row.risk.reasons)}" if row.risk.reasons else ""
    return ", ".join(parts) + why


def _times(count: int) -> str:
    return "once" if count == 1 else "twice" if count == 2 else f"{count} times"


def _place(member: Member) -> str:
    if member.module is None:
        done, total = (sum(each) for each in zip(*member.ticked, strict=True)) if member.ticked else (0, 0)
        return "All ten modules closed" + (f", {done} of {total} items ticked" if done < total else "")
    return f"{tuple(Step)[member.module].value}, {ticks(member, member.module) or 'nothing'} ticked"


def ticks(member: Member, number: int) -> str:
    """How much of the module's checklist is ticked, in items as its student reads it, "" for nothing; in percent for who was
    rolled up before items were kept.
    """
    share = member.shares[number] if number < len(member.shares) else 0
    if not share or number >= len(member.ticked):
        return f"{share}%" if share else ""
    done, total = member.ticked[number]
    return f"{done} of {total}"


def _is_told(member: Member, number: int) -> bool:
    return number == member.module or number in member.begun or number in member.completed


def _meter(member: Member, number: int) -> Meter:
    """What is ticked, and that the module is closed, which it may be with less than all."""
    closed = ", closed" if number in member.completed else ""
    done, total = member.ticked[number] if number < len(member.ticked) else (member.shares[number], 100)
    return Meter(f"{number} {tuple(Step)[number].value}{closed}", done, total)


def _promises(promises: Sequence[Commitment], at: datetime) -> str:
    """In their own words, the soonest first."""
    if not promises:
        return "none open"
    told = [
        f"“{each.what}” by {each.day.day} {each.day:%B}{', which is over' if each.due_at < at else ''}"
        for each in promises[:PROMISES_SHOWN]
    ]
    more = len(promises) - PROMISES_SHOWN
    return "; ".join(told) + (f"; and {more} more" if more > 0 else "")


def _reminders(member: Member, at: datetime) -> str:
    """By the member's own calendar, as the reasons of the rule are."""
    zone = ZoneInfo(member.timezone)
    if member.stopped_at:
        return f"stopped by them on {_day(member.stopped_at, zone)}"
    if member.silent_until and member.silent_until > at:
        return f"kept quiet until {_day(member.silent_until, zone)}, since a person writes to them"
    if member.paused_until and member.paused_until > at:
        return f"paused by them until {_day(member.paused_until, zone)}"
    return f"{member.ignored} ignored in a row" if member.ignored else "on"


def _when(member: Member, moment: datetime | None, at: datetime) -> str:
    """By the member's own calendar, too."""
    return f"{_day(moment, ZoneInfo(member.timezone))} ({ago(member, moment, at)})" if moment else "never"


def _worked(member: Member, at: datetime) -> str:
    """When they last did something for the course; where that was only to start a module, that it was."""
    when = _when(member, member.last_work_at, at)
    return f"started {tuple(Step)[member.module or 0].value} on {when}" if member.only_started else when


def _day(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{local.day} {local:%B %Y}"


def ago(member: Member, moment: datetime, at: datetime) -> str:
    """How long ago, in days of the member's own calendar."""
    days = member.days_since(moment, at)
    return "today" if days < 1 else "yesterday" if days == 1 else f"{days} days ago"


def _who(row: Row) -> Mapping[str, str]:
    return {"student": row.member.id}
