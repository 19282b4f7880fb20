"""Planted learners: what is known of somebody, made up for one rule."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from core.assets.model import AssetStatus, Heading
from core.cohort.timetable import Timetable
from core.commitments.model import Commitment, CommitmentKind, CommitmentState
from core.course.model import ModuleProgress, ModuleStatus, Standing
from core.course.modules import Course
from core.course.steps import Step
from core.kpis.lines import Line
from core.kpis.metrics import Metrics
from core.kpis.model import Snapshot
from core.kpis.periods import Period, Span
from core.nudges.known import Known
from core.nudges.model import Kind, Nudge, NudgePreferences, Outcome, nudge_id
from core.people.model import Person
from core.ui import Meter

AT = datetime(2026, 4, 15, 9, 15, tzinfo=UTC)
"""A Wednesday; in London it is a quarter past ten, and the hour of everybody here has come."""
DAY = timedelta(days=1)
COURSE, METRICS = Course(), Metrics()
FULL = (Meter("Company", 9, 9), Meter("Market", 9, 9), Meter("Customer", 9, 9))
PERSON = Person(
    id="per_1", user_id="usr_1", organization_id="org_1", name="Nora Byrne", timezone="Europe/London", created_at=AT - 40 * DAY
)
WISHES = NudgePreferences(
    id="npf_1", person_id="per_1", organization_id="org_1", chosen_at=AT - 39 * DAY, days=(1, 3, 5), hour=10, changed_at=AT
)  # fmt: skip


def ago(days: float) -> datetime:
    """So many days before."""
    return AT - days * DAY


def standing(number: int, ticked: int = 0, days: float = 0, *, closed: bool = False, begun: bool = False) -> Standing:
    """A module with its first items ticked, that was last worked on so many days ago."""
    module = COURSE.module(number)
    if not (ticked or closed or begun):
        return Standing(module, None)
    progress = ModuleProgress(
        id=f"prg_{number}",
        user_id="usr_1",
        organization_id="org_1",
        module_id=module.id,
        status=ModuleStatus.COMPLETED if closed else ModuleStatus.IN_PROGRESS,
        completed_at=ago(days) if closed else None,
        ticked_items=tuple(range(1, ticked + 1)),
        started_at=ago(days),
        changed_at=ago(days),
    )
    return Standing(module, progress)


def standings(*changed: Standing) -> tuple[Standing, ...]:
    """All ten modules: the Foundation is completed, these are as they are given, all others have not begun."""
    given = {each.module.number: each for each in (standing(0, 7, 35, closed=True), *changed)}
    return tuple(given.get(number, standing(number)) for number in range(10))


def learner(**known: object) -> Known:
    """Somebody about whom there is nothing to say, but for what is given: their course begins far in the future."""
    plain = Known(
        person=PERSON,
        wishes=WISHES,
        timetable=Timetable(date(2026, 12, 7)),
        standings=standings(),
        foundation=FULL,
        foundation_ready=True,
        last_seen_at=ago(1),
    )
    kept = {name: getattr(plain, name) for name in plain.__dataclass_fields__}
    return Known(**{**kept, **known})


def asset(
    title: str = "Ten pains", step: Step = Step.HOOK, days: float = 10, live: float | None = None, kind: str = "Headlines"
) -> Heading:
    """An asset that was last changed so many days ago; `live`: the days since it went live."""
    return Heading(
        id=f"ast_{title}",
        user_id="usr_1",
        organization_id="org_1",
        elevate_step=step,
        asset_type=kind,
        title=title,
        status=AssetStatus.DRAFT if live is None else AssetStatus.IMPLEMENTED,
        created_at=ago(days),
        last_updated_at=ago(days),
        implemented_at=None if live is None else ago(live),
    )


def snapshot(end: date, span: Span = Span.WEEK, days: float = 1, **figures: float) -> Snapshot:
    """Figures of a period, logged so many days ago."""
    period = Period(span, end)
    return Snapshot(
        id=f"snp_{end}",
        user_id="usr_1",
        organization_id="org_1",
        snapshot_date=period.ends_at,
        time_period=period.text,
        created_at=ago(days),
        figures=figures or {"hook_AvgCTR": 2.1},
    )


def line(field: str, now: float, before: float | None) -> Line:
    """A figure beside the equal period before."""
    return Line(METRICS.by_field[field], now, before, "GBP")


def promise(
    day: date, *, kind: CommitmentKind = CommitmentKind.PROMISE, at: datetime | None = None, name: str = "cmt_1"
) -> Commitment:
    """Hook by that day, or a reminder at that time."""
    return Commitment(
        id=name,
        person_id="per_1",
        user_id="usr_1",
        organization_id="org_1",
        kind=kind,
        what="Hook headlines",
        module_id="mod_1",
        local_date=day.isoformat(),
        due_at=at or datetime(day.year, day.month, day.day, 22, tzinfo=UTC),
        state=CommitmentState.OPEN,
        created_at=ago(3),
    )


def nudge(
    kind: Kind, days: float, about: str | None = None, outcome: Outcome | None = None, template: str = "", **more: object
) -> Nudge:
    """A reminder that came so many days ago."""
    created = ago(days)
    local = created.astimezone(PERSON.zone).date().isoformat()
    plain = Nudge(
        id=nudge_id("per_1", local),
        person_id="per_1",
        organization_id="org_1",
        kind=kind,
        about=about,
        local_date=local,
        template=template or f"{kind}-before",
        reason="It was so",
        created_at=created,
        lettered_at=created,
        outcome=outcome,
    )
    return plain.model_copy(update=more)
