"""Links to the dashboard, sessions and marks of freshness, the same on both databases."""

from __future__ import annotations

from datetime import timedelta

from core.home.dashboard_model import DashboardLink, DashboardSession
from core.roles import Role
from persistence.dashboard import DashboardRecord
from persistence.exchanges import ExchangeRecord
from persistence.freshness import FreshnessRecord
from persistence.progress import ProgressRecord
from tests.contracts.strict import Strict
from tests.contracts.test_stores_exchanges import exchange
from tests.students import DISCORD, HOUR, NOON, OMAR, SLACK, met


async def test_a_link_is_counted_and_used_once(strict: Strict) -> None:
    store, nora = DashboardRecord(strict), await met(strict, DISCORD)
    whose = {"person_id": nora.id, "organization_id": nora.organization_id, "identity": nora.identities[0]}
    link = DashboardLink(id="dln_1", **whose, created_at=NOON, expires_at=NOON + HOUR)
    await store.give(nora, link)
    assert await store.recent(nora, NOON - HOUR) == 1
    assert await store.recent(nora, NOON + HOUR) == 0
    assert await store.link("dln_1") == link
    assert await store.use(link, NOON)
    assert not await store.use(link, NOON)
    used = await store.link("dln_1")
    assert used is not None
    assert used.used_at == NOON
    assert await store.link("dln_2") is None


async def test_a_session_slides_and_ends_alone_or_with_all_of_the_account(strict: Strict) -> None:
    store, nora, omar = DashboardRecord(strict), await met(strict, DISCORD), await met(strict, SLACK)
    sessions = [
        DashboardSession(
            id=f"dss_{number}",
            person_id=whose.id,
            organization_id=whose.organization_id,
            identity=whose.identities[0],
            created_at=NOON,
            seen_at=NOON,
            expires_at=NOON + HOUR,
            ends_at=NOON + timedelta(days=60),
        )
        for number, whose in enumerate((nora, nora, omar))
    ]
    for whose, session in zip((nora, nora, omar), sessions, strict=True):
        await store.open(whose, session)
    await store.seen(sessions[0], NOON + HOUR, NOON + 2 * HOUR)
    slid = await store.session("dss_0")
    assert slid is not None
    assert (slid.seen_at, slid.expires_at) == (NOON + HOUR, NOON + 2 * HOUR)
    assert {each.id for each in await store.of([nora])} == {"dss_0", "dss_1"}
    await store.close(sessions[1])
    assert await store.session("dss_1") is None
    assert await store.close_all([nora]) == 1
    assert await store.session("dss_2") == sessions[2], "somebody else's stays"


async def test_a_mark_changes_with_what_is_the_persons_own(strict: Strict) -> None:
    store, nora, omar = FreshnessRecord(strict), await met(strict, DISCORD), await met(strict, SLACK)
    before = await store.mark(nora)
    await ProgressRecord(strict).tick(omar, "mod_1", 1, NOON)
    assert await store.mark(nora) == before, "what others do is nothing to her"
    await ProgressRecord(strict).tick(nora, "mod_1", 1, NOON)
    assert await store.mark(nora) != before


async def test_what_a_student_asks_marks_their_pages_and_those_of_their_coaches_alone(strict: Strict) -> None:
    store, exchanges = FreshnessRecord(strict), ExchangeRecord(strict)
    nora, slack, omar = [await met(strict, each) for each in (DISCORD, SLACK, OMAR)]
    coach, stranger = omar.model_copy(update={"role": Role.COACH}), slack.model_copy(update={"role": Role.COACH})
    reading = (nora, coach, stranger, omar)
    before = [await store.mark(each) for each in reading]
    seen = await exchanges.add(nora, exchange(nora))
    asked = [await store.mark(each) for each in reading]
    assert [old != new for old, new in zip(before, asked, strict=True)] == [True, True, False, False]
    await exchanges.replace(coach, seen, seen)
    taken = [await store.mark(each) for each in reading]
    assert [old != new for old, new in zip(asked, taken, strict=True)] == [True, True, False, False]
