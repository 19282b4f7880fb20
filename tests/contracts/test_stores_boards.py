"""Boards, the same on both databases: what people did and when first, who agreed, and whose board is to be posted."""

from __future__ import annotations

from core.assets.model import Asset, AssetStatus
from core.board.actions import Action, Deed
from core.board.ports import Sharer
from core.cohort.model import BoardPost, Cohort
from core.commitments.model import Commitment, CommitmentKind, CommitmentState
from core.course.steps import Step
from core.people.model import Person
from core.request import Platform
from core.roles import Role
from persistence.assets import AssetRecord
from persistence.boards import BoardRecord
from persistence.cohorts import CohortRecord
from persistence.commitments import CommitmentRecord
from persistence.deeds import DeedRecord
from persistence.documents import Database
from persistence.people import PeopleRecord
from persistence.progress import ProgressRecord
from persistence.snapshots import SnapshotRecord
from tests.contracts.strict import Strict
from tests.students import DISCORD, HOUR, NOON, OMAR, SLACK, april, met

WEEKS = {"2026-04-06": (1, 0, 2, 0, 0)}


async def a_cohort(database: Database, person: Person, name: str, **fields: object) -> Cohort:
    """A cohort of the person's organization."""
    plain = {"id": f"coh_{name}", "organization_id": person.organization_id, "name": name, "code": "k7wq-3fhm"}
    return await CohortRecord(database).add(person, Cohort.model_validate({**plain, "created_at": NOON, **fields}))


async def test_what_is_done_as_things_stand_is_found_with_its_time(strict: Strict) -> None:
    store, omar, nora = DeedRecord(strict), await met(strict, OMAR), await met(strict, SLACK)
    progress, assets, promises = ProgressRecord(strict), AssetRecord(strict), CommitmentRecord(strict)
    for item, hours in ((1, 1), (2, 2), (3, 3)):
        await progress.tick(omar, "mod_1", item, NOON + hours * HOUR)
    await progress.untick(omar, "mod_1", 3, NOON + 4 * HOUR)
    await progress.complete(omar, "mod_2", NOON + 5 * HOUR)
    common = {"user_id": omar.user_id, "organization_id": omar.organization_id, "created_at": NOON}
    for number, status in enumerate(AssetStatus):
        live = NOON + 6 * HOUR if status is not AssetStatus.DRAFT else None
        await assets.add(
            omar,
            Asset.model_validate(
                {
                    **common,
                    "id": f"ast_{number}",
                    "elevate_step": Step.HOOK,
                    "asset_type": "Headlines",
                    "title": "Words",
                    "content": "Words",
                    "status": status,
                    "last_updated_at": NOON,
                    "implemented_at": live,
                }
            ),
        )
    await SnapshotRecord(strict).put(omar, april(omar, {"sell_ConversionRate": 2.5}, NOON + 7 * HOUR))
    kinds = (
        (CommitmentKind.PROMISE, CommitmentState.DONE),
        (CommitmentKind.PROMISE, CommitmentState.GIVEN_UP),
        (CommitmentKind.PROMISE, CommitmentState.OPEN),
        (CommitmentKind.REMINDER, CommitmentState.DONE),
    )
    for number, (kind, state) in enumerate(kinds):
        said = {**common, "person_id": omar.id, "what": "Walk", "local_date": "2026-04-08", "due_at": NOON, "kind": kind}
        kept = Commitment.model_validate({**said, "id": f"cmt_{number}", "state": state, "changed_at": NOON + 8 * HOUR})
        await promises.add(omar, kept)
    done = {each.key: (each.action, each.at) for each in await store.done(omar, known=True)}
    assert done == {
        "item_mod_1_1": (Action.ITEM, NOON + 4 * HOUR),
        "item_mod_1_2": (Action.ITEM, NOON + 4 * HOUR),
        "module_mod_2": (Action.MODULE, NOON + 5 * HOUR),
        "live_ast_1": (Action.LIVE, NOON + 6 * HOUR),
        "live_ast_2": (Action.LIVE, NOON + 6 * HOUR),
        "period_Month_of_April_2026-04-30": (Action.PERIOD, NOON + 7 * HOUR),
        "kept_cmt_0": (Action.KEPT, NOON + 8 * HOUR),
    }
    before = {each.key: each.at for each in await store.done(omar, known=False)}
    assert before["item_mod_1_2"] == NOON + HOUR, "as long as nothing is noted, when they began the module"
    assert list(await store.done(nora, known=True)) == []


