"""Two accounts become one: nothing is lost, nothing is doubled, and a crash in the middle is finished by doing it again."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from core.course.model import ModuleProgress, ModuleStatus
from core.foundation.history import Source
from core.kpis.model import Snapshot
from core.people.link import Linking
from core.people.link_model import SETTLING
from core.people.model import Person
from core.people.service import People
from core.request import Actor, Address, Platform
from persistence.conversations import ConversationsRecord
from persistence.documents import Database, Document
from persistence.links import LinkRecord
from persistence.people import PeopleRecord
from persistence.progress import ProgressRecord
from persistence.runs import ExecutionRecord
from persistence.snapshots import SnapshotRecord
from tests.crashing import Crashing, Died
from tests.students import (
    DISCORD,
    HOUR,
    NOON,
    OFFER,
    PAINS,
    SECRET,
    SLACK,
    TERMINAL,
    VALUE,
    april,
    everything,
    everything_of,
    foundations,
    met,
    opened,
    said,
)

LINKED = NOON + 10 * HOUR
ID = re.compile(r"[a-z]{3}_[0-9a-z]{26}")


@asynccontextmanager
async def two_accounts(folder: Path) -> AsyncIterator[Database]:
    """Nora on Slack and Nora on Discord, who both did everything; on Discord an hour later."""
    database = await opened(folder)
    slack, discord = await met(database, SLACK), await met(database, DISCORD, NOON + HOUR)
    service = foundations(database)
    await service.save(slack, {OFFER: "older offer", VALUE: "only on Slack"}, NOON)
    await service.save(discord, {OFFER: "newer offer", PAINS: "fuzzy jars; sour smell"}, NOON + HOUR)
    await service.save(slack, {PAINS: "newest pains; another one"}, NOON + 2 * HOUR)
    await everything_of(database, slack, "slack", NOON)
    await everything_of(database, discord, "discord", NOON + HOUR)
    progress = ProgressRecord(database)
    await progress.tick(discord, "mod_1", 3, NOON + HOUR)
    await progress.complete(discord, "mod_1", NOON + HOUR)
    await progress.tick(discord, "mod_2", 2, NOON + HOUR)
    people = People(PeopleRecord(database))
    await people.settle(slack, "currency", "GBP", NOON)
    discord = await people.settle(discord, "currency", "EUR", NOON + HOUR)
    await people.settle(discord, "rate", "sessions", NOON + HOUR)
    yield database
    await database.close()


@asynccontextmanager
async def copied(made: Path, folder: Path) -> AsyncIterator[Database]:
    """The same once more, as it was left in the folder `made`."""
    shutil.copytree(made, folder)
    database = await opened(folder)
    yield database
    await database.close()


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with two_accounts(tmp_path / "data") as made:
        yield made


def linking(database: Database) -> Linking:
    return Linking(LinkRecord(database), SECRET)


async def link(database: Database, here: Actor, there: Actor) -> tuple[Person, Person]:
    """Enter, here, the code that was given there; returns both as they are afterwards."""
    code = await linking(database).give_code(await met(database, there), LINKED)
    await linking(database).confirm(await met(database, here), code, LINKED)
    return await met(database, here), await met(database, there)


async def test_both_platforms_are_one_account_and_stay_two_persons(database: Database) -> None:
    before = await met(database, SLACK)
    discord, slack = await link(database, DISCORD, SLACK)
    assert discord.user_id == slack.user_id == before.user_id, "the older account stays, whoever asked"
    assert discord.id != slack.id
    assert discord.organization_id != slack.organization_id


async def test_cell_by_cell_the_newer_value_wins_and_the_older_is_in_the_history(database: Database) -> None:
    discord, _ = await link(database, DISCORD, SLACK)
    kept = await foundations(database).of(discord, LINKED)
    assert kept.value(OFFER) == "newer offer"
    assert kept.value(VALUE) == "only on Slack"
    assert kept.value(PAINS) == ("newest pains", "another one")
    changes = await foundations(database).changes(discord, 50)
    came = {each.field: each for each in changes if each.source is Source.LINK}
    assert (came[OFFER].before, came[OFFER].after) == ("older offer", "newer offer")
    assert came[PAINS].before == ("fuzzy jars", "sour smell")
    assert len([each for each in changes if each.source is Source.EDIT]) == 5, "what both had done is there as well"


async def test_an_older_value_can_be_put_back_after_a_link(database: Database) -> None:
    discord, slack = await link(database, DISCORD, SLACK)
    service = foundations(database)
    change = next(each for each in await service.changes(discord, 50) if each.source is Source.LINK and each.field == OFFER)
    assert len(change.id) <= 30, "it has to fit into a button of Discord's"
    await service.put_back(slack, change.id, LINKED + HOUR)
    assert (await service.of(discord, LINKED)).value(OFFER) == "older offer"


async def test_progress_is_the_further_state_with_all_ticks_and_both_notes(database: Database) -> None:
    discord, _ = await link(database, DISCORD, SLACK)
    done = {each.module_id: each for each in await ProgressRecord(database).of(discord)}
    assert done["mod_1"].status is ModuleStatus.COMPLETED
    assert done["mod_1"].completed_at == NOON + HOUR
    assert set(done["mod_1"].ticked_items) == {1, 3}
    assert done["mod_1"].started_at == NOON
    assert done["mod_1"].notes == "note slack\n\nnote discord"
    assert set(done["mod_2"].ticked_items) == {2}


async def test_of_two_worksheets_the_newer_answers_win_and_the_older_are_kept(database: Database) -> None:
    progress = ProgressRecord(database)
    slack, discord = await met(database, SLACK), await met(database, DISCORD)
    await progress.answer(slack, "mod_1", {"who": "older who", "why": "only on Slack"}, NOON)
    await progress.answer(discord, "mod_1", {"who": "newer who", "how": "only on Discord"}, NOON + HOUR)
    discord, _ = await link(database, DISCORD, SLACK)
    done = {each.module_id: each for each in await progress.of(discord)}
    assert done["mod_1"].worksheet == {"who": "newer who", "why": "only on Slack", "how": "only on Discord"}
    assert "older who" in repr(await everything(database))


async def test_the_newer_figures_of_a_period_win_and_the_older_are_kept(database: Database) -> None:
    store = SnapshotRecord(database)
    slack, discord = await met(database, SLACK), await met(database, DISCORD)
    await store.put(slack, april(slack, {"sell_ConversionRate": 2.5, "overallROI": 3.0}, NOON))
    await store.put(discord, april(discord, {"sell_ConversionRate": 4.0}, NOON + HOUR))
    discord, _ = await link(database, DISCORD, SLACK)
    (kept,) = await store.latest(discord, 10)
    assert kept.figures == {"sell_ConversionRate": 4.0, "overallROI": 3.0}
    (document,) = (await everything(database))["userFunnelSnapshots"].values()
    older = document["superseded"]
    assert isinstance(older, list)
    assert [each["sell_ConversionRate"] for each in older if isinstance(each, dict)] == [2.5, 4.0]
    changes = await store.changes(discord, kept.id, 10)
    assert len(changes) == 5, "both accounts' own, and the linking"
    (linked,) = (each for each in changes if each.source == "linked")
    assert (dict(linked.before), dict(linked.after)) == ({"sell_ConversionRate": 2.5}, {"sell_ConversionRate": 4.0})
    assert linked.person_id is None


async def test_money_of_two_currencies_is_not_mixed(database: Database) -> None:
    store = SnapshotRecord(database)
    slack, discord = await met(database, SLACK), await met(database, DISCORD)
    await store.put(slack, april(slack, {"gift_CPL": 250, "hook_AvgCTR": 1.5}, NOON, currency="GBP"))
    await store.put(discord, april(discord, {"gift_CPL": 300}, NOON + HOUR, currency="EUR"))
    discord, _ = await link(database, DISCORD, SLACK)
    (kept,) = await store.latest(discord, 10)
    assert kept.currency == "EUR"
    assert kept.figures == {"gift_CPL": 300, "sell_ConversionRate": 2.5}


async def test_settings_are_the_newer_ones_on_both_platforms(database: Database) -> None:
    discord, slack = await link(database, DISCORD, SLACK)
    assert dict(discord.settings) == dict(slack.settings) == {"currency": "EUR", "rate": "sessions"}
    (kept,) = (await everything(database))["links"].values()
    assert kept["olderSettings"] == [{"personId": slack.id, "key": "currency", "value": "GBP"}]


async def test_one_of_the_two_is_reminded(database: Database) -> None:
    discord, slack = await link(database, DISCORD, SLACK)
    kept = {each["personId"]: each for each in (await everything(database))["nudgePreferences"].values()}
    assert kept[discord.id]["nextCheckAt"] is not None
    assert kept[slack.id].get("nextCheckAt") is None
    assert kept[slack.id]["words"] == "slack", "what was wanted there is not lost"


async def test_no_document_is_lost_and_none_is_left_behind(database: Database) -> None:
    before = await everything(database)
    gone = (await met(database, DISCORD)).user_id
    discord, _ = await link(database, DISCORD, SLACK)
    await linking(database).resume(LINKED + SETTLING)
    after = await everything(database)
    merged = {"userFoundations", "userModuleProgress", "userFunnelSnapshots", "conversationParticipants", "users"}
    for name, documents in before.items():
        if name not in merged:
            assert after[name].keys() >= documents.keys(), name
    left = {name for name, some in after.items() for each in some.values() if gone in repr(each)}
    assert left == {"links"}
    assert {each["userId"] for each in after["conversationMessages"].values()} == {discord.user_id}
    authors = {each["authorParticipantId"] for each in after["conversationMessages"].values()}
    assert authors <= after["conversationParticipants"].keys()


async def test_linking_again_changes_nothing(database: Database) -> None:
    await link(database, DISCORD, SLACK)
    before = await everything(database)
    (kept,) = await LinkRecord(database).due(LINKED + SETTLING, 10)
    await LinkRecord(database).merge(kept, LINKED + timedelta(minutes=1))
    assert await everything(database) == before


async def test_what_was_under_way_on_the_old_account_is_carried_over_when_it_has_settled(database: Database) -> None:
    stale = await met(database, DISCORD)
    pending: Document = {
        "_id": "run_pending",
        "userId": stale.user_id,
        "organizationId": stale.organization_id,
        "promptCode": "H1",
        "elevateStep": "Hook",
        "status": "Pending",
        "inputContextSnapshot": {},
        "aiRequestTimestamp": LINKED,
    }
    await database.collection("userPromptExecutions").insert(pending)
    discord, _ = await link(database, DISCORD, SLACK)
    await foundations(database).save(stale, {VALUE: "written by a request that began before"}, LINKED + timedelta(minutes=1))
    assert await ExecutionRecord(database).find(stale, "run_pending") is not None, "its process still finds it"
    assert await linking(database).resume(LINKED + timedelta(minutes=5)) == 0
    assert await linking(database).resume(LINKED + SETTLING) == 1
    assert (await foundations(database).of(discord, LINKED)).value(VALUE) == "written by a request that began before"
    assert await ExecutionRecord(database).find(discord, "run_pending") is not None
    assert await linking(database).resume(LINKED + 2 * SETTLING) == 0


async def test_an_answer_that_was_under_way_is_kept_in_its_conversation_and_the_conversation_goes_on(database: Database) -> None:
    stale, place, chat = await met(database, DISCORD), Address(Platform.DISCORD, "G1", "dm"), ConversationsRecord(database)
    conversation = await said(database, stale, place, "a question", LINKED)
    discord, _ = await link(database, DISCORD, SLACK)
    assert await chat.next_number(stale, conversation, LINKED, "agt_teacher") == 2
    assert await chat.conversation_at(discord, place) is not None
    await linking(database).resume(LINKED + SETTLING)
    assert await chat.conversation(stale, conversation) is None
    assert len(await chat.recent(discord, conversation, 10)) == 1


async def test_three_platforms_become_one_account_in_any_order(database: Database) -> None:
    home = await met(database, TERMINAL, NOON + 2 * HOUR)
    await everything_of(database, home, "home", NOON + 2 * HOUR)
    await foundations(database).save(home, {VALUE: "from home"}, NOON + 3 * HOUR)
    await link(database, TERMINAL, DISCORD)
    await link(database, SLACK, TERMINAL)
    people = [await met(database, actor) for actor in (SLACK, DISCORD, TERMINAL)]
    assert len({each.user_id for each in people}) == 1
    kept = await foundations(database).of(people[2], LINKED)
    assert (kept.value(VALUE), kept.value(OFFER)) == ("from home", "newer offer")
    documents = await everything(database)
    assert len(documents["userGeneratedAssets"]) == 3
    assert {each["userId"] for each in documents["userGeneratedAssets"].values()} == {people[0].user_id}


async def test_a_link_to_an_account_that_is_being_linked_itself_reaches_the_last_one(database: Database) -> None:
    home = await met(database, TERMINAL, NOON + 2 * HOUR)
    await everything_of(database, home, "home", NOON + 2 * HOUR)
    code = await linking(database).give_code(await met(database, DISCORD), LINKED)
    dying = Crashing(database, writes=4)  # the link is kept, and little more
    with pytest.raises(Died):
        await linking(dying).confirm(home, code, LINKED)
    await link(database, DISCORD, SLACK)
    await linking(database).resume(LINKED + SETTLING)
    await linking(database).resume(LINKED + SETTLING)
    assert (await met(database, TERMINAL)).user_id == (await met(database, SLACK)).user_id
    owners = {each["userId"] for each in (await everything(database))["userGeneratedAssets"].values()}
    assert owners == {(await met(database, SLACK)).user_id}


async def test_a_crash_at_any_write_is_finished_by_doing_it_again(tmp_path: Path) -> None:
    async with two_accounts(tmp_path / "made"):
        pass
    async with copied(tmp_path / "made", tmp_path / "whole") as whole:
        await link(whole, DISCORD, SLACK)
        await linking(whole).resume(LINKED + SETTLING)
        wanted = _summary(await everything(whole))
    deaths = 0
    for writes in range(200):
        async with copied(tmp_path / "made", tmp_path / str(writes)) as broken:
            code = await linking(broken).give_code(await met(broken, SLACK), LINKED)
            try:
                await linking(Crashing(broken, writes)).confirm(await met(broken, DISCORD), code, LINKED)
            except Died:
                deaths += 1
            else:
                break
            if not (await everything(broken))["links"]:
                await linking(broken).confirm(await met(broken, DISCORD), code, LINKED)
            await linking(broken).resume(LINKED)
            await linking(broken).resume(LINKED + SETTLING)
            assert _summary(await everything(broken)) == wanted, f"died before write {writes + 1}"
    assert deaths > 20


def _summary(found: dict[str, dict[str, Document]]) -> dict[str, list[str]]:
    """What the record says, without the ids that differ from run to run, and without how often it was written."""
    return {
        name: sorted(ID.sub("an id", repr(_sorted(each))) for each in some.values())
        for name, some in found.items()
        if name not in ("linkCodes", "linkTries")
    }


def _sorted(value: object) -> object:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value) if key != "version"}
    return [_sorted(each) for each in value] if isinstance(value, list) else value


def test_what_is_merged_is_all_that_a_module_and_a_snapshot_hold() -> None:
    merged = {"status", "completed_at", "ticked_items", "notes", "worksheet", "started_at", "changed_at"}
    assert set(ModuleProgress.model_fields) == {"id", "user_id", "organization_id", "module_id", *merged}
    key = {"id", "user_id", "organization_id", "snapshot_date", "time_period", "created_at"}
    of_the_record = {"version", "unfiled", "deleted_at"}
    assert set(Snapshot.model_fields) == {*key, *of_the_record, "changed_at", "figures", "meanings", "currency", "notes"}
