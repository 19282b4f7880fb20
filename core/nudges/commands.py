"""/nudges: when and how I am reminded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from core.alike import alike
from core.command import Arg, Command, Pace, form_of
from core.nudges import views
from core.nudges.contract import DAYS, Preset, clock, pause_ends, problems
from core.nudges.foresight import Foresight
from core.nudges.model import NudgePreferences, Tone
from core.nudges.placing import is_told
from core.nudges.service import Reminders, Stopped
from core.nudges.times import Snooze
from core.people.commands import WHERE, zones
from core.people.model import Person
from core.people.service import People
from core.people.zones import UnknownZone
from core.request import Asked, Platform, Typed
from core.roles import COACHING
from core.ui import Answer, Kind, Message, Option

HOURS = tuple(Option(str(hour), clock(hour)) for hour in range(24))
DAY_OPTIONS = tuple(Option(str(number), name) for number, name in enumerate(DAYS, start=1))
WEEKLY = tuple(Option(str(number), f"At most {number}") for number in range(1, 8))
REACHED = (Platform.SLACK, Platform.DISCORD)
"""Where people can be written to while they are elsewhere; a terminal only while it is open."""
PLACES = tuple(Option(each.value, views.PLACES[each]) for each in REACHED)
NO_ZONE = "Name your country or the nearest big city, such as Leeds or France: nobody has told me what your clock says."
OVER = "That day is over. Choose tomorrow or a later day, or leave it empty."


@dataclass(frozen=True, slots=True)
class Contract:
    """What can be chosen."""

    days: Annotated[tuple[str, ...], Arg("Which days", kind=Kind.CHOICES, options=DAY_OPTIONS)] = ()
    hour: Annotated[str, Arg("At what time", "Within ten minutes after", options=HOURS)] = "9"
    timezone: Annotated[str | None, Arg("Your time zone", WHERE, suggest=zones, max_length=60)] = None
    quiet_from: Annotated[str, Arg("Quiet from", "I never write in quiet hours", options=HOURS)] = "21"
    quiet_until: Annotated[str, Arg("Quiet until", options=HOURS)] = "8"
    at_most_weekly: Annotated[str, Arg("How many a week", options=WEEKLY)] = "3"
    tone: Annotated[Tone, Arg("How I sound")] = Tone.WARM
    channel: Annotated[Platform | None, Arg("Where I write to you", options=PLACES)] = None
    pause_until: Annotated[date | None, Arg("Pause until", "A day such as 24 December; empty for no pause", lasts=True)] = None


@dataclass(frozen=True, slots=True)
class Picked:
    """One of the common choices."""

    preset: Annotated[Preset, Arg("Which")]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Days by their numbers in a row, 1 (Monday) to 7, and an hour of them."""

    days: Annotated[str, Arg("Which days", hidden=True, max_length=7)]
    hour: Annotated[str, Arg("At what time", options=HOURS, hidden=True)]


@dataclass(frozen=True, slots=True)
class Until:
    """The end of a pause."""

    until: Annotated[date, Arg("Pause until", "The first day on which I may write again, such as 24 December", lasts=True)]


@dataclass(frozen=True, slots=True)
class Maybe:
    """The reminder that was answered so, if it was one."""

    id: Annotated[str | None, Arg("Reminder", hidden=True, max_length=40)] = None


@dataclass(frozen=True, slots=True)
class Which:
    """A reminder."""

    id: Annotated[str, Arg("Reminder", hidden=True, max_length=40)]


@dataclass(frozen=True, slots=True)
class Later:
    """A reminder, and how long it is put off."""

    id: Annotated[str, Arg("Reminder", hidden=True, max_length=40)]
    until: Annotated[Snooze, Arg("Until when", hidden=True)]


async def suggest_member(typed: str, person: Person, people: People) -> Sequence[Option]:
    """Members of the coach's organization that are called something like what is typed."""
    if person.role not in COACHING:
        return []
    names = [each.name for each in await people.members(person)]
    return [Option(name, name) for name in alike(typed.removeprefix("@"), names)]


@dataclass(frozen=True, slots=True)
class Student:
    """Somebody whom the person coaches."""

    student: Annotated[str, Arg("Which student", "Their name", suggest=suggest_member, max_length=80)]


