"""For whom words may be that stand by themselves, weighed by what was written and typed before them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.chat.loose import Loose, greets
from core.exchanges.model import WORDS_AT_MOST, Exchange
from core.people.model import Person

GOES_ON = timedelta(minutes=30)
"""Within that, words go on with others that wait for an answer to our question, or with a talk that an agent is having."""
ASKED_AT_MOST = 2
"""Messages after the same letter with which nothing was done: whoever goes on typing later is talking to the agents."""
AT_ONCE = timedelta(minutes=10)
"""For so long words go on with what was sent."""
COACHES = "your coaches"


@dataclass(frozen=True, slots=True)
class Side:
    """Somebody for whom words may be, by name; `meant`: the exchange with them, or themselves where there is none. `named`: the
    words say so.
    """

    meant: str
    name: str
    person_id: str
    named: bool = False


def is_open(typed: Loose, at: datetime) -> bool:
    """Whether their last words were asked about just now, and nothing was done with them."""
    return bool(typed.meant and typed.words) and not typed.answered and at - typed.at <= GOES_ON


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
    coach.
    """
    last, theirs = exchange.last, person.id == exchange.person_id
    if last.by_person_id != person.id:
        return last.coach is theirs
    return (theirs or bool(last.said)) and at - exchange.lines[-1].at <= AT_ONCE


def side_with(other: Person, lately: Sequence[Exchange], person: Person, *, named: bool = True) -> Side:
    """That person, in what is open with them, or with any coach where nobody has taken it yet."""
    sides = (side(each, person) for each in lately)
    found = next((each for each in sides if each.person_id in {"", other.id}), None)
    return Side(found.meant if found else other.id, other.name, other.id, named)


def side(exchange: Exchange, person: Person, *, named: bool = False) -> Side:
    """The other side of the exchange."""
    if person.id != exchange.person_id:
        return Side(exchange.id, exchange.name, exchange.person_id, named)
    wrote = next((each for each in reversed(exchange.lines) if each.coach), None)
    name, id = (wrote.name, wrote.by_person_id) if wrote else (exchange.taken_name or COACHES, exchange.taken_by or "")
    return Side(exchange.id, name, id, named)
