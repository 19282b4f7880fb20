"""The figures that people share, the same on both databases."""

from __future__ import annotations

from datetime import timedelta

from core.kpis.periods import Period, Span
from core.people.model import SHARES_FIGURES, Person
from persistence.compared import ComparedRecord
from persistence.people import PeopleRecord
from persistence.snapshots import SnapshotRecord
from tests.contracts.strict import Strict
from tests.students import APRIL, DISCORD, NOON, OMAR, SLACK, april, met

DAYS = timedelta(days=62)


async def _sharing(strict: Strict, person: Person, **more: object) -> Person:
    agreed = {"settings": {SHARES_FIGURES: person.organization_id}, **more}
    return await PeopleRecord(strict).change(person, agreed)


async def test_those_are_found_who_share_here_with_nothing_but_the_figures_that_are_asked_for(strict: Strict) -> None:
    store, slack, discord, omar = ComparedRecord(strict), *[await met(strict, each) for each in (SLACK, DISCORD, OMAR)]
    for person in (slack, discord, omar):
        figures = {"sell_ConversionRate": 2.5, "gift_CPL": 320}
        await SnapshotRecord(strict).put(person, april(person, figures, NOON, "secret words", "EUR"))
    fields = ("sell_ConversionRate", "hook_AvgCTR")
    assert list(await store.shared(omar, [None], fields, APRIL - DAYS)) == []
    for person in (slack, omar):
        await _sharing(strict, person)
    [[shared]] = await store.shared(discord, [None], fields, APRIL - DAYS)
    assert shared.figures == {"sell_ConversionRate": 2.5}
    assert (shared.period, shared.currency, shared.meanings) == (Period(Span.MONTH, APRIL.date()), "EUR", {})
    assert list(await store.shared(discord, [None], ["hook_AvgCTR"], APRIL - DAYS)) == []
    assert list(await store.shared(discord, [None], fields, APRIL + timedelta(days=1))) == []
    await _sharing(strict, discord)
    assert len(await store.shared(discord, [None], fields, APRIL - DAYS)) == 2
    await PeopleRecord(strict).change(omar, {"settings": {SHARES_FIGURES: "no"}})
    assert len(await store.shared(discord, [None], fields, APRIL - DAYS)) == 1


async def test_cohorts_are_apart(strict: Strict) -> None:
    store, discord, omar = ComparedRecord(strict), *[await met(strict, each) for each in (DISCORD, OMAR)]
    for person, cohort in ((discord, "coh_spring"), (omar, None)):
        await SnapshotRecord(strict).put(person, april(person, {"sell_ConversionRate": 2.5}, NOON))
        await _sharing(strict, person, cohort_id=cohort)
    fields = ["sell_ConversionRate"]
    found = [len(await store.shared(omar, some, fields, APRIL - DAYS)) for some in (["coh_spring"], [None], ["coh_spring", None])]
    assert found == [1, 1, 2]
    assert list(await store.shared(omar, ["coh_autumn"], fields, APRIL - DAYS)) == []
