"""Two organizations with two persons in each: no store gives one of them what is another's, or lets them change it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from core.errors import NotFound, Trouble
from core.people.link import Linking, UnknownCode
from core.people.model import Person
from core.request import Actor, Address, Platform
from persistence.conversations import ConversationsRecord
from persistence.documents import Database, Document
from persistence.indexes import INDEXES
from persistence.links import LinkRecord
from tests.passing import Operation, Passing
from tests.persistence.store_methods import BY_ACCOUNT, FORGED, Guesses, Method, NotKnown, methods, stores
from tests.students import HOUR, NOON, OFFER, SECRET, everything, everything_of, foundations, met, opened, pending_run, said

MACHINERY = "the system's own work: any process takes any row, and nothing here reaches a person unasked"
PUBLISHED = "the course's own text: everybody's"
WITHIN = "a part of {0}, which decides whose documents it is for"
NO_STORE_OF_PERSONS = {
    "AgentsRecord": PUBLISHED,
    "CourseRecord": PUBLISHED,
    "PromptRecord": PUBLISHED,
    "InboxRecord": MACHINERY,
    "JobRecord": MACHINERY,
    "OutboxRecord": MACHINERY,
    "LockRecord": MACHINERY,
    "Migrations": MACHINERY,
    "KeyRecord": "the program's own secret",
    "InstallationRecord": "the community's: the platform vouches for the workspace, and nobody types it",
    "ReachRecord": "where a surface can write to an account: the surface vouches for the account, and nobody types it",
    "QueueDepths": "for whoever watches over the program: counts, and no document",
    "Overview": "for an operator: counts, and no document",
    "Merges": WITHIN.format("LinkRecord.merge"),
    "AgentsMerge": WITHIN.format("LinkRecord.merge"),
    "FoundationMerge": WITHIN.format("LinkRecord.merge"),
    "ProgressMerge": WITHIN.format("LinkRecord.merge"),
    "SettingsMerge": WITHIN.format("LinkRecord.merge"),
    "SnapshotMerge": WITHIN.format("LinkRecord.merge"),
    "Erasures": WITHIN.format("PrivacyRecord.erase"),
}
"""Classes that are not asked on behalf of a person, and why."""

THE_DOOR = "how somebody is met: the surface vouches for the identity or the workspace, and nobody types it"
ROLLED = "worked out by the tick from what is kept of the person, and kept under the person's id"
THE_TICK = "for the tick, which decides for everybody in turn; what it takes it has found itself, and nobody types it"
RESUMING = "for work that was begun in the person's name, by the id that the work was kept with"
AGREED = "asked by Boards alone, of the cohort that somebody is a member of; only those who agreed are found"
COACHED = "asked for a coach's organization alone, by Reviews, which sees to it that it is a coach"
NO_METHOD_OF_PERSONS = {
    "PeopleRecord.by_identity": THE_DOOR,
    "InvitationRecord.find": THE_DOOR,
    "InvitationRecord.came": THE_DOOR,
    "InvitationRecord.expect": "as InvitationRecord.find: asked by Arrivals alone, for whom the platform says to be in a channel",
    "PeopleRecord.by_id": RESUMING,
    "PeopleRecord.of_user": THE_TICK,
    "WebhookRecord.by_id": "asked by Webhooks alone, which then looks for the token that fits the address",
    "DashboardRecord.link": "found by the keyed hash of a token alone: whoever knows that was sent it",
    "DashboardRecord.use": "as DashboardRecord.link",
    "DashboardRecord.session": "as DashboardRecord.link: the token is the browser's own",
    "DashboardRecord.seen": "as DashboardRecord.session",
    "DashboardRecord.close": "as DashboardRecord.session",
    "DashboardRecord.of": "as DashboardRecord.close_all",
    "DashboardRecord.close_all": "asked by Dashboard alone, for the persons of one account",
    "PeopleRecord.coaching": "for an operator",
    "PeopleRecord.coaches": "asked by the program itself, to tell coaches of somebody who cannot be reached",
    "PeopleRecord.organization": THE_DOOR,
    "PeopleRecord.add_organization": THE_DOOR,
    "PeopleRecord.add": THE_DOOR,
    "LinkRecord.begin": "asked only by Linking.confirm, which has seen the code",
    "LinkRecord.code": "found by the code's keyed hash alone: whoever knows it was given it",
    "LinkRecord.giver": "as LinkRecord.code: shows who is about to be linked",
    "LinkRecord.use_code": "as LinkRecord.code",
    "LinkRecord.merge": "carries out a link that was kept",
    "LinkRecord.due": "carries out links that were kept",
    "NudgePreferencesRecord.due": THE_TICK,
    "NudgePreferencesRecord.claim": THE_TICK,
    "NudgePreferencesRecord.settle": THE_TICK,
    "NudgePreferencesRecord.unchanged": THE_TICK,
    "AnnouncementRecord.due": THE_TICK,
    "QuestionRecord.due": THE_TICK,
    "QuestionRecord.looked": THE_TICK,
    "BoardRecord.due": THE_TICK,
    "BoardRecord.looked": THE_TICK,
    "BoardRecord.sharers": AGREED,
    "BoardRecord.tallies": AGREED,
    "ExchangeRecord.due": THE_TICK,
    "LookRecord.add": "says in what is kept whose it is; asked by Openness alone, which sees to it that it is a coach",
    "MemberRecord.keep": ROLLED,
    "MemberRecord.forget": ROLLED,
    "MemberRecord.stale": ROLLED,
    "NudgeRecord.of_organization": "asked for a coach's organization alone, by a page that needs a coach or an admin",
    "OwnAgentsRecord.for_review": COACHED,
    "OwnAgentsRecord.judge": COACHED,
    "PairRecord.to_tell": THE_TICK,
    "PairRecord.told": THE_TICK,
    "PairRecord.to_look": THE_TICK,
    "PairRecord.looked": THE_TICK,
    "PrivacyRecord.named": "for an operator",
    "PrivacyRecord.bury": "written by Privacy for the person who asked",
    "PrivacyRecord.buried": "found by the keyed hash of an identity, and says nothing",
    "PrivacyRecord.erase": "carries out what PrivacyRecord.accounts has found for the person",
    "PrivacyRecord.due": "carries out what was begun",
    "ShownRecord.add": "says in what is kept whose it is; an id that is taken is refused (tests/contracts/test_stores_shown.py)",
    "ShownRecord.keep": "says in what is kept whose it is; another's id is refused (tests/contracts/test_stores_shown.py)",
}
"""Methods of other stores for which the same holds."""

THE_PLACE = "how somebody comes to take part: the surface vouches for the address at which they spoke, and nobody types it"
FOR_COACHES = "asked by a command that needs a coach or an admin, who see what everybody in their organization used"
TOGETHER = "a sum of everybody's in the organization, without whose"
WITHIN_AN_ORGANIZATION = {
    "CohortRecord.members_at": FOR_COACHES,
    "CohortRecord.add": FOR_COACHES,
    "CohortRecord.change": FOR_COACHES,
    "ComparedRecord.shared": TOGETHER,
    "CohortRecord.of_organization": TOGETHER,
    "ConversationsRecord.open": THE_PLACE,
    "AnnouncementRecord.of_cohort": FOR_COACHES,
    "AnnouncementRecord.under_way": FOR_COACHES,
    "ExchangeRecord.of_organization": FOR_COACHES,
    "MemberRecord.of_organization": FOR_COACHES,
    "NudgePreferencesRecord.set_aside": FOR_COACHES,
    "PairRecord.of_organization": FOR_COACHES,
    "PairRecord.requests": "who waits in the organization: read by Pairs alone, which shows nobody but coaches their names",
    "InvitationRecord.keep": FOR_COACHES,
    "InvitationRecord.of_organization": FOR_COACHES,
    "PeopleRecord.members": FOR_COACHES,
    "UsageRecord.spent_by_all": FOR_COACHES,
    "UsageRecord.month": TOGETHER,
    "UsageRecord.hold_month": TOGETHER,
    "UsageRecord.lapse_month": TOGETHER,
    "UsageRecord.settle_month": TOGETHER,
}
"""Methods that are open to the whole organization, and closed to every other."""

ACTORS = {
    "ann": Actor(Platform.SLACK, "T1", "U1", "Ann", "Europe/London"),
    "bob": Actor(Platform.SLACK, "T1", "U2", "Bob", "Europe/London"),
    "cas": Actor(Platform.DISCORD, "G1", "D1", "Cas", "Europe/Paris"),
    "dan": Actor(Platform.DISCORD, "G1", "D2", "Dan", "Europe/Paris"),
}
ALL = [method for store in stores() for method in methods(store)]
OF_PERSONS = [
    each for each in ALL if each.store.__name__ not in NO_STORE_OF_PERSONS and each.full_name not in NO_METHOD_OF_PERSONS
]


@pytest.fixture(scope="module")
async def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record in which everybody has done everything."""
    folder = tmp_path_factory.mktemp("everybody")
    database = await opened(folder)
    linking = Linking(LinkRecord(database), SECRET)
    for name, actor in ACTORS.items():
        person = await met(database, actor)
        await foundations(database).save(person, {OFFER: f"secretof{name}"}, NOON)
        await everything_of(database, person, f"secretof{name}", NOON)
        await said(database, person, Address(actor.platform, actor.workspace, f"dm-{name}"), f"secretof{name} alone", NOON)
        await pending_run(database, person)
        await linking.give_code(person, NOON)
        with pytest.raises(UnknownCode):
            await linking.look_up(person, "AAAAAAAA", NOON)
    await database.close()
    return folder


