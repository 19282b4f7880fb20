"""People, what they left half typed, links, erasures and the program's secret: the same on both databases."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from core.errors import NotFound
from core.ids import new_id
from core.people.link import Linking, TooManyTries, UnknownCode
from core.people.link_model import SETTLING, Link, LinkCode, LinkTries
from core.people.model import Person
from core.people.service import People
from core.privacy.model import Erasing, Tombstone
from core.request import Typed
from core.roles import Role
from persistence.documents import Database, Document
from persistence.drafts import FormDraftRecord
from persistence.keys import KeyRecord
from persistence.links import LinkRecord
from persistence.people import PeopleRecord
from persistence.privacy import PrivacyRecord
from tests.contracts.strict import Strict, fitting
from tests.students import DISCORD, HOUR, NOON, OFFER, OMAR, SECRET, SLACK, everything, foundations, met

MINUTE = timedelta(minutes=1)


def code_of(person: Person, key: str) -> LinkCode:
    """A code for the person."""
    return LinkCode(
        id=key,
        user_id=person.user_id,
        person_id=person.id,
        organization_id=person.organization_id,
        created_at=NOON,
        expires_at=NOON + 10 * MINUTE,
    )


async def test_twenty_first_messages_at_once_make_one_person_with_one_account(strict: Strict) -> None:
    found = await asyncio.gather(*(met(strict, SLACK) for _ in range(20)))
    assert {each.id for each in found} == {found[0].id}
    for name in ("persons", "users"):
        assert await strict.collection(name).count({}) == 1, name
    store = PeopleRecord(strict)
    assert await store.by_identity(SLACK.identity) == await store.by_id(found[0].id) == found[0]
    assert await store.by_identity(OMAR.identity) is None
    assert await store.by_id("per_nobody") is None


async def test_one_workspace_is_one_organization(strict: Strict) -> None:
    slack, discord, omar = [await met(strict, each) for each in (SLACK, DISCORD, OMAR)]
    assert discord.organization_id == omar.organization_id != slack.organization_id
    store = PeopleRecord(strict)
    kept = await store.organization("discord", "G1")
    assert kept is not None
    assert kept.owner_id == discord.user_id
    second = kept.model_copy(update={"id": "org_second", "name": "another"})
    assert await store.add_organization(second) == kept
    assert await store.organization("slack", "G1") is None


async def test_a_change_sets_the_fields_named_and_no_other(strict: Strict) -> None:
    store, nora = PeopleRecord(strict), await met(strict, SLACK)
    await store.change(nora, {"role": Role.COACH, "email": "nora@jars.example"})
    kept = await People(store).settle(nora, "currency", "GBP", NOON + HOUR)
    assert (kept.role, kept.email, kept.settings, kept.settled_at) == (
        Role.COACH,
        "nora@jars.example",
        {"currency": "GBP"},
        {"currency": NOON + HOUR},
    )
    with pytest.raises(NotFound):
        await store.change(nora.model_copy(update={"organization_id": "org_other"}), {"name": "Mallory"})


async def test_whoever_introduces_themselves_is_called_so_on_the_account_too(strict: Strict) -> None:
    store, nora = PeopleRecord(strict), await met(strict, SLACK)
    kept = await store.introduce(nora, name="Nora Lind", timezone="Europe/Dublin", at=NOON)
    assert (kept.name, kept.timezone, kept.introduced_at) == ("Nora Lind", "Europe/Dublin", NOON)
    account = await strict.collection("users").find_one({"_id": nora.user_id})
    assert account is not None
    assert account["name"] == "Nora Lind"


async def test_what_was_typed_is_kept_for_each_form_and_person_until_it_is_sent(strict: Strict) -> None:
    drafts, nora, omar = FormDraftRecord(strict), await met(strict, SLACK), await met(strict, OMAR)
    assert await drafts.find(nora, "foundation edit") == {}
    await drafts.keep(nora, "foundation edit", {OFFER: "jars", "a": ("b", "c"), "d": ()}, NOON)
    await drafts.keep(nora, "snapshot", {"x": "1"}, NOON)
    await drafts.keep(omar, "snapshot", {"x": "2"}, NOON)
    await drafts.keep(nora, "foundation edit", {OFFER: "jars and salt", "a": ("b",)}, NOON + HOUR)
    assert await drafts.find(nora, "foundation edit") == {OFFER: "jars and salt", "a": ("b",)}
    await drafts.drop(nora, "snapshot")
    assert await drafts.find(nora, "snapshot") == {}
    assert await drafts.find(omar, "snapshot") == {"x": "2"}


async def test_forms_of_one_command_that_are_about_different_things_are_kept_apart(strict: Strict) -> None:
    drafts, nora, omar = FormDraftRecord(strict), await met(strict, SLACK), await met(strict, OMAR)
    first: dict[str, Typed] = {"asset": "ast_1", "tags": ("a", "b")}
    second: dict[str, Typed] = {"tags": ("a", "b"), "asset": "ast_2"}
    for who, text, about in ((nora, "one", first), (nora, "two", second), (nora, "none", {}), (omar, "other", first)):
        await drafts.keep(who, "assets edit", {"content": text}, NOON, about)
    assert await drafts.find(nora, "assets edit", first) == {"content": "one"}
    assert await drafts.find(nora, "assets edit", {"asset": "ast_2", "tags": ("a", "b")}) == {"content": "two"}
    assert await drafts.find(nora, "assets edit", {"asset": "ast_3"}) == {}
    assert await drafts.find(nora, "assets edit") == {"content": "none"}
    await drafts.drop(nora, "assets edit", {"content": "sent", **first})
    assert [await drafts.find(nora, "assets edit", about) for about in (first, second, {})] == [{}, {"content": "two"}, {}]
    assert await drafts.find(omar, "assets edit", first) == {"content": "other"}


async def test_what_was_kept_before_forms_were_told_apart_does_no_harm(strict: Strict) -> None:
    drafts, nora = FormDraftRecord(strict), await met(strict, SLACK)
    old: Document = {"personId": nora.id, "command": "assets edit", "values": [{"name": "content", "value": "old"}]}
    await strict.collection("formDrafts").insert({"_id": "drf_old", **old, "savedAt": NOON})
    assert await drafts.find(nora, "assets edit") == {}
    await drafts.keep(nora, "assets edit", {"content": "new"}, NOON)
    assert await drafts.find(nora, "assets edit") == {"content": "new"}
    await drafts.drop(nora, "assets edit")
    assert await strict.collection("formDrafts").count({"personId": nora.id}) == 0


async def test_a_fresh_code_ends_the_one_before_and_is_used_by_one(strict: Strict) -> None:
    store = LinkRecord(strict)
    nora, other, omar = [await met(strict, each) for each in (SLACK, DISCORD, OMAR)]
    await store.give_code(nora, code_of(nora, "lnc_one"))
    await store.give_code(nora, code_of(nora, "lnc_two"))
    assert await store.code(omar, "lnc_one") is None
    code = await store.code(other, "lnc_two")
    assert code is not None
    assert await store.giver(other, code) == nora
    used = await asyncio.gather(*(store.use_code(each, code) for each in (other, omar)))
    assert sorted(used) == [False, True]
    winner = (other, omar)[used.index(True)]
    assert await store.use_code(winner, code), "whoever used it may press again"
    await store.give_code(nora, code_of(nora, "lnc_three"))
    assert await store.code(other, "lnc_two") is not None, "a used code stays until it leaves by itself"


async def test_a_code_given_for_somebody_else_is_the_asking_persons_own(strict: Strict) -> None:
    store, nora, omar = LinkRecord(strict), await met(strict, SLACK), await met(strict, OMAR)
    await store.give_code(nora, code_of(omar, "lnc_forged"))
    kept = await store.code(nora, "lnc_forged")
    assert kept is not None
    assert (kept.person_id, kept.user_id) == (nora.id, nora.user_id)


async def test_wrong_tries_are_counted_once_each_and_block_for_an_hour(strict: Strict) -> None:
    store, nora = LinkRecord(strict), await met(strict, SLACK)
    assert await store.tries(nora) is None
    counted = await asyncio.gather(*(store.count_try(nora, None, NOON) for _ in range(5)))
    assert sum(counted) == 1
    linking = Linking(store, SECRET)
    for _ in range(4):
        with pytest.raises(UnknownCode):
            await linking.look_up(nora, "AAAAAAAA", NOON)
    with pytest.raises(TooManyTries):
        await linking.look_up(nora, "AAAAAAAA", NOON + MINUTE)
    seen = await store.tries(nora)
    assert seen is not None
    assert seen.blocked_until(NOON) == NOON + HOUR
    assert not await store.count_try(nora, LinkTries(id=nora.id, tries=1, last_at=NOON), NOON)
    assert await store.count_try(nora, seen, NOON + HOUR)
    assert (await store.tries(nora)) == LinkTries(id=nora.id, tries=1, last_at=NOON + HOUR)
    await store.uncount_try(nora)
    await store.uncount_try(nora)
    assert (await store.tries(nora)) == LinkTries(id=nora.id, tries=0, last_at=NOON + HOUR)


async def test_an_account_is_taken_in_once_and_what_broke_off_is_found_in_its_order(strict: Strict) -> None:
    store = LinkRecord(strict)
    nora, other, omar = [await met(strict, each) for each in (SLACK, DISCORD, OMAR)]
    links = [
        Link(
            id=new_id("lnk"), from_user_id=other.user_id, into_user_id=into.user_id, asked_by="per_x", asked_at=NOON, due_at=NOON
        )
        for into in (nora, omar)
    ]
    first = await store.begin(other, links[0])
    assert first.asked_by == other.id
    assert await store.begin(other, links[1]) == first
    third = links[1].model_copy(update={"from_user_id": "usr_gone", "due_at": NOON - HOUR})
    await store.begin(omar, third)
    assert [each.id for each in await store.due(NOON, 10)] == [third.id, first.id]
    assert [each.id for each in await store.due(NOON - MINUTE, 10)] == [third.id]
    assert await store.unfinished(nora) == [first]
    assert not await store.unfinished(other)


async def test_after_a_link_settings_are_the_newer_ones_and_one_of_the_two_is_reminded(strict: Strict) -> None:
    people, linking = People(PeopleRecord(strict)), Linking(LinkRecord(strict), SECRET)
    slack, discord = await met(strict, SLACK), await met(strict, DISCORD, NOON + HOUR)
    for number, (person, currency) in enumerate(((slack, "GBP"), (discord, "EUR"))):
        at = NOON + number * HOUR
        await people.settle(person, "currency", currency, at)
        preferences = fitting(
            "nudgePreferences",
            _id=f"prf_{number}",
            personId=person.id,
            organizationId=person.organization_id,
            nextCheckAt=at,
            changedAt=at,
        )
        await strict.collection("nudgePreferences").insert(preferences)
    await linking.confirm(discord, await linking.give_code(slack, NOON), NOON)
    while await linking.resume(NOON + 2 * SETTLING):
        pass
    both = [await met(strict, each) for each in (SLACK, DISCORD)]
    assert {each.user_id for each in both} == {slack.user_id}
    assert [dict(each.settings) for each in both] == [{"currency": "EUR"}] * 2
    reminded = await strict.collection("nudgePreferences").find({"nextCheckAt": {"$exists": True}})
    assert [each["personId"] for each in reminded] == [discord.id]
    (link,) = await strict.collection("links").find({})
    assert link["state"] == "done"
    assert link["olderSettings"] == [{"personId": slack.id, "key": "currency", "value": "GBP"}]


async def test_an_operator_finds_somebody_by_any_of_their_names(strict: Strict) -> None:
    nora = await PeopleRecord(strict).change(await met(strict, SLACK), {"email": "nora@jars.example"})
    await met(strict, OMAR)
    store = PrivacyRecord(strict)
    for reference in (nora.id, nora.user_id, SLACK.identity, "nora@jars.example"):
        assert await store.named(reference) == nora, reference
    assert await store.named("nobody") is None


async def test_what_is_counted_handed_out_and_erased_is_the_persons_and_nobody_elses(strict: Strict) -> None:
    store, nora, omar = PrivacyRecord(strict), await met(strict, SLACK), await met(strict, OMAR)
    for person in (nora, omar):
        await foundations(strict).save(person, {OFFER: f"jars of {person.name}"}, NOON)
    counted = {name: count for name, count in (await store.counts(nora)).items() if count}
    assert counted == {"users": 1, "persons": 1, "organizations": 1, "userFoundations": 1, "foundationHistory": 1}
    handed = await store.documents(nora)
    assert [each["companyContext"] for each in handed["userFoundations"]] == [{"coreOffers": f"jars of {nora.name}"}]
    await store.erase(await store.accounts(nora))
    await store.erase(await store.accounts(nora))
    left = repr(await everything(strict))
    assert nora.user_id not in left
    assert nora.id not in left
    assert (await foundations(strict).of(omar, NOON)).value(OFFER) == f"jars of {omar.name}"


async def test_a_tombstone_is_due_until_its_work_is_done(strict: Strict) -> None:
    store = PrivacyRecord(strict)
    work = Erasing(users=("usr_x",), persons=("per_x",), organizations=("org_x",), identities=("slack:T1:U1",))
    stone = Tombstone(id="tmb_1", erased_at=NOON, due_at=NOON, work=work)
    await store.bury(stone)
    assert await store.buried("tmb_1") == stone
    assert await store.due(NOON - MINUTE, 10) == []
    assert await store.due(NOON, 10) == [stone]
    rests = stone.model_copy(update={"work": None, "due_at": None})
    await store.bury(rests)
    await store.bury(rests)
    assert await store.buried("tmb_1") == rests
    assert await store.due(NOON + HOUR, 10) == []
    assert await store.buried("tmb_2") is None


async def test_all_processes_have_one_secret(strict: Database) -> None:
    secrets = await asyncio.gather(*(KeyRecord(strict).secret() for _ in range(20)))
    assert len(set(secrets)) == 1
    assert len(secrets[0]) == 32
