"""A coach with so much of everything that no list of theirs fits on one page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.agents.model import UserAgent
from core.assets.service import Assets
from core.cohort.model import Cohort
from core.commitments.model import Commitment
from core.community.model import Announcement, To
from core.course.steps import Step
from core.exchanges.model import Exchange, Line
from core.llm.model import Payer, Usage, Use
from core.llm.ports import Reserved, Spent
from core.members.model import Member
from core.nudges.model import NudgePreferences
from core.openness.model import Look, Part
from core.pairs.model import PairRequest
from core.people.invitation import Invitation
from core.people.model import Person
from core.people.service import People
from core.playbook.model import Execution
from core.request import Actor, Platform
from core.roles import Role
from persistence.announcements import AnnouncementRecord
from persistence.assets import AssetRecord
from persistence.cohorts import CohortRecord
from persistence.commitments import CommitmentRecord
from persistence.documents import Database
from persistence.exchanges import ExchangeRecord
from persistence.invitations import InvitationRecord
from persistence.looks import LookRecord
from persistence.members import MemberRecord
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.own_agents import OwnAgentsRecord
from persistence.pairs import PairRecord
from persistence.people import PeopleRecord
from persistence.runs import ExecutionRecord
from persistence.snapshots import SnapshotRecord
from persistence.usage import UsageRecord
from tests.blank import record_in
from tests.students import OFFER, april, foundations

MANY = 23
NOON = datetime(2026, 4, 8, 12, tzinfo=UTC)
DAY = timedelta(days=1)
IDA = Actor(Platform.SLACK, "T1", "U0", "Ida", "Europe/London", installer=True)
NORA = Actor(Platform.SLACK, "T1", "U1", "Nora", "Europe/London")
CODES = ("H1", "G1", "F1")
ODD = ("Zoë Ødegård", "Łukasz Ñuñez", "Bartholomew Featherstonehaugh-Smythe")
"""What people are called too."""


def name_of(number: int) -> str:
    """What the one of this number is called."""
    return ODD[number] if number < len(ODD) else f"Student {number:02}"


async def crowded(folder: Path) -> tuple[Person, Person]:
    """Ida, who coaches `MANY` others and has that much of everything herself; and Nora, who opened her assets to her."""
    database = await record_in(folder)
    people = People(PeopleRecord(database))
    ida = await people.appoint(await people.meet(IDA, NOON), Role.ADMIN)
    nora = await people.settle(await people.meet(NORA, NOON), "coachesSeeAssets", ida.organization_id, NOON)
    there = [
        await people.meet(Actor(Platform.SLACK, "T1", f"U{number + 100}", name_of(number), "Europe/London"), NOON)
        for number in range(MANY)
    ]
    await _own(database, ida)
    await _assets(database, ida, live=True)
    await _assets(database, nora, live=False)
    await _of_all(database, ida, there)
    for each in there:
        await people.appoint(each, Role.COACH)
    await database.close()
    return ida, nora


async def _own(database: Database, ida: Person) -> None:
    """What is Ida's alone."""
    org = ida.organization_id
    for number in range(MANY):
        at, key, whose = NOON - number * DAY, f"{number:04}", {"person_id": ida.id, "organization_id": org}
        words = f"Thing {number:02} of my shop: the páins"
        run = Execution(
            id=f"run_{key}",
            user_id=ida.user_id,
            organization_id=org,
            prompt_code=CODES[number % 3],
            elevate_step="Hook",
            input_context_snapshot={},
            ai_request_timestamp=at,
        )
        await ExecutionRecord(database).add(ida, run)
        due = {"local_date": f"{(NOON + number * DAY).date()}", "due_at": NOON + number * DAY}
        promise = Commitment.model_validate(
            {"id": f"cmt_{key}", "user_id": ida.user_id, "what": words, "created_at": at, **whose, **due}
        )
        await CommitmentRecord(database).add(ida, promise)
        week = april(ida, {"hook_AvgCTR": 2.0}, at).model_copy(
            update={"id": f"snp_{key}", "snapshot_date": at, "time_period": "Last 7 Days"}
        )
        await SnapshotRecord(database).put(ida, week)
        await foundations(database).save(ida, {OFFER: words}, at)
        line = Line(by_person_id=ida.id, name="Ida", words=words, at=at)
        await ExchangeRecord(database).add(ida, _exchange(ida, f"exc_own{key}", line, at))
        cohort = Cohort(id=f"coh_{key}", organization_id=org, name=f"Cohort {number:02}", code=f"CODE{key}", created_at=at)
        await CohortRecord(database).add(ida, cohort)
        announcement = Announcement(
            id=f"ann_{key}",
            cohort_id="coh_0000",
            by_name="Ida",
            words=words,
            to=To.DIRECT,
            created_at=at,
            changed_at=at,
            **whose,
        )
        await AnnouncementRecord(database).add(ida, announcement)
    await PeopleRecord(database).change(ida, {"cohort_id": "coh_0000"})