async def test_the_first_time_stays_whoever_notes_a_later_one(strict: Strict) -> None:
    store, omar, nora = DeedRecord(strict), await met(strict, OMAR), await met(strict, SLACK)
    assert await store.firsts(omar) is None
    await store.note(omar, [])
    assert await store.firsts(omar) == {}
    await store.note(omar, [Deed(Action.ITEM, "item_mod_1_1", NOON + HOUR), Deed(Action.LIVE, "live_ast_1", NOON + HOUR)])
    await store.note(omar, [Deed(Action.ITEM, "item_mod_1_1", NOON + 2 * HOUR), Deed(Action.LIVE, "live_ast_1", NOON)])
    assert await store.firsts(omar) == {"item_mod_1_1": NOON + HOUR, "live_ast_1": NOON}
    assert await store.firsts(nora) is None


async def test_only_students_who_agreed_and_are_there_still_are_found(strict: Strict) -> None:
    store, people = BoardRecord(strict), PeopleRecord(strict)
    nora, discord, omar = [await met(strict, each) for each in (SLACK, DISCORD, OMAR)]
    spring, other = await a_cohort(strict, omar, "spring"), await a_cohort(strict, omar, "other")
    assert list(await store.sharers(omar.organization_id, spring)) == []
    assert (await store.agree(omar, spring.id)).boards == (spring.id,)
    await store.agree(omar, spring.id)
    for each in (discord, nora):
        await store.agree(each, spring.id)
    await people.change(discord, {"cohort_id": spring.id})
    both = {Sharer(omar.id, omar.name), Sharer(discord.id, discord.name)}
    assert set(await store.sharers(omar.organization_id, spring)) == both, "Nora is in another organization"
    await people.change(discord, {"cohort_id": other.id})
    assert set(await store.sharers(omar.organization_id, spring)) == {Sharer(omar.id, omar.name)}
    ended = spring.model_copy(update={"archived_at": NOON})
    assert set(await store.sharers(omar.organization_id, ended)) == both, "whoever moved on stays where it ended"
    await people.change(omar, {"role": Role.COACH})
    assert list(await store.sharers(omar.organization_id, spring)) == []


async def test_tallies_go_with_those_who_leave_or_move(strict: Strict) -> None:
    store, nora, omar = BoardRecord(strict), await met(strict, SLACK), await met(strict, OMAR)
    for cohort in ("coh_1", "coh_2"):
        for each in (omar, nora):
            await store.agree(each, cohort)
            await store.keep(each, cohort, {})
            await store.keep(each, cohort, WEEKS)
    assert await store.tallies(omar.organization_id, "coh_1") == {omar.id: WEEKS}
    await store.moved(omar, "coh_1")
    assert await store.tallies(omar.organization_id, "coh_1") == {}
    assert await store.tallies(omar.organization_id, "coh_2") == {omar.id: WEEKS}
    left = await store.leave(omar)
    assert left.boards == ()
    assert await store.tallies(omar.organization_id, "coh_2") == {}
    assert await store.tallies(nora.organization_id, "coh_1") == {nora.id: WEEKS}


async def test_a_board_that_is_due_is_looked_at_once(strict: Strict) -> None:
    store, cohorts, omar = BoardRecord(strict), CohortRecord(strict), await met(strict, OMAR)
    spring = await a_cohort(strict, omar, "spring")
    assert list(await store.due(NOON + 9 * HOUR, 5)) == []
    post = BoardPost(platform=Platform.DISCORD, workspace="G1")
    await cohorts.change(omar, spring.id, {"board_post": post, "next_board_at": NOON})
    [due] = await store.due(NOON, 5)
    assert due.board_post == post
    assert await store.looked(due, NOON + HOUR)
    assert not await store.looked(due, NOON + 2 * HOUR), "another process was there first"
    assert list(await store.due(NOON, 5)) == []
