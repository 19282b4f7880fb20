"""/person for students; /cohort asked, answer and write for those who coach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated

from core.cohort.service import Cohorts
from core.command import Arg, Command, Pace, form_of
from core.drafts import SEEN
from core.exchanges import views
from core.exchanges.crossing import answered_by_another
from core.exchanges.listed import Order, OwnOrder
from core.exchanges.meant import NOT_MEANT, SEND, Meant
from core.exchanges.model import WORDS_AT_MOST, State
from core.exchanges.proposing import proposed, told_first
from core.exchanges.service import Exchanges
from core.exchanges.whose import elsewhere
from core.listing import SEARCH_AT_MOST, Listing
from core.people.model import Person
from core.people.service import NAME_AT_MOST, People
from core.people.suggested import students
from core.request import Asked, Typed
from core.roles import COACHING
from core.ui import Answer, Kind

ID_AT_MOST = 80


@dataclass(frozen=True, slots=True)
class Asking:
    """What a student would like to talk about."""

    about: Annotated[str, Arg("What is it about?", "A sentence is enough, or leave it empty", Kind.LONG, WORDS_AT_MOST)] = ""
    show: Annotated[
        bool, Arg("Show my coaches our last talk in short", "What you and the agents said here; nothing else of yours")
    ] = False


@dataclass(frozen=True, slots=True)
class Responding:
    """What a student answers to what a coach wrote to everybody."""

    words: Annotated[str, Arg("Your words", "They go out under your name", Kind.LONG, WORDS_AT_MOST)]
    coach: Annotated[str, Arg("Whose letter", hidden=True, max_length=ID_AT_MOST)] = ""


@dataclass(frozen=True, slots=True)
class Which:
    """An exchange."""

    exchange: Annotated[str, Arg("Which", max_length=ID_AT_MOST, hidden=True)]


@dataclass(frozen=True, slots=True)
class Sending:
    """Words that are kept, and to whom they go: the number among those about whom their writer was asked."""

    said: Annotated[str, Arg("Which words", max_length=ID_AT_MOST, hidden=True)]
    to: Annotated[int, Arg("To whom", hidden=True)] = 0
    sure: Annotated[bool, Arg("Though another coach has answered", hidden=True)] = False


@dataclass(frozen=True, slots=True)
class Saying:
    """Words that are kept."""

    said: Annotated[str, Arg("Which words", max_length=ID_AT_MOST, hidden=True)]


@dataclass(frozen=True, slots=True)
class Taking:
    """An exchange, which is taken over knowingly where another coach has it."""

    exchange: Annotated[str, Arg("Which", max_length=ID_AT_MOST, hidden=True)]
    over: Annotated[bool, Arg("From whoever has it", hidden=True)] = False


@dataclass(frozen=True, slots=True)
class Writing:
    """What is written in an exchange."""

    exchange: Annotated[str, Arg("Which", max_length=ID_AT_MOST, hidden=True)]
    words: Annotated[str, Arg("Your words", "They go out under your name", Kind.LONG, WORDS_AT_MOST)]


@dataclass(frozen=True, slots=True)
class Answering(Writing):
    """What a coach answers, and how many lines there were when they saw the exchange."""

    seen: Annotated[int, Arg("Lines", hidden=True)] = 0


@dataclass(frozen=True, slots=True)
class WritingFirst:
    """A student, and what the coach writes to them."""

    student: Annotated[str, Arg("Who", "Their name, as the bot shows it", suggest=students, max_length=NAME_AT_MOST)]
    words: Annotated[str, Arg("Your words", "They go out under your name", Kind.LONG, WORDS_AT_MOST)]


@dataclass(frozen=True, slots=True)
class Waiting(Listing):
    """Which of those who asked."""

    search: Annotated[str, Arg("Name or words", "Of the student, or of what was written", max_length=SEARCH_AT_MOST)] = ""
    order: Annotated[Order, Arg("Sorted by", "Whoever waits longest comes first")] = Order.WAITING


@dataclass(frozen=True, slots=True)
class Own(Listing):
    """Which of one's own exchanges."""

    order: Annotated[OwnOrder, Arg("Sorted by")] = OwnOrder.LATEST


async def ask(asked: Asked, person: Person, args: Asking, exchanges: Exchanges, people: People) -> Answer:
    """The student would like a person."""
    exchange = await exchanges.ask(person, args.about, asked.address, asked.at, event_id=asked.id, show=args.show)
    coaches = [each.name for each in await people.coaches(person) if each.id != person.id]
    return views.told(exchange, coaches, direct=asked.direct)


async def respond(asked: Asked, person: Person, args: Responding, exchanges: Exchanges, people: People) -> Answer:
    """The student answers a letter to everybody."""
    to, at = await people.by_id(args.coach), asked.at
    sent = exchanges.ask(person, args.words, asked.address, at, event_id=asked.id, show=False, to_letter=True, to=to)
    return views.sent(await sent, coach=False)


async def asked_of_all(asked: Asked, people: People) -> str:
    """Who reads an answer to what somebody wrote to everybody."""
    coach = await people.by_id(str(asked.values.get("coach", "")))
    return f"Everybody got that letter. What you write goes to {coach.name if coach else 'your coaches'} alone."


async def show(person: Person, args: Own, exchanges: Exchanges) -> Answer:
    """The student's exchanges."""
    return views.own(
        person, await exchanges.own(person, args.words, args.order), args, coached=await exchanges.is_coached(person)
    )


async def one(person: Person, args: Which, exchanges: Exchanges) -> Answer:
    """One of them, whole."""
    return views.opened(person, await exchanges.one(person, args.exchange))