async def show(asked: Asked, person: Person, reminders: Reminders, foresight: Foresight) -> Answer:
    """The contract in words, and what comes next."""
    return await _shown(person, await reminders.shown(person, asked.at), foresight, asked.at)


async def change(asked: Asked, person: Person, reminders: Reminders, people: People) -> Answer:
    """The form, filled in with how things are."""
    wishes = await reminders.of(person, asked.at)
    return views.form(KEEP, person, wishes, await _places(person, people), not is_told(asked, person))


async def keep(
    asked: Asked, person: Person, args: Contract, reminders: Reminders, people: People, foresight: Foresight
) -> Answer:
    """Keep what the form says; what cannot be comes back with what to do."""
    wishes = await reminders.of(person, asked.at)
    chosen: dict[str, object] = {
        "days": tuple(sorted(map(int, args.days))),
        "hour": int(args.hour),
        "quiet_from": int(args.quiet_from),
        "quiet_until": int(args.quiet_until),
        "at_most_weekly": int(args.at_most_weekly),
        "tone": args.tone,
        "channel": args.channel or wishes.channel,
    }
    wanted = wishes.model_copy(update=chosen)
    found = problems(wanted, wishes)
    moved = person
    if not (args.timezone or is_told(asked, person)):
        found["timezone"] = NO_ZONE
    try:
        if not found and args.timezone:
            moved = await people.live_in(person, args.timezone, asked.at)
    except UnknownZone as trouble:
        found["timezone"] = trouble.message
    until = pause_ends(moved.zone, args.pause_until, asked.at) if args.pause_until else None
    if args.pause_until and until is None:
        found["pause_until"] = OVER
    if found:
        typed = _as_typed(asked.values, args)
        return views.shaped(form_of(KEEP, typed, found), await _places(person, people))
    kept = await reminders.choose(moved, {**chosen, "paused_until": until}, asked.at)
    return await _agreed(moved, wanted, kept, foresight, asked.at)


async def pick(asked: Asked, person: Person, args: Picked, reminders: Reminders, foresight: Foresight) -> Answer:
    """Keep a common choice."""
    wishes = await reminders.of(person, asked.at)
    kept = await reminders.pick(person, args.preset, asked.at)
    return await _agreed(person, wishes, kept, foresight, asked.at, _clock_said(asked, person))


async def at_hour(asked: Asked, person: Person, args: Chosen, reminders: Reminders, foresight: Foresight) -> Answer:
    """Keep a choice of days and an hour, as a common one is kept."""
    return await hour_kept(asked, person, args, reminders, foresight, _clock_said(asked, person))


async def hour_kept(
    asked: Asked, person: Person, args: Chosen, reminders: Reminders, foresight: Foresight, clock_said: str
) -> Answer:
    """The same, with what is said of the clock by which the hour is read."""
    days, wishes = tuple(sorted({int(each) for each in args.days if each in "1234567"})), await reminders.of(person, asked.at)
    if not days:
        return views.contract(person, wishes, None, asked.at)
    kept = await reminders.choose(person, {"days": days, "hour": int(args.hour), "paused_until": None}, asked.at)
    return await _agreed(person, wishes, kept, foresight, asked.at, clock_said)


async def wishes_kept(
    asked: Asked, person: Person, chosen: Mapping[str, object], reminders: Reminders, foresight: Foresight
) -> Answer:
    """Keep a part of what the form has, by fields of the contract."""
    wanted = (await reminders.of(person, asked.at)).model_copy(update=dict(chosen))
    kept = await reminders.choose(person, chosen, asked.at)
    return await _agreed(person, wanted, kept, foresight, asked.at, _clock_said(asked, person))


async def pause(asked: Asked, person: Person, args: Until, reminders: Reminders) -> Answer:
    """Keep quiet until a day."""
    until = pause_ends(person.zone, args.until, asked.at)
    if until is None:
        return form_of(PAUSE, {"until": args.until.isoformat()}, {"until": "That day is over. Choose tomorrow or a later day."})
    kept = await reminders.pause(person, until, asked.at)
    chosen = kept.chosen_at is not None
    return views.paused(person, until, chosen=chosen) if kept.stopped_at is None else views.contract(person, kept, None, asked.at)


async def stop(asked: Asked, person: Person, args: Maybe, reminders: Reminders) -> Answer:
    """Stop at once."""
    nudge = await reminders.stop(person, asked.at, args.id)
    return views.stopped(nudge.id if nudge else None, nudge.kind if nudge else None)