async def _assets(database: Database, person: Person, *, live: bool) -> None:
    assets = Assets(AssetRecord(database))
    for number in range(MANY):
        at = NOON - timedelta(days=60) + number * DAY
        step = tuple(Step)[number % 10]
        made = await assets.keep(person, step=step, asset_type="Email", content=f"Páins of jar {number:02}", at=at)
        if live:
            await assets.implement(person, await assets.show(person, made.id), at, since=at.date())


async def _of_all(database: Database, ida: Person, there: Sequence[Person]) -> None:
    """What is of each of the others."""
    usage, org = UsageRecord(database), ida.organization_id
    everybody = Look(id="lok_all", organization_id=org, everybody_in=org, by_person_id=ida.id, part=Part.PLACE, at=NOON)
    await LookRecord(database).add(everybody)
    for number, each in enumerate(there):
        at, key = NOON - number * DAY, f"{number:04}"
        await MemberRecord(database).keep(
            Member(
                id=each.id,
                organization_id=org,
                name=each.name,
                joined_at=at,
                module=0,
                seen_at=at,
                shipped=number,
                rolled_at=NOON,
            )
        )
        line = Line(by_person_id=each.id, name=each.name, words=f"My gift {number:02} does not <convert>", at=at)
        await ExchangeRecord(database).add(each, _exchange(each, f"exc_{key}", line, at))
        held = Reserved(f"hld_{key}", 10, f"{NOON:%Y-%m-%d}", f"{NOON:%Y-%m}")
        await usage.hold_day(each, held, None, NOON)
        await usage.settle_day(each, Payer(each, Use.CHAT, "agt_1", "Writer"), held, Spent(Usage(read=1), 10_000 * (number + 1)))
        await PairRecord(database).ask(each, PairRequest(id=each.id, organization_id=org, since=at, look_at=NOON + 90 * DAY))
        wishes = NudgePreferences(
            id=f"ndp_{key}", person_id=each.id, user_id=each.user_id, organization_id=org, created_at=at, changed_at=at
        )
        await NudgePreferencesRecord(database).meet(each, wishes.model_copy(update={"set_aside_at": at}))
        agent = UserAgent(
            id=f"agt_{key}",
            name=f"Helper{chr(97 + number)}",
            description=f"Knows jar {number:02}",
            personality="",
            avatar_url="",
            created_by=each.user_id,
            organization_id=org,
            sharing="shared",
            shared_by=each.id,
        )
        await OwnAgentsRecord(database).add(each, agent)
        look = Look(id=f"lok_{key}", organization_id=org, person_id=ida.id, by_person_id=each.id, part=Part.FIGURES, at=at)
        for more in range(2):
            await LookRecord(database).add(look.model_copy(update={"id": f"lok_{key}{more}", "at": at + timedelta(minutes=more)}))
        await InvitationRecord(database).keep(
            ida, Invitation(id=f"slack:T1:X{key}", organization_id=org, name=name_of(number), created_at=at)
        )


def _exchange(person: Person, key: str, line: Line, at: datetime) -> Exchange:
    return Exchange(
        id=key,
        person_id=person.id,
        organization_id=person.organization_id,
        name=person.name,
        lines=(line,),
        created_at=at,
        changed_at=at,
        shown_at=at,
        next_show_at=NOON + 90 * DAY,
    )
