"""Taking a list of students: looked through first, and kept only then; taken twice, it changes nothing more."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import structlog

from core.cohort.model import Cohort
from core.cohort.ports import Rosters
from core.cohort.service import Cohorts
from core.errors import NotAllowed, NotFound, Refusal
from core.exchanges.together import together
from core.kpis.imports.grid import FILE_BYTES, Grid
from core.people.invitation import Invitation
from core.people.model import Person
from core.people.service import People
from core.ports import FormDrafts
from core.register.addresses import with_accounts
from core.register.ports import SentFiles, Tables
from core.register.reading import Entry, Problem, holds_addresses, is_register, read
from core.request import Address, File, Platform
from core.roles import COACHING

HELD = "cohort import"
"""The name under which a list waits among the drafts of forms."""

log = structlog.get_logger()


class ListGone(NotFound):
    """That list does not wait any more: it was kept, or another came in its place. Send the file again."""


class NoAccount(Refusal):
    """I do not know on which platform you are. Write to me there, and send the file again."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a list would do: who is new, who is known and comes into another cohort, and how many are there already. `note`: why
    e-mail addresses were not looked up."""

    fresh: Sequence[Invitation]
    moved: Sequence[tuple[Person, Cohort]]
    there: int
    problems: Sequence[Problem]
    token: str = ""
    note: str = ""


class Inviting:
    """The lists of students that coaches send."""

    def __init__(
        self, people: People, cohorts: Cohorts, drafts: FormDrafts, tables: Tables, sent: SentFiles, rosters: Rosters
    ) -> None:
        self._people = people
        self._cohorts = cohorts
        self._drafts = drafts
        self._tables = tables
        self._sent = sent
        self._rosters = rosters

    def by_address(self, coach: Person) -> bool:
        """Whether the coach's platform tells a bot whose an e-mail address is."""
        return self._rosters.at(_place(coach)) is not None

    async def table(self, address: Address, file: File) -> Grid | None:
        """The list of people in the file, or a table of addresses whose heading names no such columns; None where there is none.

        Raises:
            NoTable: it cannot be read.
            Trouble: it cannot be got.
        """
        if max(file.size, len(file.content)) > FILE_BYTES:
            return None
        whole = file if file.content else await self._sent.fetch(address, file)
        tables = await self._tables.tables_in(whole.content)
        lists = (*filter(is_register, tables), *filter(holds_addresses, tables))
        return next(iter(lists), None)

    async def look(self, coach: Person, grid: Grid, at: datetime) -> Looked:
        """What the list would do. It waits until it is kept, or another comes.

        Raises:
            NotAllowed: the person does not coach.
        """
        if coach.role not in COACHING:
            raise NotAllowed()
        place = _place(coach)
        entries, problems = read(grid, place.platform)
        going_on = await self._going_on(coach)
        found = await with_accounts(self._rosters, place, entries, going_on, await self._cohorts.of(coach))
        looked = await self._looked(coach, found.entries, at)
        token = secrets.token_hex(3)
        rows = json.dumps([asdict(each) for each in found.entries])
        await self._drafts.keep(coach, HELD, {"token": token, "rows": rows}, at)
        all_of_them = sorted((*problems, *found.problems, *looked.problems), key=lambda each: each.row)
        return Looked(looked.fresh, looked.moved, looked.there, all_of_them, token, found.note)

    async def keep(self, coach: Person, token: str, at: datetime) -> Looked:
        """Invite and place whom the list that waits names; returns what was done.

        Raises:
            NotAllowed: the person does not coach.
            ListGone: it does not wait any more.
        """
        held = await self._drafts.find(coach, HELD)
        if not held or held.get("token") != token:
            raise ListGone()
        looked = await self._looked(coach, [Entry(**each) for each in json.loads(str(held["rows"]))], at)
        for each in looked.fresh:
            await self._people.invite(coach, each)
        for student, cohort in looked.moved:
            await self._cohorts.place(coach, student, cohort.id)
        await self._drafts.drop(coach, HELD)
        log.info("students imported", by=coach.id, invited=len(looked.fresh), placed=len(looked.moved))
        return looked

    async def _looked(self, coach: Person, entries: Sequence[Entry], at: datetime) -> Looked:
        place, own, named = _place(coach), await self._cohorts.of(coach), await self._going_on(coach)
        known = {identity.casefold(): each for each in await self._people.members(coach) for identity in each.identities}
        invited = {each.id: each for each in await self._people.invited(coach)}
        fresh, moved, problems, there = list[Invitation](), list[tuple[Person, Cohort]](), list[Problem](), 0
        for each in entries:
            cohort = named.get(each.cohort.casefold()) if each.cohort else own
            if each.cohort and cohort is None:
                going_on = f" Going on: {together([one.name for one in named.values()])}." if named else ""
                words = f"No cohort that goes on is called “{each.cohort[:60]}”.{going_on} /cohort new begins one."
                problems.append(Problem(each.row, words))
                continue
            identity = f"{place.platform}:{place.workspace}:{each.account}"
            student = known.get(identity.casefold())
            invitation = Invitation(
                id=identity,
                organization_id=coach.organization_id,
                name=each.name,
                cohort_id=cohort.id if cohort else None,
                timezone=each.timezone or None,
                created_at=at,
            )
            before = invited.get(identity)
            if student is not None and cohort is not None and student.cohort_id != cohort.id:
                moved.append((student, cohort))
            elif student is not None or (before and before.model_copy(update={"created_at": at}) == invitation):
                there += 1
            else:
                fresh.append(invitation)
        return Looked(fresh, moved, there, problems)

    async def _going_on(self, coach: Person) -> dict[str, Cohort]:
        """The cohorts that go on, by their folded names."""
        return {each.name.casefold(): each for each in await self._cohorts.all(coach) if each.archived_at is None}


def _place(coach: Person) -> Address:
    """The workspace in which the coach's students have their accounts."""
    if not coach.identities:
        raise NoAccount()
    platform, workspace, _ = coach.identities[0].split(":", 2)
    return Address(Platform(platform), workspace, "")