async def only(asked: Asked, person: Person, args: Which, reminders: Reminders) -> Answer:
    """Leave out one kind."""
    nudge, _ = await reminders.stop_only(person, args.id, asked.at)
    return views.stopped_kind(nudge.kind)


async def start(asked: Asked, person: Person, reminders: Reminders, foresight: Foresight) -> Answer:
    """Go on."""
    kept = await reminders.start(person, asked.at)
    return await _shown(person, kept, foresight, asked.at, "I remind you again." if kept.chosen_at else "")


async def every_kind(asked: Asked, person: Person, reminders: Reminders, foresight: Foresight) -> Answer:
    """Leave out nothing any more."""
    kept = await reminders.all_kinds(person, asked.at)
    return await _shown(person, kept, foresight, asked.at, "I remind you of everything again.")


async def later(asked: Asked, person: Person, args: Later, reminders: Reminders) -> Answer:
    """Put a reminder off; who wants none is shown the way back."""
    try:
        return views.put_off(person, await reminders.later(person, args.id, args.until, asked.at))
    except Stopped:
        return views.contract(person, await reminders.of(person, asked.at), None, asked.at)


async def quiet(asked: Asked, person: Person, args: Student, reminders: Reminders, people: People) -> Answer:
    """Have the bot keep quiet for somebody whom a person coaches now."""
    student = await people.member(person, args.student)
    return views.quiet(student, person, await reminders.coached(student, asked.at))


async def _shown(person: Person, wishes: NudgePreferences, foresight: Foresight, at: datetime, told: str = "") -> Message:
    upcoming = await foresight.upcoming(person, wishes, at) if wishes.chosen_at else None
    return views.contract(person, wishes, upcoming, at, told)


async def _agreed(
    person: Person, before: NudgePreferences, kept: NudgePreferences, foresight: Foresight, at: datetime, clock_said: str = ""
) -> Message:
    """What was chosen is kept; what became of the quiet hours that stood `before` is told with it."""
    told = " ".join(each for each in ("Kept.", clock_said or "This is what we agreed on.", views.room_made(before, kept)) if each)
    return await _shown(person, kept, foresight, at, told)


async def _places(person: Person, people: People) -> tuple[Platform, ...]:
    """Where the account can be written to."""
    identities = [identity for each in await people.of_account(person) for identity in each.identities]
    return tuple(each for each in REACHED if any(identity.startswith(f"{each}:") for identity in identities))


def _clock_said(asked: Asked, person: Person) -> str:
    """The doubt that there may be about the hour of a choice of one tap; "" where there is none."""
    if not is_told(asked, person):
        return f"I take your time as {person.timezone}: if that is not so, press Change and name your place."
    return ""


def _as_typed(values: Mapping[str, Typed], args: Contract) -> dict[str, Typed]:
    """What was typed, and what the form shows where nothing was."""
    shown = {"hour": args.hour, "quiet_from": args.quiet_from, "quiet_until": args.quiet_until}
    return {**shown, "at_most_weekly": args.at_most_weekly, "tone": args.tone.value, **values}


KEEP = Command(name="nudges keep", summary="Your reminders", args=Contract, handler=keep, pace=Pace.FORM, listed=False)
PAUSE = Command(name="nudges pause", summary="Pause your reminders", args=Until, handler=pause, pace=Pace.FORM)
COMMANDS = (
    Command(name="nudges show", summary="How I remind you, and what comes next", handler=show),
    Command(name="nudges change", summary="Choose when I remind you", handler=change, pace=Pace.FORM),
    PAUSE,
    Command(name="nudges stop", summary="Stop all reminders", args=Maybe, handler=stop),
    Command(name="nudges start", summary="Start reminders again", handler=start),
    Command(name="nudges quiet", summary="For coaches: I keep quiet for a student", args=Student, handler=quiet, needs=COACHING),
    KEEP,
    Command(name="nudges pick", summary="Pick a time", args=Picked, handler=pick, listed=False),
    Command(name="nudges at", summary="Pick this time", args=Chosen, handler=at_hour, listed=False),
    Command(name="nudges later", summary="Remind me later", args=Later, handler=later, listed=False),
    Command(name="nudges only", summary="Stop this kind only", args=Which, handler=only, listed=False),
    Command(name="nudges all", summary="All kinds again", handler=every_kind, listed=False),
)
