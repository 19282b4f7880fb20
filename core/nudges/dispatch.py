"""Whoever is due is looked at, one by one: what to send is decided at that moment, kept, and put into the outbox.

Every step is one write, and a process may die after each: the claim runs out, and whoever takes the person next goes on from
what is kept. A reminder without its letter gets it, a letter that is there already is not written again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from core.errors import StoreTrouble
from core.holding import Clock
from core.leases import State
from core.nudges.decision import Decision
from core.nudges.known import Known
from core.nudges.model import Nudge, NudgePreferences, Outcome
from core.nudges.outcomes import outcome_of
from core.nudges.ports import Accounts, Learners, NudgeStore, PreferencesStore, Quiet
from core.nudges.reaching import address_of
from core.outbox import TOO_LATE, Letter, Outbox, new_letter
from core.people.model import Person
from core.request import Address

log = structlog.get_logger()

CLAIM = timedelta(minutes=5)
"""How long a process has for one person; should it die, another takes them then."""
AT_ONCE, BATCH = 32, 128
"""How many are looked at at the same time, and how many are read before it is looked who else is due."""
LONGEST = timedelta(seconds=20)
"""After so long a tick ends, though there be more: the next one goes on with those who have waited longest."""
PASSED_ON = timedelta(minutes=2)
"""About when somebody is due again whom this process cannot write to, so that another takes them."""
MOST_AT_ONCE = 5
"""Reminders to one person at one time, where they have asked for so many."""
UNREACHABLE = timedelta(days=1)
"""When it is looked again whether somebody has an account that can be written to."""
KEY = "nudge:"
"""What the keys of the letters begin with; the reminder's id follows."""


class Decide(Protocol):
    """What is to be sent, if anything (`core.nudges.deciding.decide`, with its templates and the share that is held back)."""

    def __call__(self, known: Known, at: datetime, *, undisturbed_until: datetime | None = None) -> Decision:
        """Decide for one person."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What reminding is built of. `serves` says of an address's surface whether this process can write there."""

    wishes: PreferencesStore
    nudges: NudgeStore
    people: Accounts
    learners: Learners
    quiet: Quiet
    outbox: Outbox
    decide: Decide
    serves: Callable[[str], bool]
    now: Clock
    chance: Callable[[], float]


@dataclass(frozen=True, slots=True)
class _Claimed:
    """Somebody whom this process holds: until then nobody else takes them, unless they change their contract themselves.

    `due_at`: since when they were to be looked at.
    """

    person: Person
    wishes: NudgePreferences
    until: datetime
    to: Address
    due_at: datetime | None


