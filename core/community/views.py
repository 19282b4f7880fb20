"""How announcements look to those who read them, and to those who write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.community.model import Announcement, State, To
from core.community.reached import Reached, can_be_called_back, reached, stands
from core.community.timing import last_moment
from core.listing import Listing, counted, leaf_of, not_found, turning
from core.nudges.contract import clock
from core.people.model import Person
from core.ui import Button, Buttons, Call, Card, Element, Facts, Menu, Message, Text, Tone

COMMAND = "cohort announcements"
ALL = Button("All announcements", Call(COMMAND))
WRITE = Button("Write one", Call("cohort announce", form=True))


def read(announcement: Announcement, *, alone: bool = False) -> Message:
    """What its readers see; `alone`: in direct messages, where an answer would be for whoever wrote it."""
    answer = Button("Answer", Call("person respond", {"coach": announcement.person_id}, form=True))
    ways = (Buttons((answer,)),) if alone else ()
    return Message(cards=(Card(f"{announcement.by_name} to everybody", (Text(announcement.words), *ways)),))


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
        words = f"It is on its way. {_counts(announcement, reached(announcement))}"
    return _card(
        "", Text(words), Buttons((*_back(announcement, reached(announcement)), _look(announcement), ALL)), tone=Tone.GOOD
    )


def cancelled(announcement: Announcement) -> Message:
    """It was called back, or, where it had never been sent off, thrown away."""
    if announcement.began_at is None:
        return _card("", Text("Thrown away. Nobody has read it."), Buttons((_anew(announcement), ALL)), tone=Tone.GOOD)
    far = reached(announcement)
    had = far.delivered + far.leaving
    already = "had it already, or get it at this moment" if far.leaving else "had it already"
    words = f"Called back. {_people(had)} {already}; nobody else gets it." if had else "Called back. Nobody has read it."
    return _card("", Text(words), Buttons((_anew(announcement), ALL)), tone=Tone.GOOD)


def opened(announcement: Announcement, readers: int, coach: Person, at: datetime) -> Message:
    """One of them, whole."""
    if announcement.state is State.DRAFT:
        return preview(announcement, readers, coach, at)
    (shown,) = read(announcement).cards
    far = reached(announcement, readers)
    rows = [("State", stands(announcement, far)), ("When", _when(announcement, coach))]
    if announcement.to is To.CHANNEL:
        rows += [("To", _to(announcement, readers)), ("There", _counts(announcement, far) or "not yet")]
    else:
        rows += [("To", _to(announcement, far.people)), ("Delivered", f"{far.delivered:,}")]
        later = "On its way as it was called back" if announcement.state is State.CANCELLED else "Still to come"
        rows += [(later, f"{far.to_come:,}")] if far.to_come else []
        rows += [("Could not be reached in time", f"{far.missed:,}")] if far.missed else []
    note = _what_calling_back_does(announcement, far, coach)
    ways = Buttons((*_back(announcement, far), _anew(announcement), ALL))
    body = (Facts(tuple(rows)), *((Text(note),) if note else ()), ways)
    return Message(cards=(shown, Card("How far it has come", body)), private=True)


def listed(announcements: Sequence[Announcement], coach: Person, asking: Listing, readers: int | None = None) -> Message:
    """A page of them; `readers`: how many students the cohort has by now."""
    if not announcements and asking.narrowed:
        return not_found("Announcements", COMMAND, asking, "No announcement")
    if not announcements:
        words = (
            "You have announced nothing yet. What you write goes to the cohort's channel, or to each student by direct message."
        )
        return _card("Announcements", Text(words), Buttons((WRITE,)))
    leaf = leaf_of(announcements, asking.page)
    rows = Facts(tuple((_cut(each.words), _in_short(each, reached(each, readers), coach)) for each in leaf.rows))
    menu = Menu("Open one", tuple(Button(_cut(each.words), _look(each).call) for each in leaf.rows))
    return _card("Announcements", Text(counted(asking, leaf, "announcement")), rows, menu, *turning(COMMAND, asking, leaf, WRITE))


def _in_short(announcement: Announcement, far: Reached, coach: Person) -> str:
    if announcement.state is State.DRAFT:
        return f"{stands(announcement, far)}. Open it to send it, to change it or to throw it away."
    return f"{stands(announcement, far)}, {_when(announcement, coach)}. {_counts(announcement, far)}".strip()


def _counts(announcement: Announcement, far: Reached) -> str:
    if announcement.to is To.CHANNEL:
        parts = ["In the channel."] if far.delivered else ["It leaves for the channel."] if far.leaving else []
        return " ".join([*parts, *(["It could not be posted in time."] if far.missed else [])])
    parts = [f"{far.delivered:,} {'has' if far.delivered == 1 else 'have'} it"] if far.delivered else []
    parts += [f"{far.leaving:,} {'gets' if far.leaving == 1 else 'get'} it now"] if far.leaving else []
    parts += [f"{far.waiting:,} at their hour"] if far.waiting else []
    parts += [f"{far.missed:,} could not be reached in time"] if far.missed else []
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
    return "1 person" if count == 1 else f"{count:,} people" if count else "nobody"


def _what_calling_back_does(announcement: Announcement, far: Reached, coach: Person) -> str:
    """Once some have it: whom calling it back would spare it."""
    if announcement.to is To.CHANNEL or not (far.delivered or far.leaving) or not can_be_called_back(announcement, far):
        return ""
    if far.waiting:
        others = (
            f"the {far.waiting:,} to whom it has not been sent" if far.waiting > 1 else "the one to whom it has not been sent"
        )
        return f"Called back, it no longer goes to {others}. Whoever has it keeps it."
    local = last_moment(announcement).astimezone(coach.zone)
    until = f"{local:%A} {local.day} {local:%B} at {local:%H:%M}, your time"
    whose = "Everybody has it so far." if not far.leaving else "It is on its way to everybody."
    return (
        f"{whose} Who joins before about {until}, may still get it; called back, it goes to nobody else. Whoever has it keeps it."
    )


def _back(announcement: Announcement, far: Reached) -> tuple[Button, ...]:
    if not can_be_called_back(announcement, far):
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
