"""Summaries of talks follow their people: handed out to one who was alone, and gone with anybody whose words they may hold."""

from __future__ import annotations

from core.chat.model import Memory, Told
from core.people.model import Person
from core.request import Actor, Address, Platform
from persistence.conversations import ConversationsRecord
from persistence.documents import Database
from persistence.privacy import PrivacyRecord
from tests.students import NOON, SLACK, met, said

OMAR = Actor(Platform.SLACK, "T1", "U2", "Omar", "Europe/Paris")
GENERAL, ALONE = Address(Platform.SLACK, "T1", "general"), Address(Platform.SLACK, "T1", "D1")
SUMMARY = Memory(covers=2, summed=2, version=1, text="Nora's price is 59.", facts=("Omar: mine is 77 pounds",))


async def remembered(database: Database, person: Person, address: Address, *others: Person) -> str:
    """A conversation with a summary, of which the person is told something; returns its id."""
    store = ConversationsRecord(database)
    for each in (person, *others):
        talk = await said(database, each, address, f"words of {each.name}", NOON)
    assert await store.remember(person, talk, SUMMARY)
    await store.tell(person, talk, Told(user_id=person.user_id, covers=2, text="Foundation of Nora"))
    return talk


async def test_an_export_has_the_summary_of_ones_own_talk_and_of_no_talk_with_others(strict: Database) -> None:
    nora, omar = await met(strict, SLACK), await met(strict, OMAR)
    alone, shared = await remembered(strict, nora, ALONE), await remembered(strict, nora, GENERAL, omar)
    found = {each["_id"]: each for each in (await PrivacyRecord(strict).documents(nora))["conversations"]}
    assert "59" in str(found[alone]["memory"])
    assert "memory" not in found[shared]
    assert "77 pounds" not in str(found[shared])


async def test_whoever_is_erased_leaves_no_summary_behind_and_none_that_is_being_made(strict: Database) -> None:
    nora, omar = await met(strict, SLACK), await met(strict, OMAR)
    shared, store, privacy = await remembered(strict, nora, GENERAL, omar), ConversationsRecord(strict), PrivacyRecord(strict)
    await privacy.erase(await privacy.accounts(nora))
    kept = await store.conversation(omar, shared)
    assert kept is not None
    assert kept.memory == Memory(covers=2, summed=0, version=2)
    assert kept.told is None
    assert not await store.remember(omar, shared, Memory(covers=4, summed=4, version=2, text="Nora said fifty-nine, still"))
    assert "fifty-nine" not in str(await strict.collection("conversations").find({}))


async def test_a_summary_made_while_somebody_without_one_is_erased_is_not_kept(strict: Database) -> None:
    nora, omar = await met(strict, SLACK), await met(strict, OMAR)
    store, privacy = ConversationsRecord(strict), PrivacyRecord(strict)
    for each in (nora, omar):
        talk = await said(strict, each, GENERAL, f"words of {each.name}", NOON)
    await privacy.erase(await privacy.accounts(nora))
    assert not await store.remember(omar, talk, SUMMARY)
