"""The contract as people see it: in words, with what comes next, and what can be changed by one tap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.command import Command, form_of
from core.nudges.contract import PRESETS, clock, days_said
from core.nudges.model import Kind, NudgePreferences
from core.nudges.times import has_quiet_hours
from core.people.model import Person
from core.request import Platform, Typed
from core.ui import Button, Buttons, Call, Card, Element, Facts, Form, Message, Text, Tone

PLACES: Mapping[Platform, str] = {
    Platform.SLACK: "Slack",
    Platform.DISCORD: "Discord",
    Platform.TERMINAL: "the terminal",
    Platform.WEB: "the web",
}
NOTHING = "Nothing, as things stand now"
CHANGE = Button("Change", Call("nudges change"))
START = Button("Start again", Call("nudges start"), primary=True)
STOP = Button("Stop reminders", Call("nudges stop"))
CHOOSE = Button("Choose myself", Call("nudges change"))
KINDS: Mapping[Kind, str] = {
    Kind.WELCOME: "choosing your time",
    Kind.REMINDER: "what you asked to be reminded of",
    Kind.COMMITMENT: "your commitments",
    Kind.WIN: "wins",
    Kind.KPI_DUE: "logging your figures",
    Kind.RECOMMIT: "planning your week",
    Kind.NEARLY_DONE: "checklists that are nearly done",
    Kind.FOUNDATION: "your Foundation",
    Kind.STALLED: "modules that stand still",
    Kind.NOT_STARTED: "modules that have not begun",
    Kind.NOT_MEASURED: "figures of what went live",
    Kind.DRAFTS: "unused drafts",
    Kind.REVIEW: "the monthly review",
}
"""What each kind of reminder is about, to whoever gets it."""


@dataclass(frozen=True, slots=True)
class Upcoming:
    """What would come next as things stand now: when, and why; or why nothing does, where `at` is None.

    `moved`: why they are written to at another hour than was agreed, if they are.
    """

    at: datetime | None
    reason: str
    moved: str = ""


def when_said(person: Person, at: datetime) -> str:
    """A time as the person knows it."""
    local = at.astimezone(person.zone)
    return f"{local:%A} {local.day} {local:%B}, {local:%H:%M}"


def presets() -> Buttons:
    """Common choices, of one tap each, and the form."""
    picks = (Button(choice.label, Call("nudges pick", {"preset": preset.value})) for preset, choice in PRESETS.items())
    return Buttons((*picks, CHOOSE))


def which_hour(days: Sequence[int], hours: Sequence[int], told: str = "") -> Message:
    """Several hours may be meant: one button each. `told`: what was said of their place beside it."""
    buttons = (Button(f"{_begun(days)} at {clock(each)}", picking(days, each)) for each in hours)
    words = "I write at full hours. Which one do you mean?"
    return _asked(told, words, _choice(*buttons, CHOOSE))


def likely(days: Sequence[int], hours: Sequence[int], told: str = "") -> Message:
    """What was likely meant: one button each, and the form. `told`: as above."""
    buttons = (Button(f"{_begun(days)} at {clock(each)}", picking(days, each)) for each in hours)
    several = "Did you mean one of these? I write at full hours."
    words = several if len(hours) > 1 else f"Did you mean {days_said(days)} at {clock(hours[0])}?"
    return _asked(told, words, _choice(*buttons, replace(CHOOSE, label="Another time")))


def shall_i(days: Sequence[int], hours: Sequence[int], told: str = "") -> Message:
    """They said when, and were not asked for it just before: one button each, and the form. No time is kept yet. `told`: what
    came of the place that they named with it.
    """
    buttons = tuple(Button(f"{_begun(days)} at {clock(each)}", picking(days, each), primary=True) for each in hours)
    one = f"Shall I remind you {days_said(days)} at {clock(hours[0])}? Nothing is set yet."
    words = one if len(hours) == 1 else "Shall I remind you at one of these? Nothing is set yet."
    return _asked(told, f"{words} If that was for an agent, say it once more with its name.", _choice(*buttons, CHOOSE))


def _asked(told: str, words: str, ways: Buttons) -> Message:
    return Message(cards=(Card(body=(*((Text(told),) if told else ()), Text(words), ways)),), private=True)


def room_made(before: NudgePreferences, kept: NudgePreferences) -> str:
    """How the quiet hours went out of the way of the hour that was chosen; "" where they stayed as they were `before`."""
    if (before.quiet_from, before.quiet_until) == (kept.quiet_from, kept.quiet_until):
        return ""
    if not has_quiet_hours(kept):
        return f"{clock(kept.hour)} was in your quiet hours: now you have none."
    moved = "begin" if before.quiet_until == kept.quiet_until else "end"
    when = clock(kept.quiet_from if moved == "begin" else kept.quiet_until)
    return f"{clock(kept.hour)} was in your quiet hours: these now {moved} at {when}."


def picking(days: Sequence[int], hour: int) -> Call:
    """What a button does that chooses these days and this hour."""
    return Call("nudges at", {"days": "".join(map(str, days)), "hour": str(hour)})


def _begun(days: Sequence[int]) -> str:
    said = days_said(days)
    return f"{said[0].upper()}{said[1:]}"


def contract(person: Person, wishes: NudgePreferences, upcoming: Upcoming | None, at: datetime, told: str = "") -> Message:
    """How somebody is reminded, what comes next and why. `told` says what was just changed."""
    tone = Tone.GOOD if told else Tone.PLAIN
    body: list[Element] = [Text(told)] if told else []
    body += _body(person, wishes, upcoming, at)
    return Message(cards=(Card("Your reminders", tuple(body), tone),), private=True)


def _body(person: Person, wishes: NudgePreferences, upcoming: Upcoming | None, at: datetime) -> list[Element]:
    if wishes.stopped_at is not None:
        return [
            Text("Your reminders are stopped: I do not write to you by myself. Everything else works as before."),
            _choice(START, CHANGE),
        ]
    if wishes.chosen_at is None:
        if is_paused(wishes, at):
            assert wishes.paused_until is not None
            return [Text(_paused_said(person, wishes.paused_until, chosen=False)), _choice(START, STOP), presets()]
        words = (
            "You have not picked your time yet, so nothing comes by itself: only what you ask me to remind you of, and a "
            "question on the day of what you promised. People who pick when they work on the course get further: which days "
            "suit you?"
        )
        return [Text(words), presets(), _choice(STOP)]
    moved = f" {upcoming.moved}." if upcoming and upcoming.moved else ""
    body: list[Element] = [Text(f"{_said(wishes)}{moved}"), Facts(_facts(person, wishes, upcoming, at))]
    first = START if is_paused(wishes, at) else Button("Pause", Call("nudges pause"))
    kinds = (Button("All kinds again", Call("nudges all")),) if wishes.stopped_kinds else ()
    return [*body, _choice(CHANGE, first, *kinds, STOP)]


def is_paused(wishes: NudgePreferences, at: datetime) -> bool:
    """Whether they asked for quiet until a time that is still to come."""
    return wishes.paused_until is not None and wishes.paused_until > at


def _choice(*buttons: Button) -> Buttons:
    return Buttons(buttons)


def _said(wishes: NudgePreferences) -> str:
    times = "once" if wishes.at_most_weekly == 1 else f"{wishes.at_most_weekly} times"
    at_most = f": at most {times} a week" if wishes.at_most_weekly <= len(wishes.days) else ""
    quiet = f", and never from {clock(wishes.quiet_from)} to {clock(wishes.quiet_until)}" if has_quiet_hours(wishes) else ""
    return (
        f"I write to you **{days_said(wishes.days)} at {clock(wishes.hour)}**, your time, where there is something worth saying"
        f"{at_most}{quiet}."
    )


def _facts(person: Person, wishes: NudgePreferences, upcoming: Upcoming | None, at: datetime) -> tuple[tuple[str, str], ...]:
    rows = [("Your time", f"{person.timezone}, {at.astimezone(person.zone):%H:%M} now"), ("Tone", wishes.tone.value)]
    if wishes.channel is not None:
        rows.append(("Where", PLACES[wishes.channel]))
    if wishes.stopped_kinds:
        rows.append(("Not about", ", ".join(KINDS[each] for each in wishes.stopped_kinds)))
    if wishes.paused_until is not None and wishes.paused_until > at:
        rows.append(("Paused until", when_said(person, wishes.paused_until)))
    if wishes.silent_until is not None and wishes.silent_until > at:
        rows.append(("Quiet until", f"{when_said(person, wishes.silent_until)}, since your coach is with you"))
    if upcoming is None or upcoming.at is None:
        return (*rows, ("Next", upcoming.reason if upcoming else NOTHING))
    return (*rows, ("Next", when_said(person, upcoming.at)), ("Why then", upcoming.reason))


def paused(person: Person, until: datetime, *, chosen: bool) -> Message:
    """A pause has begun. `chosen`: they have picked their time."""
    return Message(
        cards=(Card(body=(Text(_paused_said(person, until, chosen=chosen)), _choice(START, STOP)), tone=Tone.GOOD),), private=True
    )


def _paused_said(person: Person, until: datetime, *, chosen: bool) -> str:
    then = "Then I go on as you chose." if chosen else "You have not picked your time yet: /nudges takes it, now or after that."
    return f"Paused until {when_said(person, until)}. {then}"


def stopped(nudge_id: str | None, kind: Kind | None) -> Message:
    """They stopped at once, with the way back and the smaller step."""
    words = "Stopped: I do not remind you of anything any more. You can start again at any time."
    only: tuple[Button, ...] = ()
    if nudge_id is not None and kind is not None:
        words += f" If it was only about {KINDS[kind]}, I can leave out just that."
        only = (Button("Only stop this kind", Call("nudges only", {"id": nudge_id})),)
    return Message(cards=(Card(body=(Text(words), _choice(*only, replace(START, primary=False))), tone=Tone.GOOD),), private=True)


def stopped_kind(kind: Kind) -> Message:
    """One kind is left out from now on."""
    words = f"I leave out {KINDS[kind]} from now on; the rest goes on as you chose."
    more = _choice(Button("All kinds again", Call("nudges all")), CHANGE)
    return Message(cards=(Card(body=(Text(words), more), tone=Tone.GOOD),), private=True)


def put_off(person: Person, when: datetime) -> Message:
    """It comes again."""
    return Message(cards=(Card(body=(Text(f"I come back to it on {when_said(person, when)}."),), tone=Tone.GOOD),), private=True)


def quiet(student: Person, coach: Person, until: datetime) -> Message:
    """A coach has silenced the bot for somebody."""
    words = f"I keep quiet for {student.name} until {when_said(coach, until)}, your time. They hear from you instead."
    return Message(cards=(Card(body=(Text(words),), tone=Tone.GOOD),), private=True)


def form(command: Command, person: Person, wishes: NudgePreferences, places: Sequence[Platform], asks_zone: bool) -> Form:
    """The contract as a form, filled in. `places`: the platforms to choose from; one is no choice."""
    values: dict[str, Typed] = {
        "days": tuple(str(each) for each in (wishes.days or (1, 3, 5))),
        "hour": str(wishes.hour),
        "quiet_from": str(wishes.quiet_from),
        "quiet_until": str(wishes.quiet_until),
        "at_most_weekly": str(wishes.at_most_weekly or 1),
        "tone": wishes.tone.value,
        "timezone": "" if asks_zone else person.timezone,
    }
    if wishes.channel is not None and wishes.channel in places:
        values["channel"] = wishes.channel.value
    return shaped(form_of(command, values), places)


def shaped(made: Form, places: Sequence[Platform], typed: Mapping[str, Typed] | None = None) -> Form:
    """The form without a choice where there is none to make."""
    fields = tuple(each for each in made.fields if each.name != "channel" or len(places) > 1)
    intro = "When may I write to you? I keep to it. “Pause until” may stay empty."
    return replace(made, title="Your reminders", fields=fields, intro=intro, values=typed or made.values)
