"""/cohort announce, announcements and question, for those who coach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from core.cohort.service import Cohorts
from core.command import Arg, Command, Pace, form_of
from core.community import question_views, views
from core.community.model import WORDS_AT_MOST, To
from core.community.questions import Questions
from core.community.service import Announcements, DayOver, NoChannel, NoWords, Order, TooFar, Wanted
from core.listing import Listing
from core.nudges.contract import clock
from core.people.model import Person
from core.request import Asked, Typed
from core.roles import COACHING
from core.ui import Answer, Kind, Option

ID_AT_MOST = 80
HOURS = tuple(Option(str(hour), clock(hour)) for hour in range(24))
DAYS = (Option(question_views.OFF, "Never"), *(Option(str(number), day) for number, day in enumerate(question_views.DAYS, 1)))
TO = (Option(To.DIRECT.value, "Each student, by direct message"), Option(To.CHANNEL.value, "The cohort's channel"))


@dataclass(frozen=True, slots=True)
class Announcing:
    """What is announced, where, and when."""

    to: Annotated[str, Arg("Where", "In the channel it is posted once", options=TO)]
    words: Annotated[str, Arg("Your words", "You see them as they will be read before they go", Kind.LONG, WORDS_AT_MOST)]
    on: Annotated[date | None, Arg("Day", "Leave it empty for at once")] = None
    hour: Annotated[str, Arg("At what time", "By direct message, each in their own time zone", options=HOURS)] = "9"
    draft: Annotated[str, Arg("Which draft", max_length=ID_AT_MOST, hidden=True)] = ""


@dataclass(frozen=True, slots=True)
class Which:
    """An announcement."""

    announcement: Annotated[str, Arg("Which", max_length=ID_AT_MOST, hidden=True)]


@dataclass(frozen=True, slots=True)
class Weekly:
    """When the community question is asked."""

    day: Annotated[str, Arg("On which day of the module's week", options=DAYS)]
    hour: Annotated[str, Arg("At what time", "In your time zone", options=HOURS)] = "10"


@dataclass(frozen=True, slots=True)
class List(Listing):
    """Which announcements."""

    order: Annotated[Order, Arg("Sorted by", "What is planned comes first")] = Order.PLANNED


async def announce(asked: Asked, person: Person, args: Announcing, announcements: Announcements, cohorts: Cohorts) -> Answer:
    """Keep a draft, and show what will be read."""
    wanted = Wanted(To(args.to), args.words, args.on, int(args.hour))
    try:
        draft = await announcements.draft(person, wanted, asked.at, event_id=asked.id, draft_id=args.draft)
    except (NoWords, NoChannel, DayOver, TooFar) as trouble:
        where = {NoWords: "words", NoChannel: "to"}.get(type(trouble), "on")
        return form_of(ANNOUNCE, _typed(args), {where: trouble.message})
    readers, cohort = await announcements.readers(person, draft), await cohorts.told_apart(person)
    return views.preview(draft, readers, person, asked.at, cohort)


async def known(asked: Asked, person: Person, announcements: Announcements) -> Mapping[str, Typed]:
    """What stands in the draft, or in the one that is written anew."""
    draft = asked.values.get("draft")
    if not isinstance(draft, str) or not draft or person.role not in COACHING:
        return {"to": To.DIRECT.value, "hour": "9"}
    found = await announcements.one(person, draft)
    day = found.day if found.day and found.day >= asked.at.astimezone(person.zone).date() else None
    values: dict[str, Typed] = {"to": found.to.value, "words": found.words, "draft": draft}
    values["hour"] = str(found.hour) if found.hour is not None else "9"
    return {**values, **({"on": day.isoformat()} if day else {})}


async def listed(person: Person, args: List, announcements: Announcements) -> Answer:
    """Those of the cohort."""
    found = await announcements.all(person, args.words, args.order)
    return views.listed(found, person, args, await announcements.readers(person, found[0]) if found else None)


async def show(asked: Asked, person: Person, args: Which, announcements: Announcements) -> Answer:
    """One of them."""
    found = await announcements.one(person, args.announcement)
    return views.opened(found, await announcements.readers(person, found), person, asked.at)


async def send(asked: Asked, person: Person, args: Which, announcements: Announcements) -> Answer:
    """Send it off."""
    return views.gone(await announcements.send(person, args.announcement, asked.at), person, asked.at)


async def cancel(asked: Asked, person: Person, args: Which, announcements: Announcements) -> Answer:
    """Call it back."""
    return views.cancelled(await announcements.cancel(person, args.announcement, asked.at))


async def question(asked: Asked, person: Person, args: Weekly, questions: Questions) -> Answer:
    """Switch the community question on, for a day and an hour, or off."""
    day = None if args.day == question_views.OFF else int(args.day)
    try:
        cohort = await questions.switch(person, day, int(args.hour), asked.at)
    except NoChannel:
        problem = "Your cohort has no channel yet. Say /cohort here in the one where it meets."
        return form_of(QUESTION, {"day": args.day, "hour": args.hour}, {"day": problem})
    return question_views.switched(cohort, questions.coming(cohort, asked.at))


async def question_known(person: Person, questions: Questions) -> Mapping[str, Typed]:
    """What is set.

    Raises:
        NoChannel: there is nowhere to ask it.
    """
    if person.role not in COACHING:
        return {}
    own = await questions.own(person)
    if own.channel is None:
        raise NoChannel(
            "Your cohort has no channel yet to ask it in. Say /cohort here in the one where it meets, on Slack or Discord."
        )
    return question_views.values(own)


async def question_begins(person: Person, questions: Questions) -> str:
    """Whether anything is asked so far: what stands in the fields may be set, or only be proposed."""
    return question_views.stands(await questions.own(person)) if person.role in COACHING else ""


def _typed(args: Announcing) -> dict[str, Typed]:
    values: dict[str, Typed] = {"to": args.to, "words": args.words, "hour": args.hour}
    values |= {"on": args.on.isoformat()} if args.on else {}
    return values | ({"draft": args.draft} if args.draft else {})


ANNOUNCE = Command(
    name="cohort announce",
    summary="For coaches: tell everybody something",
    args=Announcing,
    handler=announce,
    pace=Pace.FORM,
    submit="Look at it first",
    needs=COACHING,
    known=known,
)
QUESTION = Command(
    name="cohort question",
    summary="For coaches: the community question of the week",
    args=Weekly,
    handler=question,
    pace=Pace.FORM,
    needs=COACHING,
    known=question_known,
    begins=question_begins,
)
COMMANDS = (
    ANNOUNCE,
    QUESTION,
    Command(
        name="cohort announcements",
        summary="For coaches: what was announced",
        args=List,
        handler=listed,
        needs=COACHING,
        reads=True,
    ),
    Command(name="announcement show", summary="One announcement", args=Which, handler=show, needs=COACHING, listed=False),
    Command(name="announcement send", summary="Send it off", args=Which, handler=send, needs=COACHING, listed=False),
    Command(name="announcement cancel", summary="Call it back", args=Which, handler=cancel, needs=COACHING, listed=False),
)
