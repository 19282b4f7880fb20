"""For whom words may be that stand by themselves, weighed by what was written and typed before them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile

from core.chat.loose import Loose, asks_for_nothing, greets
from core.exchanges.crossing import answered_by_another
from core.exchanges.model import WORDS_AT_MOST, Exchange
from core.exchanges.replying import apart, is_named
from core.people.model import Person

FRESH = timedelta(days=7)
"""For so long after a letter words may be meant for its writer: many look into their messages on the weekend alone."""
GOES_ON = timedelta(minutes=30)
"""Within that, words go on with others that wait for an answer to our question, or with a talk that an agent is having."""
STANDS = timedelta(hours=12)
ASKED_AT_MOST = 2
"""Messages after the same letter with which nothing was done: whoever goes on typing later is talking to the agents."""
AT_ONCE = timedelta(minutes=10)
"""For so long words go on with what was sent."""
COACHES = "your coaches"
EXCHANGE, AT = "exc_", "@"
"""How the ids of exchanges begin; what stands between one and the coach who alone is meant."""


@dataclass(frozen=True, slots=True)
class Side:
    """Somebody for whom words may be, by name, or the coaches who spoke one after another; `meant`: the exchange with them, or
    themselves where there is none. `named`: the words say so.
    """

    meant: str
    name: str
    person_ids: tuple[str, ...]
    named: bool = False


def is_open(typed: Loose, at: datetime) -> bool:
    """Whether their last words were asked about just now, and nothing was done with them."""
    return is_waiting(typed) and at - typed.at <= GOES_ON


def is_standing(typed: Loose, lately: Sequence[Exchange], person: Person, at: datetime) -> bool:
    """Whether the question about their last words still stands: for half a day, unless somebody wrote to them since."""
    if not is_waiting(typed) or at - typed.at > STANDS:
        return False
    return not is_overtaken(typed, lately, person)


def is_overtaken(typed: Loose, lately: Sequence[Exchange], person: Person) -> bool:
    """Whether somebody wrote to them since, so that a yes may be for that. Coaches write to a student, and not to each other."""
    lines = [(line, person.id == each.person_id) for each in lately for line in each.lines]
    return any(line.at > typed.at and line.by_person_id != person.id and line.coach is coached for line, coached in lines)


def pending(said: Loose, typed: Sequence[Loose]) -> list[Loose]:
    """Of what was typed, oldest first, what goes on into these words."""
    found: list[Loose] = []
    for each in reversed([each for each in typed if each.id != said.id and each.at <= said.at]):
        after = found[0] if found else said
        length = len(joined([each, *found, said]))
        if each.meant != said.meant or each.answered or not each.words or after.at - each.at > GOES_ON or length > WORDS_AT_MOST:
            break
        found.insert(0, each)
    return found


def joined(pieces: Sequence[Loose]) -> str:
    """Several messages as one."""
    return "\n".join(each.words for each in pieces)


def may_be_meant(words: str, typed: Sequence[Loose], at: datetime) -> bool:
    """Whether the words, of those `typed` since the letter, may be an answer to it."""
    talking = any(each.answered and not each.little and at - each.at <= GOES_ON for each in typed)
    asked = [each for each in typed if each.meant and each.words and (each.answered or at - each.at > GOES_ON)]
    for_us = any(each.answered for each in asked) or len(asked) >= ASKED_AT_MOST
    return not (talking or for_us or greets(words))


def goes_on(exchange: Exchange, person: Person, at: datetime) -> bool:
    """Whether the other side said something last in it, or they themselves did just now: in a message, or a student to their
    coach. What another coach has answered goes on for half a day: the one who heard the student too may not know of it.
    """
    last, theirs = exchange.last, person.id == exchange.person_id
    if last.by_person_id != person.id:
        crossed = None if theirs else answered_by_another(exchange, person.id)
        return last.coach is theirs or (crossed is not None and at - crossed.at <= STANDS)
    return (theirs or bool(last.said)) and at - exchange.lines[-1].at <= AT_ONCE


def not_thanked(going_on: Sequence[Exchange], person: Person, words: str) -> list[Exchange]:
    """The same without those in which a student thanked before a coach wrote in another: that coach alone has spoken since the
    student did. Whom the words name stays.
    """
    own = [each for each in going_on if each.person_id == person.id]
    newest = max((each.lines[-1].at for each in own if each.lines[-1].coach), default=None)
    return [
        each
        for each in going_on
        if each not in own
        or newest is None
        or each.lines[-1].at >= newest
        or not each.thanked
        or is_named(side(each, person).name, words)
    ]


def side_with(other: Person, lately: Sequence[Exchange], person: Person, *, named: bool = True) -> Side:
    """That person, in what is open with them, or with any coach where nobody has taken it yet. A student names one of several
    coaches who spoke in it: they alone hear it.
    """
    for each in lately:
        if person.id != each.person_id and each.person_id == other.id:
            return Side(each.id, other.name, (other.id,), named)
        if person.id == each.person_id and (not side(each, person).person_ids or other.id in _coaches(each)):
            return Side(with_coach(each.id, other.id), other.name, (other.id,), named)
    return Side(other.id, other.name, (other.id,), named)


def side(exchange: Exchange, person: Person, *, named: bool = False) -> Side:
    """The other side of the exchange."""
    if person.id != exchange.person_id:
        return Side(exchange.id, exchange.name, (exchange.person_id,), named)
    taken = (exchange.taken_by,) if exchange.taken_by else ()
    return Side(exchange.id, exchange.looked_after_by or COACHES, tuple(exchange.hearers) or taken, named)


def each_of(exchange: Exchange, person: Person) -> list[Side]:
    """The coaches alone who spoke in it one after another, where there are several."""
    hearers = exchange.hearers if person.id == exchange.person_id else {}
    return [Side(with_coach(exchange.id, id), name, (id,)) for id, name in hearers.items()] if len(hearers) > 1 else []


def one_first(found: Sequence[Side], words: str) -> list[Side]:
    """The same with whoever of several who spoke is named alone first: the others may not be meant."""
    names = [each.name for each in found]
    each_alone = [each for each in found if apart(each.name, names)]
    named = [each for each in each_alone if is_named(each.name, words)]
    if not named or len(named) == len(each_alone):
        return list(found)
    return [*(replace(each, named=True) for each in named), *(each for each in found if each not in named)]


def wrote_since(exchange: Exchange, person: Person, at: datetime) -> list[Side]:
    """Who wrote in it to the person after that time and has no answer: of coaches each alone, who wrote last first."""
    coached = person.id == exchange.person_id
    new = takewhile(lambda line: line.by_person_id != person.id, reversed(exchange.lines))
    heard = [each for each in new if each.at > at and each.coach is coached and (coached or not asks_for_nothing(each.words))]
    if not coached:
        return [side(exchange, person)] if heard else []
    ids = {each.by_person_id: each.name for each in heard}
    return [Side(with_coach(exchange.id, id), name, (id,)) for id, name in ids.items()]


def still_asking(exchange: Exchange, person: Person) -> list[Side]:
    """The coaches, each alone, who asked something that has no answer since the student wrote to another of them by name."""
    found, others = dict[str, str](), set(exchange.hearers)
    for line in reversed(exchange.lines if person.id == exchange.person_id else ()):
        if not line.coach and not line.to_person_id:
            break
        if line.coach and line.asks and line.by_person_id not in others:
            found[line.by_person_id] = line.name
        others.add(line.by_person_id if line.coach else line.to_person_id)
    return [Side(with_coach(exchange.id, id), name, (id,)) for id, name in found.items()]


def apart_since(exchange: Exchange, person: Person, typed: Sequence[Loose]) -> list[Side]:
    """Each coach alone, where words still wait that were typed before one of them wrote: these are for the others, and once they
    are sent, what is typed now would not reach all of them. None are there where nothing waits so.
    """
    own = person.id == exchange.person_id
    waiting = [each for each in typed if own and is_waiting(each) and any(parts(id)[0] == exchange.id for id in each.meant)]
    if not waiting or not exchange.strangers_since(waiting[-1].at):
        return []
    return [*wrote_since(exchange, person, waiting[-1].at), *each_of(exchange, person)]


def is_waiting(typed: Loose) -> bool:
    """Whether they were asked about these words, and nothing was done with them."""
    return bool(typed.meant and typed.words) and not typed.answered


def with_coach(exchange_id: str, coach_id: str) -> str:
    """What is meant where one coach alone is, in an exchange or below a letter to everybody: see `parts`."""
    return f"{exchange_id}{AT}{coach_id}"


def parts(meant: str) -> tuple[str, str]:
    """The exchange that is meant, or whatever else is, and the coach who alone is meant there, or ""."""
    found, at, coach_id = meant.rpartition(AT)
    return (found, coach_id) if at else (meant, "")


def _coaches(exchange: Exchange) -> set[str | None]:
    return {exchange.taken_by, *(each.by_person_id for each in exchange.lines if each.coach)}
