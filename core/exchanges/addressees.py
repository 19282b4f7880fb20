"""For whom words may be that somebody typed by itself in direct messages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias

from core.chat.loose import Loose, asks_for_nothing, greets, meets
from core.exchanges.model import Exchange, State
from core.exchanges.ours import is_ours
from core.exchanges.ports import Letters
from core.exchanges.replying import called, first, is_addressed, is_named, is_task, looks_up, without
from core.exchanges.service import Exchanges
from core.exchanges.sides import (
    AT_ONCE,
    COACHES,
    EXCHANGE,
    Side,
    apart_since,
    each_of,
    goes_on,
    is_open,
    may_be_meant,
    not_thanked,
    one_first,
    parts,
    side,
    side_with,
    still_asking,
    with_coach,
    wrote_since,
)
from core.foundation.cells import Cells
from core.people.model import Person
from core.people.service import People
from core.request import Said
from core.roles import COACHING

THANKED = timedelta(hours=1)
"""For so long after a letter thanks are for its writer, who need not be named."""
AFTER_ALL = timedelta(hours=12)
"""For so long the first words after a letter to everybody, if nothing else came since, may answer it."""
SEVERAL = 2
ANNOUNCED = "ann_"
"""How the keys of letters to everybody begin."""
Announced: TypeAlias = tuple[str, datetime]
"""The key of a letter to everybody, and when it came."""


class Addressees:
    """Weighs who was written to, and who wrote, and whom the words name."""

    def __init__(
        self,
        exchanges: Exchanges,
        people: People,
        letters: Letters,
        writer_of: Callable[[Person, str], Awaitable[str | None]],
        cells: Cells,
    ) -> None:
        """`writer_of`: who wrote an announcement to the organization of a person, by its id; None where it is not theirs."""
        self._exchanges = exchanges
        self._people = people
        self._letters = letters
        self._writer_of = writer_of
        self._titles = frozenset(each.title.casefold() for each in cells.by_key.values())

    async def of(
        self,
        said: Said,
        person: Person,
        lately: Sequence[Exchange],
        typed: Sequence[Loose],
        after: datetime | None,
        of_late: Announced | None,
    ) -> list[Side]:
        """For whom the words may be, the likeliest first. `lately`: what was written of late; `typed` before them; `after`: only
        what came later counts, but for words that name somebody; `of_late`: see `announced`.
        """
        words = said.text.strip()
        found = await self._by_name(await self._of_one(words, lately, typed, person, said.at, after), person)
        if of_late is None or is_task(words, of_coach=False):
            return found
        key, came = of_late
        writer = await self._writer(key, person)
        if _is_called(writer, words) and (not found or not found[0].named or found[0].person_ids == writer.person_ids):
            others = [each for each in found if each.person_ids != writer.person_ids]
            return found if _goes_on_since(found, lately, person, said.at, came) else [replace(writer, named=True), *others]
        if found and found[0].named:
            return found
        is_first = not any(each.at > came for each in typed) and not any(each.lines[-1].at > came for each in lately)
        if not is_first or (asks_for_nothing(words) and not meets(words)) or greets(words) or is_ours(words, (), self._titles):
            return found
        first_of_all, *others = await self._by_name([writer, *found], person)
        in_exchange = any(set(first_of_all.person_ids) & set(each.person_ids) for each in others)
        return others if in_exchange else [first_of_all, *others]

    async def _by_name(self, sides: Sequence[Side], person: Person) -> list[Side]:
        """The same, where there are several and their coaches are one, with that one for “your coaches”."""
        if len(sides) < SEVERAL or all(each.person_ids for each in sides):
            return list(sides)
        coaches = [each for each in await self._people.coaches(person) if each.id != person.id]
        if len(coaches) != 1:
            return list(sides)
        id, name = coaches[0].id, coaches[0].name
        return [each if each.person_ids else Side(with_coach(each.meant, id), name, (id,), each.named) for each in sides]

    async def of_all(self, said: Said, person: Person) -> list[Side]:
        """The coach whose letter to everybody the words reply to, where they say something."""
        key = await self._letters.key_of(person, said.replies_to) if said.replies_to else None
        if key is None or not key.startswith(ANNOUNCED):
            return []
        if asks_for_nothing(said.text, spare=1) and not meets(said.text):
            return []
        return [await self._writer(key, person, named=True)]

    async def announced(self, person: Person, at: datetime, after: datetime | None) -> Announced | None:
        """The letter to everybody that was the last that a student got, while it is fresh."""
        if person.role in COACHING:
            return None
        latest = await self._letters.latest(person, max(at - AFTER_ALL, after or at - AFTER_ALL))
        return latest if latest and latest[0].startswith(ANNOUNCED) and latest[1] <= at else None

    async def side_of(self, meant: str, person: Person, at: datetime) -> Side:
        """What is kept of a side, read again as it stood when it was meant."""
        found, coach_id = parts(meant)
        if found.startswith(EXCHANGE) and not coach_id:
            return side((await self._exchanges.one(person, meant)).as_of(at), person)
        if found.startswith(ANNOUNCED) and not coach_id:
            return Side(meant, COACHES, (), named=True)
        other = await self._people.by_id(coach_id or meant)
        return Side(meant, other.name if other else COACHES, (coach_id or meant,), found.startswith(ANNOUNCED))

    async def _writer(self, key: str, person: Person, *, named: bool = False) -> Side:
        """Who wrote the letter to everybody; all their coaches where that one coaches no more."""
        id = await self._writer_of(person, key.partition(":")[0])
        writer = await self._people.by_id(id) if id else None
        if writer is None or writer.role not in COACHING:
            return Side(key, COACHES, (), named)
        return Side(with_coach(key, writer.id), writer.name, (writer.id,), named)

    async def _of_one(
        self, words: str, lately: Sequence[Exchange], typed: Sequence[Loose], person: Person, at: datetime, after: datetime | None
    ) -> list[Side]:
        """For whom the words may be, the likeliest first."""
        coach = person.role in COACHING
        if coach and not called(words) and await self._is_for_us(person, words):
            return []
        spoken_to = await self._spoken_to(person, words)
        begun = [each for each in spoken_to if first(each.name) == called(words)]
        addressed = [side(each, person, named=True) for each in lately if _all_addressed(each, person, words)]
        addressed = [each for each in addressed if not begun or begun[0].id in each.person_ids]
        if addressed:
            return addressed
        if spoken_to:
            of_both = await self._exchanges.own(person) if person.role not in COACHING else lately
            found = [side_with(each, [*lately, *of_both], person) for each in spoken_to]
            calls_nobody = asks_for_nothing(without(found[0].name, words)) and not meets(words)  # thanks, with nothing open
            return [each for each in found if each.meant.startswith(EXCHANGE)] if calls_nobody else found
        thanks = asks_for_nothing(words) and not meets(words)
        letters = [line.words for each in lately for line in each.lines if line.coach]
        if is_task(words, of_coach=False) or (coach and thanks) or (not coach and is_ours(words, letters, self._titles)):
            return []  # an ok of a coach's may be for anybody, and answers nobody
        named = [side_with(each, lately, person, named=False) for each in (await self._named(person, words) if coach else ())]
        if typed and is_open(typed[-1], at) and not greets(words):
            return named or one_first(await self._going_on_with(typed[-1], lately, person, after), words)
        going_on = [e for e in lately if goes_on(e, person, at) and (after is None or e.lines[-1].at > after)]
        going_on = not_thanked(going_on, person, words)
        going_on.sort(key=lambda each: coach and not each.waits)  # who waits is likelier meant than who has an answer
        asking = {each.id: still_asking(each, person) for each in lately}
        going_on = going_on or [each for each in lately if asking[each.id]]
        if not going_on or not may_be_meant(words, [each for each in typed if each.at >= going_on[0].lines[-1].at], at):
            return []
        own = going_on[0].last.by_person_id == person.id
        if thanks and (own or at - going_on[0].lines[-1].at > THANKED):
            return []  # meanwhile they saw much else for which to thank
        sides = [
            one
            for each in going_on
            for one in [*(apart_since(each, person, typed) or _other_side(each, person, asking[each.id], at)), *asking[each.id]]
        ]
        alone = [each for exchange in going_on for each in each_of(exchange, person)]
        named = named or [each for each in sides if is_named(each.name, words)]
        return one_first([*(named or sides), *alone], words) if alone else named or sides

    async def _going_on_with(
        self, before: Loose, lately: Sequence[Exchange], person: Person, after: datetime | None
    ) -> list[Side]:
        """For whom words are that follow others which wait for an answer to our question: for the same, unless somebody else
        wrote since, to whom those were not written.
        """
        sides = [await self.side_of(each, person, before.at) for each in before.meant]
        known = {id for each in sides for id in each.person_ids}
        to_all = {each.meant for each in sides if not each.person_ids}
        since = max(before.at, after or before.at)
        wrote = [one for each in lately if each.id not in to_all for one in wrote_since(each, person, since)]
        new = [each for each in wrote if not known.issuperset(each.person_ids)]
        if not new:
            return sides
        return [*new, *[one for each in sides for one in await self._alone(each, person, before.at)]]

    async def _alone(self, of: Side, person: Person, at: datetime) -> list[Side]:
        """Each of the coaches alone who are on that side; a student, and coaches who are not known yet, as they are."""
        found, coach_id = parts(of.meant)
        if person.role in COACHING or coach_id or not found.startswith(EXCHANGE) or not of.person_ids:
            return [of]
        return [await self.side_of(with_coach(found, id), person, at) for id in of.person_ids]

    async def _spoken_to(self, person: Person, words: str) -> Sequence[Person]:
        """To whom they speak by name: a student to a coach, a coach to anybody."""
        name = called(words)
        if person.role not in COACHING:
            coaches = [each for each in await self._people.coaches(person) if each.id != person.id]
            begun_with = [each for each in coaches if first(each.name) == name]
            return begun_with or [each for each in coaches if is_addressed(each.name, words)]
        others = await self._named(person, words)
        begun_with = [each for each in others if first(each.name) == name]
        return begun_with or (others if any(is_addressed(each.name, words) for each in others) else [])

    async def _is_for_us(self, coach: Person, words: str) -> bool:
        """Whether a coach asks of the bot, or has it do, what coaches do."""
        return is_task(words, of_coach=True) or any(looks_up(each.name, words) for each in await self._named(coach, words))

    async def _named(self, coach: Person, words: str) -> list[Person]:
        """Whoever of the coach's organization is named."""
        return [each for each in await self._people.members(coach) if each.id != coach.id and is_named(each.name, words)]


