"""Assets in both databases: one person's never reach another, and states change once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from core.assets.model import AssetStatus, Opened
from core.assets.service import Assets, NothingToKeep, TooLongToKeep
from core.course.ports import Made
from core.course.steps import Step
from core.errors import Changed
from core.people.model import Person
from persistence.assets import AssetRecord
from persistence.documents import Database
from tests.core.course.world import NOON, person_named

NORA, OMAR = person_named("Nora", 1), person_named("Omar", 2)


class Watcher:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, Step]] = []

    async def asset_kept(self, person: Person, step: Step, at: datetime) -> None:
        """Remember."""
        self.seen.append((person.name, step))


@pytest.fixture
async def store(whole_record: Database) -> AssetRecord:
    """On each of the two databases in turn, with nothing of ours in it."""
    await whole_record.collection("userGeneratedAssets").delete({})
    return AssetRecord(whole_record)


async def _kept(store: AssetRecord, person: Person, content: str, step: Step = Step.HOOK, at: datetime = NOON) -> str:
    made = await Assets(store).keep(person, step=step, asset_type="Headlines", content=content, at=at)
    return made.id


async def test_nobody_reads_or_changes_what_is_another_persons(store: AssetRecord) -> None:
    key = await _kept(store, NORA, "Fuzzy jar?")
    asset = await store.find(NORA, key)
    assert asset is not None
    assert await store.find(OMAR, key) is None
    assert not await store.headings(OMAR)
    assert not await store.in_step(OMAR, Step.HOOK)
    assert not await store.worded(OMAR)
    assert await store.saved(OMAR, Step.HOOK) == 0
    moved = await store.move(OMAR, key, to=AssetStatus.ARCHIVED, out_of=[AssetStatus.DRAFT], at=NOON)
    assert moved is None
    assert await store.rewrite(OMAR, asset, seen=NOON) is None


async def test_a_status_changes_only_out_of_the_ones_named(store: AssetRecord) -> None:
    key = await _kept(store, NORA, "Fuzzy jar?")
    live = await store.move(NORA, key, to=AssetStatus.IMPLEMENTED, out_of=[AssetStatus.DRAFT], at=NOON)
    assert live is not None
    assert live.implemented_at == NOON
    again = await store.move(NORA, key, to=AssetStatus.IMPLEMENTED, out_of=[AssetStatus.DRAFT], at=NOON + timedelta(days=1))
    assert again is None


async def test_implementing_twice_keeps_the_first_time(store: AssetRecord) -> None:
    assets = Assets(store)
    key = await _kept(store, NORA, "Fuzzy jar?")
    await assets.implement(NORA, await assets.show(NORA, key), NOON)
    again = await assets.implement(NORA, await assets.show(NORA, key), NOON + timedelta(days=1))
    assert again.asset.implemented_at == NOON


async def test_an_edit_of_what_was_changed_meanwhile_is_refused(store: AssetRecord) -> None:
    assets = Assets(store)
    opened = await assets.show(NORA, await _kept(store, NORA, "Fuzzy jar?"))
    seen, later = opened.asset.last_updated_at, NOON + timedelta(minutes=1)

    async def edit(content: str) -> Opened:
        return await assets.edit(
            NORA, opened, title="", asset_type="Headlines", content=content, channel=None, seen=seen, at=later
        )

    assert (await edit("One")).asset.title == "One"
    assert (await edit("One")).asset.title == "One", "the first answer may have been lost on its way"
    with pytest.raises(Changed):
        await edit("Two")


async def test_the_latest_of_a_step_come_newest_first_without_the_archived(store: AssetRecord) -> None:
    assets = Assets(store)
    keys = [await _kept(store, NORA, f"Line {at}", at=NOON + timedelta(hours=at)) for at in range(5)]
    await _kept(store, NORA, "A gift", Step.GIFT)
    await assets.archive(NORA, await assets.show(NORA, keys[4]), NOON)
    latest = await assets.latest_by_step(NORA, Step.HOOK, 2)
    assert [each.content for each in latest] == ["Line 3", "Line 2"]


async def test_keeping_tells_the_watchers_and_refuses_what_cannot_be_kept(store: AssetRecord) -> None:
    watcher = Watcher()
    assets = Assets(store, (watcher,))
    await assets.keep(NORA, step=Step.SELL, asset_type="Page", content="Words", at=NOON)
    assert watcher.seen == [("Nora", Step.SELL)]
    with pytest.raises(NothingToKeep):
        await assets.keep(NORA, step=Step.SELL, asset_type="Page", content=" \n", at=NOON)
    with pytest.raises(TooLongToKeep, match="100,000 characters"):
        await assets.keep(NORA, step=Step.SELL, asset_type="Page", content="x" * 100_000, at=NOON)


async def test_what_one_request_keeps_is_kept_once_however_often_it_is_answered(store: AssetRecord) -> None:
    watcher = Watcher()
    assets = Assets(store, (watcher,))
    for person in (NORA, NORA, OMAR):
        await assets.keep(person, step=Step.SELL, asset_type="Page", content="Words", at=NOON, request="event 1")
    assert len(await assets.of(NORA)) == len(await assets.of(OMAR)) == 1
    assert watcher.seen == [("Nora", Step.SELL), ("Nora", Step.SELL), ("Omar", Step.SELL)]


async def test_a_document_has_the_schemas_names(store: AssetRecord) -> None:
    await _kept(store, NORA, "Fuzzy jar?")
    (asset,) = await store.in_step(NORA, Step.HOOK)
    wanted = {"userId", "elevateStep", "assetType", "content", "status", "createdAt", "lastUpdatedAt"}
    assert wanted <= asset.document().keys()


async def test_what_goes_live_keeps_its_day_channel_and_link_and_a_draft_forgets_them(store: AssetRecord) -> None:
    assets, key = Assets(store), await _kept(store, NORA, "Fuzzy jar?")
    opened = await assets.show(NORA, key)
    day, link = (NOON - timedelta(days=3)).date(), "https://crock.example/pin"
    live = (await assets.implement(NORA, opened, NOON, since=day, channel="Pinterest", link=link)).asset
    assert live == await store.find(NORA, key)
    assert live.implemented_at is not None
    assert (live.implemented_at.astimezone(NORA.zone).date(), live.channel, live.link) == (day, "Pinterest", link)
    assert live.status is AssetStatus.IMPLEMENTED
    assert ["pinterest" in words for each, words in await store.worded(NORA) if each.id == key] == [True]
    assert await store.go_live(OMAR, live.model_copy(update={"link": "https://forged.example"})) is None
    drafted = await store.move(NORA, key, to=AssetStatus.DRAFT, out_of=[AssetStatus.IMPLEMENTED], at=NOON)
    assert drafted is not None
    assert (drafted.implemented_at, drafted.link, drafted.channel) == (None, None, "Pinterest")


async def test_what_someone_made_is_counted_by_status_and_step_with_the_times_of_going_live(store: AssetRecord) -> None:
    first, second = await _kept(store, NORA, "One"), await _kept(store, NORA, "Two")
    await _kept(store, NORA, "Three", Step.GIFT)
    assets = Assets(store)
    for key in (first, second):
        await assets.implement(NORA, await assets.show(NORA, key), NOON)
    await assets.archive(NORA, await assets.show(NORA, second), NOON)
    made = await store.made(NORA)
    assert made.by_status == {"Implemented": 1, "Archived": 1, "Draft": 1}
    assert made.by_step == {Step.HOOK.value: 2, Step.GIFT.value: 1}
    assert made.went_live == (NOON, NOON)
    assert await store.made(OMAR) == Made({})
