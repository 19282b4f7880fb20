"""How announcements look to those who read them, and to those who write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.community.model import Announcement, State, To
from core.listing import Listing, counted, leaf_of, not_found, turning
from core.nudges.contract import clock
from core.people.model import Person
from core.ui import Button, Buttons, Call, Card, Element, Facts, Menu, Message, Text, Tone

COMMAND = "cohort announcements"
ALL = Button("All announcements", Call(COMMAND))
WRITE = Button("Write one", Call("cohort announce", form=True))


def read(announcement: Announcement, *, alone: bool = False) -> Message:
    """What its readers see; `alone`: in direct messages, where an answer would be for whoever wrote it."""
    answer = (Buttons((Button("Answer", Call("person ask", {"letter": "yes"}, form=True)),)),) if alone else ()
    return Message(cards=(Card(f"{announcement.by_name} to everybody", (Text(announcement.words), *answer)),))


def preview(announcement: Announcement, readers: int, coach: Person, at: datetime, cohort: str = "") -> Message:
    """A draft, as it will be read, by how many and when; `cohort`: of which one they are, where several go on."""
    if not readers and announcement.to is To.DIRECT:
        words = "Your cohort has no students yet, so nobody would read this. It stays here as a draft."
        return _card("Nobody would read this yet", Text(words), Buttons((_change(announcement), _drop(announcement))))
    (shown,) = read(announcement).cards
    facts = Facts((("To", _to(announcement, readers)), ("When", _when(announcement, coach))))
    go = "Send it now" if announcement.on is None else "Plan it"
    send = Button(go, Call("announcement send", {"announcement": announcement.id}), primary=True)
    whose = f" of {cohort}" if cohort else ""
    head = Card(f"This is what {_people(readers)}{whose} will read", (facts,))
    ways = Card(body=(Text(_rule(announcement)), Buttons((send, _change(announcement), _drop(announcement)))))
    return Message(cards=(head, shown, ways), private=True)


def gone(announcement: Announcement, coach: Person, at: datetime) -> Message:
    """The coach sent it off."""
    if announcement.on is not None and announcement.state is State.PLANNED and not announcement.going:
        words = f"It is planned: {_when(announcement, coach)}. Until then you can call it back."
    else:
        words = f"It is on its way. {_counts(announcement)}"
    return _card("", Text(words), Buttons((*_back(announcement), _look(announcement), ALL)), tone=Tone.GOOD)


def cancelled(announcement: Announcement) -> Message:
    """It was called back."""
    had = announcement.tally.gone + announcement.counting.gone
    words = "Called back. Nobody has read it." if not had else f"Called back. {_people(had)} had it already; nobody else gets it."
    return _card("", Text(words), Buttons((_anew(announcement), ALL)), tone=Tone.GOOD)


def opened(announcement: Announcement, readers: int, coach: Person, at: datetime) -> Message:
    """One of them, whole."""
    if announcement.state is State.DRAFT:
        return preview(announcement, readers, coach, at)
    (shown,) = read(announcement).cards
    rows = [("State", announcement.state.value), ("To", _to(announcement, readers)), ("When", _when(announcement, coach))]
    rows += [("Delivered", f"{announcement.tally.delivered:,}")]
    waiting = announcement.tally.waiting + announcement.tally.leaving
    rows += [("Still to come", f"{waiting:,}")] if waiting and announcement.state is State.PLANNED else []
    rows += [("Could not be reached in time", f"{announcement.tally.missed:,}")] if announcement.tally.missed else []
    ways = Buttons((*_back(announcement), _anew(announcement), ALL))
    return Message(cards=(shown, Card("How far it has come", (Facts(tuple(rows)), ways))), private=True)


def listed(announcements: Sequence[Announcement], coach: Person, asking: Listing) -> Message:
    """A page of them."""
    if not announcements and asking.narrowed:
        return not_found("Announcements", COMMAND, asking, "No announcement")
    if not announcements:
        words = (
            "You have announced nothing yet. What you write goes to the cohort's channel, or to each student by direct message."
        )
        return _card("Announcements", Text(words), Buttons((WRITE,)))
    leaf = leaf_of(announcements, asking.page)
    rows = Facts(
        tuple((_cut(each.words), f"{each.state.value}, {_when(each, coach)}. {_counts(each)}".strip()) for each in leaf.rows)
    )
    menu = Menu("Open one", tuple(Button(_cut(each.words), _look(each).call) for each in leaf.rows))
    return _card("Announcements", Text(counted(asking, leaf, "announcement")), rows, menu, *turning(COMMAND, asking, leaf, WRITE))


def _counts(announcement: Announcement) -> str:
    if announcement.state is State.DRAFT:
        return ""
    tally = announcement.tally
    if announcement.to is To.CHANNEL:
        parts = ["In the channel."] if tally.delivered else ["It leaves for the channel."] if tally.leaving else []
        return " ".join([*parts, *(["It could not be posted in time."] if tally.missed else [])])
    parts = [f"{tally.delivered:,} have it"] if tally.delivered else []
    parts += [f"{tally.leaving:,} get it now"] if tally.leaving else []
    parts += [f"{tally.waiting:,} at their hour"] if tally.waiting and announcement.state is State.PLANNED else []
    parts += [f"{tally.missed:,} could not be reached in time"] if tally.missed else []
    return f"{', '.join(parts)}." if parts else ""


def _when(announcement: Announcement, coach: Person) -> str:
    day = announcement.day
    if day is None or announcement.hour is None:
        if announcement.began_at is None:
            return "at once"
        local = announcement.began_at.astimezone(coach.zone)
        return f"at once, on {local.day} {local:%B} at {local:%H:%M}"
    whose = f"time in {announcement.zone}" if announcement.to is To.CHANNEL else "each in their own time zone"
    return f"{day:%A} {day.day} {day:%B} at {clock(announcement.hour)}, {whose}"


def _rule(announcement: Announcement) -> str:
    if announcement.to is To.CHANNEL:
        return "It is posted once, under the bot's name with yours above it."
    return (
        "Each gets it once, by direct message. Quiet hours hold: whoever has them then reads it when they end. It also goes to "
        "those who stopped their reminders, since it is you who writes."
    )


def _to(announcement: Announcement, readers: int) -> str:
    people = _people(readers)
    return f"the cohort's channel ({people})" if announcement.to is To.CHANNEL else f"{people}, by direct message"


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"


def _back(announcement: Announcement) -> tuple[Button, ...]:
    if announcement.state is not State.PLANNED:
        return ()
    return (Button("Call it back", Call("announcement cancel", {"announcement": announcement.id})),)


def _drop(announcement: Announcement) -> Button:
    return Button("Throw it away", Call("announcement cancel", {"announcement": announcement.id}))


def _look(announcement: Announcement) -> Button:
    return Button("How far it has come", Call("announcement show", {"announcement": announcement.id}))


def _change(announcement: Announcement) -> Button:
    return Button("Change it", Call("cohort announce", {"draft": announcement.id}, form=True))


def _anew(announcement: Announcement) -> Button:
    return Button("Write it anew", Call("cohort announce", {"draft": announcement.id}, form=True))


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 60 else f"{line[:59].rstrip()}…"


def _card(title: str, *body: Element, tone: Tone = Tone.PLAIN) -> Message:
    return Message(cards=(Card(title, body, tone),), private=True)