class Read(Passing):
    """The database behind it. What a collection holds is read again only after something was written there."""

    def __init__(self, behind: Database) -> None:
        super().__init__(behind)
        self._read: dict[str, dict[str, Document]] = {}

    def before(self, operation: Operation) -> None:
        """Forget what is about to change."""
        if operation.writes:
            self._read.pop(operation.collection, None)

    def before_all(self) -> None:
        """What is done to the whole database may change any of it."""
        self._read.clear()

    async def everything(self) -> dict[str, dict[str, Document]]:
        """Every document of the record, by collection and id."""
        forgotten = [name for name in INDEXES if name not in self._read]
        self._read |= await everything(self.behind, forgotten)
        return dict(self._read)


@pytest.fixture
async def database(folder: Path, tmp_path: Path) -> AsyncIterator[Read]:
    """A copy of it for each method."""
    shutil.copytree(folder, tmp_path / "copy")
    database = await opened(tmp_path / "copy")
    yield Read(database)
    await database.close()


async def _asked(database: Database, method: Method, guessed: Guesses, person: Person) -> Any:
    """What the method answers; a trouble is an answer too."""
    store = method.store(database)
    try:
        return await method.call(store, **guessed.arguments(method, person))
    except Trouble as trouble:
        return trouble


def _touching(found: dict[str, dict[str, Document]], victim: Person, secret: str) -> dict[str, dict[str, Document]]:
    """Every document that is the victim's or speaks of them."""
    words = (victim.id, victim.user_id, victim.identities[0], secret)

    def touches(document: Document) -> bool:
        written = repr(document)
        return any(word in written for word in words)

    return {name: {key: each for key, each in some.items() if touches(each)} for name, some in found.items()}