async def reply(asked: Asked, person: Person, args: Writing, exchanges: Exchanges) -> Answer:
    """The student writes."""
    return views.sent(await exchanges.answer(person, args.exchange, args.words, asked.at), coach=False)


async def close(asked: Asked, person: Person, args: Which, exchanges: Exchanges) -> Answer:
    """The student is done."""
    return views.settled(await exchanges.close(person, args.exchange, asked.at), coach=False)


async def waiting(person: Person, args: Waiting, exchanges: Exchanges, cohorts: Cohorts, people: People) -> Answer:
    """Who asked for a person."""
    found = await exchanges.waiting(person, args.words, args.order)
    return views.waiting(person, found, args, await elsewhere(person, found, cohorts, people))


async def take(asked: Asked, person: Person, args: Taking, exchanges: Exchanges) -> Answer:
    """The coach looks after it, or hears who does already."""
    found = await exchanges.take(person, args.exchange, asked.at, over=args.over)
    if found.state is State.CLOSED:
        return views.opened(person, found)
    return views.yours(person, found) if found.taken_by == person.id else views.theirs(found)


async def answer(asked: Asked, person: Person, args: Answering, exchanges: Exchanges) -> Answer:
    """The coach writes; where another coach has answered since they saw it, they are told first, and may send it all the same."""
    seen = await exchanges.one(person, args.exchange)
    line = answered_by_another(seen, person.id)
    if line is not None and line in seen.lines[args.seen :]:
        values: dict[str, Typed] = {"exchange": seen.id, "words": args.words, SEEN: str(len(seen.lines))}
        told = {"words": f"{line.name} has answered {seen.name} meanwhile. Sent again, yours goes all the same."}
        return replace(form_of(ANSWER, values, told, views.answered(person, seen, asked.at)), submit="Send it all the same")
    kept = await exchanges.answer(person, args.exchange, args.words, asked.at)
    return views.sent(kept, coach=True, postponed=await exchanges.postponed(person, kept, asked.at))


async def settle(asked: Asked, person: Person, args: Which, exchanges: Exchanges) -> Answer:
    """The coach is done."""
    return views.settled(await exchanges.close(person, args.exchange, asked.at), coach=True)


async def write(asked: Asked, person: Person, args: WritingFirst, exchanges: Exchanges, people: People) -> Answer:
    """The coach writes to a student first."""
    student = await people.member(person, args.student)
    kept = await exchanges.write(person, student, args.words, asked.at, event_id=asked.id)
    return views.sent(kept, coach=True, postponed=await exchanges.postponed(person, kept, asked.at))


async def send(asked: Asked, person: Person, args: Sending, meant: Meant) -> Answer:
    """What they typed by itself goes to whom it was meant for."""
    return await meant.send(asked, person, args.said, args.to, sure=args.sure)


async def not_meant(asked: Asked, person: Person, args: Saying, meant: Meant) -> Answer:
    """What they typed by itself is heard as ever."""
    return await meant.hear_on(asked, person, args.said)


async def asked_for(asked: Asked, person: Person, exchanges: Exchanges) -> str:
    """What is answered: a form on a phone covers what stood above it."""
    which = asked.values.get("exchange")
    return views.answered(person, await exchanges.one(person, which), asked.at) if isinstance(which, str) else ""


async def seen_by(asked: Asked, person: Person, exchanges: Exchanges) -> Mapping[str, Typed]:
    """How much of the exchange stands above the form."""
    which = asked.values.get("exchange")
    return {SEEN: str(len((await exchanges.one(person, which)).lines))} if isinstance(which, str) else {}


ANSWER = Command(
    name="cohort answer",
    summary="Answer a student",
    args=Answering,
    handler=answer,
    pace=Pace.FORM,
    known=seen_by,
    begins=asked_for,
    needs=COACHING,
    listed=False,
    submit="Send",
)
COMMANDS = (
    Command(name="person show", summary="Talk to a person who coaches", args=Own, handler=show, reads=True),
    Command(
        name="person ask",
        summary="I would like a person",
        args=Asking,
        handler=ask,
        pace=Pace.FORM,
        submit="Send",
    ),
    Command(
        name="person respond",
        summary="Answer a letter to everybody",
        args=Responding,
        handler=respond,
        pace=Pace.FORM,
        begins=asked_of_all,
        submit="Send",
        listed=False,
    ),
    Command(name="person open", summary="One exchange, whole", args=Which, handler=one, listed=False),
    Command(
        name="person reply",
        summary="Write to your coach",
        args=Writing,
        handler=reply,
        pace=Pace.FORM,
        begins=asked_for,
        listed=False,
        submit="Send",
    ),
    Command(name=SEND, summary="Send what I typed", args=Sending, handler=send, listed=False),
    Command(
        name=NOT_MEANT,
        summary="It is for you",
        args=Saying,
        handler=not_meant,
        pace=Pace.LATER,
        private=False,
        listed=False,
    ),
    Command(name="person close", summary="It is settled", args=Which, handler=close, listed=False),
    Command(
        name="cohort asked",
        summary="For coaches: who asked for a person",
        args=Waiting,
        handler=waiting,
        needs=COACHING,
        reads=True,
    ),
    Command(
        name="cohort write",
        summary="For coaches: write to a student",
        args=WritingFirst,
        handler=write,
        pace=Pace.FORM,
        needs=COACHING,
        known=proposed,
        begins=told_first,
        submit="Send",
    ),
    Command(name="cohort take", summary="I take it", args=Taking, handler=take, needs=COACHING, listed=False),
    ANSWER,
    Command(name="cohort settle", summary="It is settled", args=Which, handler=settle, needs=COACHING, listed=False),
)
