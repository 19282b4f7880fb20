"""The cohorts whose community question is due, the same on both databases."""

from __future__ import annotations

from core.cohort.model import Cohort, WeeklyQuestion
from core.request import Platform
from persistence.cohorts import CohortRecord
from persistence.questions import QuestionRecord
from tests.contracts.strict import Strict
from tests.students import HOUR, NOON, OMAR, met

QUESTION = WeeklyQuestion(day=2, hour=10, zone="Europe/Paris", platform=Platform.DISCORD, workspace="G1")


async def test_what_is_due_is_looked_at_once_and_a_switch_counts(strict: Strict) -> None:
    store, cohorts, omar = QuestionRecord(strict), CohortRecord(strict), await met(strict, OMAR)
    for number in (1, 2):
        plain = {"id": f"coh_{number}", "organization_id": omar.organization_id, "name": str(number), "code": "k7wq-3fhm"}
        await cohorts.add(omar, Cohort.model_validate({**plain, "created_at": NOON}))
    assert list(await store.due(NOON + 9 * HOUR, 5)) == [], "nothing is switched on"
    for number in (1, 2):
        await cohorts.change(omar, f"coh_{number}", {"question": QUESTION, "next_question_at": NOON + (3 - number) * HOUR})
    second, first = await store.due(NOON + 2 * HOUR, 5)
    assert (second.id, first.id, first.question) == ("coh_2", "coh_1", QUESTION)
    asked = QUESTION.model_copy(update={"asked": (0,)})
    assert await store.looked(second, asked, NOON + 9 * HOUR)
    assert not await store.looked(second, asked, NOON + 8 * HOUR), "another process was there first"
    await cohorts.change(omar, "coh_1", {"question": None, "next_question_at": None})
    assert not await store.looked(first, asked, NOON + 8 * HOUR), "it was switched off meanwhile"
    (left,) = await store.due(NOON + 9 * HOUR, 5)
    assert left.question == asked