@pytest.mark.parametrize("method", OF_PERSONS, ids=lambda each: each.full_name)
async def test_nobody_reads_or_changes_what_is_anothers(database: Read, method: Method) -> None:
    people = {name: await met(database, actor) for name, actor in ACTORS.items()}
    at_first = found = await database.everything()
    for name, victim in people.items():
        guessed = Guesses(victim, at_first)
        for other, intruder in people.items():
            together = intruder.organization_id == victim.organization_id
            if other == name or (together and method.full_name in WITHIN_AN_ORGANIZATION):
                continue
            before = _touching(found, victim, f"secretof{name}")
            answer = await _asked(database, method, guessed, intruder)
            assert f"secretof{name}" not in repr(answer), f"{other} read what is {name}'s"
            found = await database.everything()
            assert _touching(found, victim, f"secretof{name}") == before, f"{other} changed what is {name}'s"
        if name == "ann":
            await _finds_something(database, method, guessed, victim)
            found = await database.everything()


async def _finds_something(database: Read, method: Method, guessed: Guesses, person: Person) -> None:
    """The guesses were right: with the same ones, the person themselves reads or changes something."""
    before = await database.everything()
    answer = await _asked(database, method, guessed, person)
    idle = isinstance(answer, Trouble) or (not answer and await database.everything() == before)
    assert idle == (method.full_name in IDLE)