class Dispatch:
    """Reminds whoever is due. Several processes may do so at the same time."""

    def __init__(self, given: Given) -> None:
        self._given = given

    async def tick(self, at: datetime) -> int:
        """Look at everybody who is due, the longest waiting first, as far as the time of a tick goes; returns how many."""
        ends, looked = self._given.now() + LONGEST, 0
        while True:
            at = max(at, self._given.now())
            due = await self._given.wishes.due(at, BATCH)
            taken = await self._together(due, at)
            looked += taken
            if not taken or len(due) < BATCH or self._given.now() >= ends:
                return looked

    async def unsent(self, letter: Letter) -> None:
        """Note that a reminder did not arrive; letters that are no reminders pass."""
        if not letter.key.startswith(KEY) or letter.person_id is None:
            return
        person = await self._given.people.by_id(letter.person_id)
        if person is not None:
            await self._given.nudges.end(person, letter.key.removeprefix(KEY), Outcome.UNDELIVERED, self._given.now())

    async def _together(self, due: Sequence[NudgePreferences], at: datetime) -> int:
        """Look at them, in no order, so that processes that read the same list are out of each other's way."""
        waiting = sorted(due, key=lambda _: self._given.chance(), reverse=True)
        room = asyncio.Semaphore(AT_ONCE)

        async def one(seen: NudgePreferences) -> bool:
            async with room:
                return await self._look(seen, at)

        results = await asyncio.gather(*map(one, waiting), return_exceptions=True)
        return sum(_taken(seen, result) for seen, result in zip(waiting, results, strict=True))

    async def _look(self, seen: NudgePreferences, at: datetime) -> bool:
        """Claim somebody and do for them what is due; False where another has them."""
        given, until = self._given, at + CLAIM
        wishes = await given.wishes.claim(seen, until)
        if wishes is None:
            return False
        account = await self._account(wishes)
        person = next((each for each in account if each.id == wishes.person_id), None)
        if person is None or not await self._goes_by(wishes, person, account):
            await given.wishes.settle(wishes, until, None)
            return True
        to = address_of(wishes, account)
        if to is None:
            await given.wishes.settle(wishes, until, at + UNREACHABLE)
        elif not given.serves(to.surface):
            await given.wishes.settle(wishes, until, at + PASSED_ON * (0.5 + given.chance()))
        else:
            await self._remind(_Claimed(person, wishes, until, to, seen.next_check_at), at)
        return True

    async def _account(self, wishes: NudgePreferences) -> Sequence[Person]:
        """The persons of the contract's account, the contract's own among them unless they are gone."""
        account = await self._given.people.of_user(wishes.user_id) if wishes.user_id else ()
        if any(each.id == wishes.person_id for each in account):
            return account
        person = await self._given.people.by_id(wishes.person_id)  # who is of another account since
        return await self._given.people.of_account(person) if person else ()

    async def _goes_by(self, wishes: NudgePreferences, person: Person, account: Sequence[Person]) -> bool:
        """Whether this is the contract that their account goes by: only one of several persons can have two."""
        if len(account) == 1:
            return True
        found = await self._given.wishes.of(person)
        return found is not None and found.id == wishes.id

    async def _remind(self, claimed: _Claimed, at: datetime) -> None:
        """What is due goes out. After something that they asked for it is decided once more: their own time may be now, too."""
        known = await self._judged(await self._given.learners.known(claimed.person, claimed.wishes, at), at)
        changes: dict[str, object] = {}
        for _ in range(MOST_AT_ONCE):
            decision = await self._decided(known, claimed.to, at)
            changes |= decision.changes
            if decision.nudge is not None:
                if not await self._given.wishes.unchanged(claimed.wishes):
                    return  # they have changed their mind this very moment, and with it the time at which they are looked at
                await self._carry_out(claimed, decision, decision.nudge, at)
            if decision.nudge is None or decision.nudge.occasion == "due":
                break
            known = afterwards(known, decision, at)
        await self._given.wishes.settle(claimed.wishes, claimed.until, decision.next_check_at, changes)

    async def _judged(self, known: Known, at: datetime) -> Known:
        """What came of earlier reminders is noted before anything is decided.

        What a process began today and died with, before there was a letter, is not among them: it is decided anew, and finds its
        row.
        """
        sent: list[Nudge] = []
        today = known.today(at).isoformat()
        for each in [await self._marked(nudge, known.person, at) for nudge in known.sent]:
            outcome = outcome_of(each, known, at)
            if outcome is Outcome.IGNORED and not each.held_back and not await self._arrived(each):
                outcome = Outcome.UNDELIVERED
            if outcome is not None:
                await self._given.nudges.end(known.person, each.id, outcome, at)
                sent.append(each.model_copy(update={"outcome": outcome, "outcome_at": at}))
            elif not _begun(each) or each.local_date != today:
                sent.append(each)
        return replace(known, sent=tuple(sent))

    async def _marked(self, nudge: Nudge, person: Person, at: datetime) -> Nudge:
        """The reminder, marked where it has a letter already and a process died before the mark."""
        if not _begun(nudge) or await self._letter(nudge) is None:
            return nudge
        await self._given.nudges.lettered(person, nudge.id, at)
        return nudge.model_copy(update={"lettered_at": at})

    async def _arrived(self, nudge: Nudge) -> bool:
        """Whether its letter was sent. One that is not kept any more was."""
        letter = await self._letter(nudge)
        return letter is None or (letter.state is State.DONE and letter.outcome != TOO_LATE)

    async def _letter(self, nudge: Nudge) -> Letter | None:
        return await self._given.outbox.find(nudge.organization_id, f"{KEY}{nudge.id}")

    async def _decided(self, known: Known, to: Address, at: datetime) -> Decision:
        """The platform is asked whether they may be disturbed only where something would go out."""
        decision = self._given.decide(known, at)
        if decision.nudge is None or decision.nudge.held_back:
            return decision
        undisturbed_until = await self._given.quiet.undisturbed_until(to, at)
        if undisturbed_until is None or undisturbed_until <= at:
            return decision
        return self._given.decide(known, at, undisturbed_until=undisturbed_until)

    async def _carry_out(self, claimed: _Claimed, decision: Decision, nudge: Nudge, at: datetime) -> None:
        """The row, then the letter, then the mark. Where the day has its row already, only what is missing."""
        given, person = self._given, claimed.person
        about = {"nudge": nudge.id, "kind": nudge.kind.value, "template": nudge.template, "person": person.id}
        if await given.nudges.add(person, nudge) is None and not await self._goes_on(person, nudge):
            return
        if nudge.held_back or decision.message is None:
            log.info("reminder held back", **about)
            return
        letter = new_letter(
            f"{KEY}{nudge.id}",
            claimed.to,
            decision.message,
            organization_id=person.organization_id,
            at=at,
            person_id=person.id,
            until=decision.until,
            promised_at=claimed.due_at,
        )
        await given.outbox.add(letter)
        await given.nudges.lettered(person, nudge.id, at)
        log.info("reminder sent", **about)

    async def _goes_on(self, person: Person, nudge: Nudge) -> bool:
        """Whether what a process died with is to be written now: its row says from here on what is decided now."""
        kept = await self._given.nudges.find(person, nudge.id)
        return kept is not None and _begun(kept) and await self._given.nudges.revise(person, nudge) is not None


def _taken(seen: NudgePreferences, result: bool | BaseException) -> bool:
    """Whatever goes wrong with one keeps nobody else waiting, and is tried again when the claim runs out."""
    if isinstance(result, bool):
        return result
    unexpected = None if isinstance(result, StoreTrouble) else result
    log.warning("reminder not decided", person=seen.person_id, trouble=type(result).__name__, exc_info=unexpected)
    return False


def afterwards(known: Known, decision: Decision, at: datetime) -> Known:
    """The learner as they are known once that is carried out."""
    changes: Mapping[str, object] = {**decision.changes, "next_check_at": decision.next_check_at}
    sent = [decision.nudge.model_copy(update={"lettered_at": at})] if decision.nudge else []
    return replace(known, wishes=known.wishes.model_copy(update=dict(changes)), sent=(*sent, *known.sent))


def _begun(nudge: Nudge) -> bool:
    """Its row is kept, and nobody has marked yet that it has a letter."""
    return nudge.lettered_at is None and not nudge.held_back and nudge.outcome is None