def _other_side(exchange: Exchange, person: Person, asking: Sequence[Side], at: datetime) -> list[Side]:
    """The other side; without whom the student answered a while ago, where somebody else of it is still `asking`."""
    own = exchange.lines[-1].by_person_id == person.id
    return [] if asking and own and at - exchange.lines[-1].at > AT_ONCE else [side(exchange, person)]


def _is_called(writer: Side, words: str) -> bool:
    """Whether words below a letter to everybody are spoken to its writer: thanks may have the name anywhere."""
    if not writer.person_ids:
        return False
    thanks = is_named(writer.name, words) and asks_for_nothing(without(writer.name, words))
    return thanks or is_addressed(writer.name, words)


def _goes_on_since(found: Sequence[Side], lately: Sequence[Exchange], person: Person, at: datetime, came: datetime) -> bool:
    """Whether the first of these is an exchange that goes on beside a letter to everybody: one of the two waits there, or wrote
    since it `came`. In any other the words would open what is over.
    """
    exchange = next((each for each in lately if found and each.id == parts(found[0].meant)[0]), None)
    if exchange is None or exchange.state is State.CLOSED:
        return False
    return exchange.waits or exchange.lines[-1].at > came or goes_on(exchange, person, at)


def _all_addressed(exchange: Exchange, person: Person, words: str) -> bool:
    """Whether they are spoken to the other side; of several coaches who spoke in it, to each."""
    names = list(exchange.hearers.values()) if person.id == exchange.person_id else []
    if len(names) > 1:
        return any(is_addressed(each, words) for each in names) and all(is_named(each, words) for each in names)
    return is_addressed(side(exchange, person).name, words)