IDLE = {
    "OwnAgentsRecord.add": "the id is taken, by the person's own",
    "AssetRecord.add": "the id is taken, by the person's own",
    "ComparedRecord.shared": "nobody has agreed to share",
    "CohortRecord.add": "the id is taken, by the first who tried",
    "ConversationsRecord.note": "the id is taken, by the person's own",
    "ExecutionRecord.add": "the id is taken, by the person's own",
    "NudgeRecord.add": "the id is taken, by the person's own",
    "PairRecord.add": "the person is in a pair already",
    "NudgeRecord.lettered": "it stands in the outbox: the first time counts",
    "NudgeRecord.revise": "it stands in the outbox",
    "LinkRecord.give_code": "the same code is there, given by the person",
    "LinkRecord.unfinished": "nothing broke off",
    "LookRecord.all_seen": "whoever looked is a coach, and the person is none",
}
"""Methods that do nothing for the person themselves with these guesses, and why."""


@pytest.mark.parametrize("method", OF_PERSONS, ids=lambda each: each.full_name)
def test_every_method_says_for_whom_it_is(method: Method) -> None:
    by_account = method.store.__name__ in BY_ACCOUNT and "identity" in method.parameters
    assert by_account or "Person" in method.parameters.values() or "organization_id" in method.parameters


async def test_whoever_speaks_in_a_channel_reads_what_is_said_there_and_in_no_other_conversation(database: Database) -> None:
    ann, bob = await met(database, ACTORS["ann"]), await met(database, ACTORS["bob"])
    chat = ConversationsRecord(database)
    channel = await chat.conversation_at(bob, Address(Platform.SLACK, "T1", "general"))
    assert channel is not None
    assert {each.user_id for each in await chat.recent(bob, channel.id, 100)} == {ann.user_id, bob.user_id}
    alone = await chat.conversation_at(ann, Address(Platform.SLACK, "T1", "dm-ann"))
    assert alone is not None
    for asked in (chat.recent(bob, alone.id, 100), chat.participants(bob, alone.id), chat.next_number(bob, alone.id, NOON)):
        with pytest.raises(NotFound):
            await asked
    assert await chat.conversation(bob, alone.id) is None
    assert await chat.conversation_at(bob, Address(Platform.SLACK, "T1", "dm-ann")) is None


def test_what_is_exempt_exists_still() -> None:
    classes, names = {each.__name__ for each in stores()}, {each.full_name for each in ALL}
    assert classes >= NO_STORE_OF_PERSONS.keys() | BY_ACCOUNT.keys()
    assert names >= NO_METHOD_OF_PERSONS.keys()
    assert names >= WITHIN_AN_ORGANIZATION.keys()


def test_a_method_that_nobody_knows_how_to_call_is_not_passed_over() -> None:
    class FreshRecord:
        def __init__(self, database: Database) -> None:
            self._things = database.collection("commitments")

        async def peek(self, person: Person, thing_id: str) -> Document | None:
            return await self._things.find_one({"_id": thing_id})

    (fresh,) = methods(FreshRecord)
    nobody = Person(id="per_1", user_id="usr_1", organization_id="org_1", name=FORGED, created_at=NOON + HOUR)
    with pytest.raises(NotKnown, match=r"FreshRecord\.peek takes thing_id"):
        Guesses(nobody, {}).arguments(fresh, nobody)
