"""What coaches are told of those who are in the channel where a cohort meets."""

from __future__ import annotations

from datetime import date, timedelta

from core.cohort.model import Cohort, Later, Taken
from core.cohort.timetable import WEEK, Timetable
from core.course.steps import Step
from core.ui import Button, Buttons, Call, Card, Message, Text, Tone

STUDENTS = Button("Students", Call("cohort members"))
EXPECTED = Button("Not seen yet", Call("cohort expected"))
HERE = "in the channel where you said /cohort here"
"""Read there and in direct messages alike, for on some surfaces nobody can be answered alone in a channel."""
EXPECTING = (
    "They are expected, and become your students with their first word. I write to nobody first, so tell them that they may."
)


def meets_here(own: Cohort, found: Taken | Later | None) -> Message:
    """A channel is the cohort's; `found` is what came of those who are in it, None where the platform tells nobody who is."""
    match found:
        case None:
            words = (
                f"{own.name} meets now {HERE}. I am not told who can see it, so people join by their first word or press to me "
                "in it, or by the code. I can post a card there with a button: one press, and they belong."
            )
            return _card(own, words, Buttons((_way_in(own, primary=True), STUDENTS)), tone=Tone.GOOD)
        case Later(size):
            who = f"{size:,} people are in it" if size else "Those who are in it are not told to me just now"
            words = (
                f"{own.name} meets now {HERE}, and whoever comes in joins. {who}; I take in by and by those who are there, and "
                "tell you when that is done."
            )
            return _card(own, words, tone=Tone.GOOD)
        case Taken():
            words = f"{own.name} meets now {HERE}, and whoever comes in joins. {said(found)}"
            return _card(own, words, Buttons((STUDENTS, EXPECTED)), tone=Tone.GOOD)


def taken_in(own: Cohort, found: Taken) -> Message:
    """Those in the channel were taken in by a job."""
    return _card(
        own, f"Done: everybody in the channel was looked at. {said(found)}", Buttons((STUDENTS, EXPECTED)), tone=Tone.GOOD
    )


def not_seen(own: Cohort, why: str) -> Message:
    """The platform would not say who is in the channel."""
    words = (
        f"{own.name} meets {HERE}, and whoever writes to me there joins. But those who are in it already were not taken in. {why}"
    )
    return _card(own, words, Buttons((_way_in(own),)), tone=Tone.CAREFUL)


def welcome(own: Cohort, today: date) -> Message:
    """The card by which everybody who can see a channel joins with one press. `today`: in the cohort's own zone."""
    stands = f" {_stands(own.timetable, today)}" if own.timetable else ""
    words = f"{own.name} meets here.{stands} Press the button and you belong to it; what I say then is for your eyes alone."
    ways = Buttons((Button("I take part", Call("cohort join", {"code": own.code}), primary=True),))
    return Message(cards=(Card(own.name, (Text(words), ways)),))


def posted(own: Cohort) -> Message:
    """The card goes to the channel from somewhere else."""
    words = f"The card goes to the channel where {own.name} meets. One press on it, and they belong."
    return _card(own, words, Buttons((STUDENTS,)), tone=Tone.GOOD)


def _way_in(own: Cohort, *, primary: bool = False) -> Button:
    """It names the channel, so that it works wherever it is read."""
    return Button("Post a way in", Call("cohort welcome", {"channel": own.channel or ""}), primary)


def _stands(plan: Timetable, today: date) -> str:
    """When the course begins, or where it is: the card stays in the channel, so of this week it says until when that is."""
    if today <= plan.starts_on:
        return f"First day: {_day(plan.starts_on)}."
    if today > plan.ends_on(len(Step) - 1):
        return "Its weeks are over; everything stays open."
    module = plan.module_on(today)
    week = "to catch up" if module is None else tuple(Step)[module].value
    last = plan.starts_on + ((today - plan.starts_on) // WEEK + 1) * WEEK - timedelta(days=1)
    return f"It began on {_day(plan.starts_on)}. This week, until {_day(last)}, is {week}."


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"


def said(found: Taken) -> str:
    """What came of those in a channel, in sentences, and what becomes of those who have not written yet in a paragraph."""
    joined = found.joined + found.expected
    words = [f"**{joined:,} joined.**" if joined else "Nobody is new."]
    if found.there:
        words.append(f"{found.there:,} {'was' if found.there == 1 else 'were'} in it already.")
    for name, count in sorted(found.elsewhere.items()):
        was, stays = ("was", "stays") if count == 1 else ("were", "stay")
        words.append(f"{count:,} {was} in {name} already and {stays} there.")
    if not found.expected:
        return " ".join(words)
    some = f"{found.expected:,} of them {'has' if found.expected == 1 else 'have'} not"
    return f"{' '.join(words)}\n\n{some if found.joined else 'None of them has'} written to me yet. {EXPECTING}"


def _card(own: Cohort, words: str, *ways: Buttons, tone: Tone = Tone.PLAIN) -> Message:
    return Message(cards=(Card(own.name, (Text(words), *ways), tone),), private=True)
