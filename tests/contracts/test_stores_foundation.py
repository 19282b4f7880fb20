"""The Foundation, its versions, its history and its interview: the same on both databases."""

from __future__ import annotations

import asyncio

import pytest

from core.errors import NotFound
from core.foundation.history import Edit, FoundationChange, Mark, Source, slug
from core.foundation.model import OpenInterview
from core.foundation.service import BadCells
from core.ids import new_id
from core.people.model import Person
from persistence.foundation import FoundationRecord
from tests.contracts.strict import Strict
from tests.students import HOUR, NOON, OFFER, OMAR, PAINS, SLACK, VALUE, foundations, met

RIVALS = "marketAwareness.competitors"


def edit_of(person: Person, version: int, field: str, after: str | None, before: str | None = None) -> Edit:
    """One change of one field on that version."""
    change = FoundationChange(
        id=new_id("chg"),
        user_id="usr_forged",
        organization_id="org_forged",
        person_id=person.id,
        at=NOON,
        field=field,
        before=before,
        after=after,
        source=Source.EDIT,
        version=version + 1,
    )
    mark = Mark(version=version + 1, at=NOON, person_id=person.id)
    return Edit(version, (change,), {field.replace(".", "-"): mark})


async def test_texts_lists_and_pairs_come_back_as_they_were_kept(strict: Strict) -> None:
    nora, service = await met(strict, SLACK), foundations(strict)
    typed = {OFFER: "jars", PAINS: "fuzzy; sour", f"{RIVALS}.name": "Jarla", f"{RIVALS}.weakness": "plastic lids"}
    await service.save(nora, typed, NOON)
    kept = await service.of(nora, NOON)
    assert kept.value(OFFER) == "jars"
    assert kept.value(PAINS) == ("fuzzy", "sour")
    (document,) = await strict.collection("userFoundations").find({})
    assert document["marketAwareness"] == {"competitors": [{"name": "Jarla", "weakness": "plastic lids"}]}
    assert document["lastUpdatedAt"] == NOON
    assert "unfiled" not in document or document["unfiled"] == {}


async def test_of_ten_first_saves_at_once_one_makes_the_foundation(strict: Strict) -> None:
    store, nora = FoundationRecord(strict), await met(strict, SLACK)
    made = await asyncio.gather(*(store.save(nora, edit_of(nora, 0, OFFER, f"offer {n}"), NOON) for n in range(10)))
    (winner,) = [each for each in made if each is not None]
    assert await store.of(nora) == winner
    assert len(await store.changes(nora, 20)) == 1


async def test_a_save_on_an_older_version_changes_nothing(strict: Strict) -> None:
    store, nora = FoundationRecord(strict), await met(strict, SLACK)
    await store.save(nora, edit_of(nora, 0, OFFER, "jars"), NOON)
    kept = await store.save(nora, edit_of(nora, 1, VALUE, "no smell"), NOON)
    assert kept is not None
    assert kept.version == 2
    assert await store.save(nora, edit_of(nora, 1, OFFER, "salt", "jars"), NOON) is None
    assert await store.of(nora) == kept
    emptied = await store.save(nora, edit_of(nora, 2, OFFER, None, "jars"), NOON)
    assert emptied is not None
    assert emptied.company_context == {"valueProposition": "no smell"}


async def test_a_change_is_the_saving_persons_whatever_it_says_of_itself(strict: Strict) -> None:
    store, nora, omar = FoundationRecord(strict), await met(strict, SLACK), await met(strict, OMAR)
    await store.save(nora, edit_of(nora, 0, OFFER, "jars"), NOON)
    (change,) = await store.changes(nora, 10)
    assert (change.user_id, change.organization_id) == (nora.user_id, nora.organization_id)
    assert await store.change(nora, change.id) == change
    assert await store.change(omar, change.id) is None
    assert not await store.changes(omar, 10)
    assert await store.of(omar) is None


