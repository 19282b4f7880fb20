"""Meeting people, and keeping the contract that they make about reminders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog

from core.cohort.timetable import Timetable
from core.commitments.model import Commitment, CommitmentKind
from core.commitments.ports import AskedLater
from core.errors import NotFound, Refusal
from core.ids import made_id
from core.nudges.asking import REMEMBERED, asked_later
from core.nudges.contract import PRESETS, SILENCE, Preset, asked_about, first_check, next_check, sign_of_life, with_room
from core.nudges.known import Known
from core.nudges.model import Kind, Nudge, NudgePreferences, Outcome
from core.nudges.offers import Offers
from core.nudges.ports import NudgeStore, PreferencesStore, Promises
from core.nudges.times import Snooze, local_date, next_slot, snoozed
from core.people.model import Person
from core.ports import VIA
from core.request import Asked
from core.roles import COACHING

log = structlog.get_logger()

LOOKED_AGAIN = timedelta(minutes=10)
"""How long a process looks no further whether someone who is here answers a reminder so."""
SOON = timedelta(hours=4)
"""Whoever turns to us so soon after a reminder has not ignored it, whatever they came for."""
KNOWN_AT_MOST = 5_000
"""Persons that a process remembers having met; then it begins anew."""


class ReminderGone(NotFound):
    """That reminder is not there any more. /nudges shows how you are reminded."""


class Stopped(Refusal):
    """Your reminders are stopped, so nothing can be put off. /nudges start starts them again."""


class Settled(Refusal):
    """That is settled, so there is nothing to come back to. /commitments shows what is open."""


class Reminders:
    """The contracts of all people. Each change is kept with the time at which its person is next to be looked at.

    Implements `core.ports.Onlooker` and `core.commitments.ports.Waking`.
    """

    def __init__(self, store: PreferencesStore, nudges: NudgeStore, commitments: Promises) -> None:
        self._store = store
        self._nudges = nudges
        self._commitments = commitments
        self.offers = Offers(store)
        self._seen: dict[str, datetime] = {}

    async def met(self, person: Person, at: datetime) -> None:
        """Note a sign of life, and see to it that whoever turns to us has a contract, so that they are asked for their time.

        A process looks once in ten minutes: all other requests cost a look into a table. Coaches are not asked; they may choose.
        """
        last = self._seen.get(person.id)
        if last is not None and at - last < LOOKED_AGAIN:
            return
        if person.role not in COACHING or person.at_a_terminal:
            await self._note_life(person, at)
        if len(self._seen) >= KNOWN_AT_MOST:
            self._seen.clear()
        self._seen[person.id] = at

    async def _note_life(self, person: Person, at: datetime) -> None:
        """They are here, and what came just before is answered by it."""
        wishes = await self.of(person, at)
        await self._note_answer(wishes, person, at)
        if news := sign_of_life(wishes, person.zone, at):
            await self._store.change(person, news, at)

    async def _note_answer(self, wishes: NudgePreferences, person: Person, at: datetime) -> None:
        """They came soon after a reminder."""
        for each in await self._nudges.since(_as(person, wishes.person_id), at - SOON):
            if each.lettered_at is not None and each.created_at <= at:
                await self._answered(person, each, at)

    async def _answered(self, person: Person, nudge: Nudge, at: datetime) -> None:
        """Note an answer to a reminder that had none; where the hour had moved since none was answered, it is theirs again."""
        if nudge.opened_at is not None:
            return
        await self._nudges.opened(_as(person, nudge.person_id), nudge.id, at)
        wishes = await self.of(person, at)
        checked = wishes.next_check_at if wishes.chosen_at else None
        if checked is not None and next_slot(wishes, person.zone, at, wishes.person_id) < checked:
            await self._change(person, {}, at)

    async def passed_by(self, asked: Asked, person: Person) -> None:
        """Meet whoever asks for something, and note by which reminder they came."""
        await self.met(person, asked.at)
        await self.offers.end(person, asked.at)
        via = asked.values.get(VIA)
        if isinstance(via, str):
            await self.came_by(via, person, asked.at)

    async def came_by(self, via: str, person: Person, at: datetime) -> None:
        """Note that they opened the step of this reminder, or answered it in words; somebody else's id changes nothing."""
        found = await self._found(person, via)
        if found is not None:
            await self._answered(person, found[1], at)

    async def came(self, person: Person, since: datetime) -> list[Nudge]:
        """The reminders that went to them since then, the latest first."""
        wishes = await self._store.of(person)
        found = await self._nudges.since(_as(person, wishes.person_id), since) if wishes else ()
        return [each for each in found if each.lettered_at is not None and not each.held_back]

    async def asked_about(self, person: Person, since: datetime) -> list[Nudge]:
        """Those of them that asked about commitments."""
        return [each for each in await self.came(person, since) if each.kind is Kind.COMMITMENT]

    async def moved(self, person: Person, at: datetime) -> None:
        """Their time zone has changed, and counts from now."""
        if await self._store.of(person) is not None:
            await self._change(person, {}, at)

    async def of(self, person: Person, at: datetime) -> NudgePreferences:
        """The person's contract; whoever has none begins with an empty one, and is asked soon."""
        kept = await self._store.of(person)
        if kept is not None:
            return kept
        first = NudgePreferences(
            id=made_id("npf", person.id),
            person_id=person.id,
            user_id=person.user_id,
            organization_id=person.organization_id,
            changed_at=at,
        )
        return await self._store.meet(person, first.model_copy(update={"next_check_at": first_check(first, person.zone, at)}))

    async def shown(self, person: Person, at: datetime) -> NudgePreferences:
        """The contract of somebody who is shown it now, and may type a time below it."""
        return await self.asked(person, {"asked_days": (), "asked_hours": (), "shown_at": at}, at)

    async def asked(self, person: Person, question: Mapping[str, object], at: datetime) -> NudgePreferences:
        """Keep what they are asked now, and may answer below it, by fields of the contract."""
        return await self._store.change(person, question, at, await self.of(person, at))

    async def choose(self, person: Person, wishes: Mapping[str, object], at: datetime) -> NudgePreferences:
        """Keep what the person chose, by fields of the contract; whoever chooses wants to be reminded, and at an hour that was
        quiet until then it is so no more.
        """
        log.info("reminders agreed", person=person.id)
        over = {"stopped_at": None, "set_aside_at": None, "asked_days": (), "asked_hours": ()}
        room = with_room((await self.of(person, at)).model_copy(update=dict(wishes)))
        return await self._change(person, {**wishes, **room, **over, "chosen_at": at}, at)

    async def pick(self, person: Person, preset: Preset, at: datetime) -> NudgePreferences:
        """Keep a choice of one tap; all else stays as it was."""
        choice = PRESETS[preset]
        return await self.choose(person, {"days": choice.days, "hour": choice.hour, "paused_until": None}, at)

    async def pause(self, person: Person, until: datetime, at: datetime) -> NudgePreferences:
        """Say nothing until then."""
        return await self._change(person, {"paused_until": until, "snoozed_id": None, "snoozed_until": None}, at)

    async def stop(self, person: Person, at: datetime, nudge_id: str | None = None) -> Nudge | None:
        """Say nothing any more; returns the reminder that was answered so, if it was one.

        Raises:
            ReminderGone: the person has no reminder with this id.
        """
        found = await self._theirs(person, nudge_id) if nudge_id else None
        if (await self.of(person, at)).stopped_at is None:
            log.info("reminders stopped", person=person.id)
            await self._change(person, {"stopped_at": at, "snoozed_id": None, "snoozed_until": None}, at)
        if found is None:
            return None
        await self._nudges.end(found[0], found[1].id, Outcome.STOPPED, at)
        return found[1]

    async def stop_only(self, person: Person, nudge_id: str, at: datetime) -> tuple[Nudge, NudgePreferences]:
        """Go on, but never again with the kind of this reminder.

        Raises:
            ReminderGone: the person has no reminder with this id.
        """
        owner, nudge = await self._theirs(person, nudge_id)
        wishes = await self.of(person, at)
        kinds = (*(each for each in wishes.stopped_kinds if each is not nudge.kind), nudge.kind)
        kept = await self._change(person, {"stopped_at": None, "stopped_kinds": kinds}, at)
        await self._nudges.end(owner, nudge.id, Outcome.STOPPED, at)
        return nudge, kept

    async def start(self, person: Person, at: datetime) -> NudgePreferences:
        """Go on after a stop or a pause. Whoever has never chosen is asked at once."""
        wishes = await self.of(person, at)
        asking = {} if wishes.chosen_at else {"next_check_at": first_check(wishes, person.zone, at)}
        return await self._change(person, {"stopped_at": None, "paused_until": None, **_back(wishes, at), **asking}, at)

    async def all_kinds(self, person: Person, at: datetime) -> NudgePreferences:
        """Remind of everything again that was stopped by its kind."""
        return await self._change(person, {"stopped_kinds": ()}, at)

    async def later(self, person: Person, nudge_id: str, until: Snooze, at: datetime) -> datetime:
        """Bring a reminder again then; returns when.

        Raises:
            ReminderGone: the person has no reminder with this id.
            Stopped: they want none at all.
            Settled: it was about a promise that is open no more, or asked for one that is made.
        """
        owner, nudge = await self._theirs(person, nudge_id)
        wishes = await self.of(person, at)
        if wishes.stopped_at is not None:
            raise Stopped()
        if not await self._is_open(person, nudge, at):
            raise Settled("A day is set by now: I ask you about it then." if nudge.kind is Kind.RECOMMIT else "")
        when = snoozed(until, wishes, person.zone, at)
        await self._change(person, {"snoozed_id": nudge.id, "snoozed_until": when, **_back(wishes, at)}, at)
        await self._nudges.opened(owner, nudge.id, at)
        return when

    async def _is_open(self, person: Person, nudge: Nudge, at: datetime) -> bool:
        """Whether what the student was asked about a promise of theirs, or for one, can still be answered."""
        if nudge.kind not in (Kind.COMMITMENT, Kind.RECOMMIT):
            return True
        made = [each for each in await self._commitments.recent(person, at) if each.kind is CommitmentKind.PROMISE and each.open]
        if nudge.kind is Kind.RECOMMIT:
            return not any(each.due_at > at for each in made)
        return any(each.id == nudge.about for each in made)

    async def coached(self, student: Person, at: datetime) -> datetime:
        """A person coaches them now, so that the bot keeps quiet for three days; returns until when."""
        wishes = await self.of(student, at)
        until = max(at + SILENCE, wishes.silent_until or at)
        await self._change(student, {"silent_until": until}, at)
        return until

    async def wake(self, person: Person, at: datetime) -> datetime | None:
        """Look at them when what they promised or asked for is due; returns when they are next looked at, if at all."""
        return (await self._change(person, {}, at)).next_check_at

    async def listens(self, person: Person) -> bool:
        """Whether they want to be reminded at all: until they have said no, they do."""
        wishes = await self._store.of(person)
        return wishes is None or wishes.stopped_at is None

    async def asked_later(self, person: Person, commitment: Commitment, at: datetime) -> AskedLater | None:
        """The other day on which they are asked about this promise, as things stand; None where that is its own."""
        wishes = await self.of(person, at)
        owner = _as(person, wishes.person_id)
        known = Known(
            person=owner,
            wishes=wishes,
            timetable=Timetable(local_date(person.zone, at)),
            commitments=await self._commitments.recent(person, at),
            sent=await self._nudges.since(owner, at - REMEMBERED),
            last_seen_at=at,
        )
        return asked_later(known, commitment, at)

    async def quiet_until(self, person: Person) -> datetime | None:
        """Until when nothing of ours comes, because they paused or a coach wrote to them; None where nothing holds it."""
        wishes = await self._store.of(person)
        held = (wishes.paused_until, wishes.silent_until) if wishes else ()
        return max((each for each in held if each is not None), default=None)

    async def _change(self, person: Person, change: Mapping[str, object], at: datetime) -> NudgePreferences:
        seen = await self.of(person, at)
        wishes = seen.model_copy(update=dict(change))
        asked = [
            each.due_at if each.kind is CommitmentKind.REMINDER else asked_about(wishes, person.zone, each.day, at)
            for each in await self._commitments.recent(person, at)
            if each.open and each.due_at > at
        ]
        when = next_check(wishes, person.zone, at, (each for each in asked if each > at))
        return await self._store.change(person, {**change, "next_check_at": when}, at, seen)

    async def _theirs(self, person: Person, nudge_id: str) -> tuple[Person, Nudge]:
        found = await self._found(person, nudge_id)
        if found is None:
            raise ReminderGone()
        return found

    async def _found(self, person: Person, nudge_id: str) -> tuple[Person, Nudge] | None:
        """The reminder, and the person of the account to whom it was written: any of its platforms may answer."""
        wishes = await self._store.of(person)
        owners = [person] if wishes is None or wishes.person_id == person.id else [_as(person, wishes.person_id), person]
        for owner in owners:
            nudge = await self._nudges.find(owner, nudge_id)
            if nudge is not None:
                return owner, nudge
        return None


def _back(wishes: NudgePreferences, at: datetime) -> dict[str, object]:
    """Whoever was set aside and answers is so no more, and what they ignored before counts no more."""
    return {"set_aside_at": None, "back_at": at} if wishes.set_aside_at is not None else {}


def _as(person: Person, person_id: str) -> Person:
    """Another person of the same account, as far as stores ask."""
    return person.model_copy(update={"id": person_id})