async def test_two_edits_at_once_keep_both_cells_and_of_one_cell_the_second_is_asked(strict: Strict) -> None:
    nora, service = await met(strict, SLACK), foundations(strict)
    start = await service.save(nora, {OFFER: "jars", VALUE: "no waste"}, NOON)
    both = ({OFFER: "jars and salt", VALUE: "no waste"}, {OFFER: "jars", VALUE: "no smell"})
    await asyncio.gather(*(service.save(nora, typed, NOON + HOUR, seen=start.version) for typed in both))
    kept = await service.of(nora, NOON)
    assert (kept.value(OFFER), kept.value(VALUE)) == ("jars and salt", "no smell")
    with pytest.raises(BadCells) as refused:
        await service.save(nora, {OFFER: "jars and lids"}, NOON + HOUR, seen=start.version)
    assert "jars and salt" in refused.value.problems[OFFER]
    assert (await service.of(nora, NOON)).value(OFFER) == "jars and salt"


async def test_the_history_has_every_change_newest_first_and_puts_back(strict: Strict) -> None:
    nora, service, store = await met(strict, SLACK), foundations(strict), FoundationRecord(strict)
    for number, offer in enumerate(("jars", "salt", "lids")):
        await service.save(nora, {OFFER: offer}, NOON + number * HOUR)
    changes = await store.changes(nora, 2)
    assert [(each.before, each.after, each.version) for each in changes] == [("salt", "lids", 3), ("jars", "salt", 2)]
    assert changes[0].person_id == nora.id
    assert [each.version for each in await store.changes_since(nora, 1)] == [2, 3]
    await service.put_back(nora, changes[1].id, NOON + 4 * HOUR)
    assert (await service.of(nora, NOON)).value(OFFER) == "jars"
    newest = (await store.changes(nora, 1))[0]
    assert (newest.source, newest.before, newest.after) == (Source.PUT_BACK, "lids", "jars")
    with pytest.raises(NotFound):
        await service.put_back(nora, "chg_nothing", NOON)


async def test_a_change_that_a_crash_left_unfiled_is_filed_once_at_the_next_look(strict: Strict) -> None:
    nora, store = await met(strict, SLACK), FoundationRecord(strict)
    await store.save(nora, edit_of(nora, 0, OFFER, "jars"), NOON)
    history = strict.collection("foundationHistory")
    (filed,) = await history.find({})
    await history.delete({})
    await strict.collection("userFoundations").update({"userId": nora.user_id}, {"$set": {f"unfiled.{filed['_id']}": filed}})
    found = await asyncio.gather(*(store.changes(nora, 10) for _ in range(5)))
    assert {len(each) for each in found} == {1}
    assert await history.find({}) == [filed]
    kept = await store.of(nora)
    assert kept is not None
    assert not kept.unfiled


async def test_a_skipped_cell_is_remembered_with_when(strict: Strict) -> None:
    nora, store = await met(strict, SLACK), FoundationRecord(strict)
    await store.save(nora, edit_of(nora, 0, OFFER, "jars"), NOON)
    await store.skipped(nora, PAINS, NOON)
    kept = await store.of(nora)
    assert kept is not None
    assert kept.skips == {slug(PAINS): NOON}
    assert kept.value(OFFER) == "jars"


async def test_an_interview_opens_a_foundation_moves_on_and_ends(strict: Strict) -> None:
    nora, store = await met(strict, SLACK), FoundationRecord(strict)
    await store.interview(nora, OpenInterview(cell=OFFER, place="slack:T1:D1"), NOON)
    await store.interview(nora, OpenInterview(cell=PAINS, place="slack:T1:D1", dug=True, seen=1), NOON)
    kept = await store.of(nora)
    assert kept is not None
    assert kept.interview == OpenInterview(cell=PAINS, place="slack:T1:D1", dug=True, seen=1)
    assert kept.version == 2
    await store.interview(nora, None, NOON)
    kept = await store.of(nora)
    assert kept is not None
    assert kept.interview is None
    assert await store.save(nora, edit_of(nora, 2, OFFER, "jars"), NOON) is None, "the interview's end was a change too"
    assert await store.save(nora, edit_of(nora, 3, OFFER, "jars"), NOON) is not None
