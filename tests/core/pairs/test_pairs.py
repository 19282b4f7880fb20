"""Two students are matched once, told once, see each other's promises alone, and part kindly."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from core.cohort.service import Cohorts
from core.commitments.model import CommitmentState
from core.commitments.service import Commitments
from core.course.modules import Course
from core.course.service import Progress
from core.errors import NotAllowed
from core.nudges.offers import FIND_A_PARTNER
from core.nudges.service import Reminders as Offering
from core.outbox import Letter
from core.pairs.commands import Asking, ask, find, show
from core.pairs.named import named
from core.pairs.service import CoachesHaveNone, NotPaired, Pairs
from core.parcels import unpack_message
from core.people.model import Person
from core.people.service import People
from core.plain import message
from core.privacy.service import Privacy
from core.request import Asked, Said
from core.roles import Role
from core.ui import Message
from persistence.assets import AssetRecord
from persistence.cohorts import CohortRecord
from persistence.commitments import CommitmentRecord
from persistence.documents import Database
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from persistence.outbox import OutboxRecord
from persistence.pairs import PairRecord
from persistence.people import PeopleRecord
from persistence.privacy import PrivacyRecord
from persistence.progress import ProgressRecord
from tests.core.conftest import AT, actor
from tests.core.course.world import Foundation
from tests.students import SECRET

DAY = timedelta(days=1)


class Reminders:
    """Nobody is reminded here."""

    async def wake(self, person: Person, at: datetime) -> datetime | None:
        return None

    async def listens(self, person: Person) -> bool:
        return False

    async def asked_later(self, person: Person, commitment: object, at: datetime) -> None:
        return None

    async def quiet_until(self, person: Person) -> datetime | None:
        return None


class World:
    """Students, and what they are told."""

    def __init__(self, database: Database, people: People) -> None:
        self.database, self.people = database, people
        progress = Progress(ProgressRecord(database), Course(), AssetRecord(database), Foundation(unlocked=True))
        cohorts = Cohorts(CohortRecord(database), PeopleRecord(database))
        self.commitments = Commitments(CommitmentRecord(database), Reminders())
        self.reminders = Offering(NudgePreferencesRecord(database), NudgeRecord(database), CommitmentRecord(database))
        self.store = PairRecord(database)
        self.pairs = Pairs(self.store, people, cohorts, progress, self.commitments, OutboxRecord(database))

    async def student(self, name: str, zone: str = "Europe/London") -> Person:
        return await self.people.meet(actor(name, zone), AT)

    async def told(self) -> Mapping[str, list[str]]:
        """The letters by the names of those they go to."""
        found: dict[str, list[str]] = {}
        for document in await self.database.collection("outbox").find({}, sort=[("createdAt", 1)]):
            letter = Letter.of(document)
            to = await self.people.by_id(letter.person_id or "")
            if to is not None and letter.message:
                found.setdefault(to.name, []).append(message(unpack_message(letter.message)))
        return found


@pytest.fixture
def world(database: Database, people: People) -> World:
    return World(database, people)


async def test_two_are_paired_and_whoever_waited_is_told_once(world: World) -> None:
    nora, omar = await world.student("nora"), await world.student("omar", "Europe/Paris")
    assert await world.pairs.ask(nora, AT) is None
    assert await world.pairs.ask(nora, AT + DAY) is None, "asked again, she waits as before"
    pair = await world.pairs.ask(omar, AT + DAY)
    assert pair is not None
    assert set(pair.members) == {nora.id, omar.id}
    assert await world.pairs.ask(nora, AT + DAY) == await world.store.of(omar)
    await world.pairs.tick(AT + 2 * DAY)
    told = await world.told()
    assert {name: len(letters) for name, letters in told.items()} == {"Nora": 1}, "whoever asked last reads it in the answer"
    assert "You and Omar are partners" in told["Nora"][0]
    assert [await world.pairs.request(each) for each in (nora, omar)] == [None, None]


async def test_whoever_asks_at_once_is_in_one_pair(world: World) -> None:
    asking = [await world.student(f"s{number}") for number in range(8)]
    await asyncio.gather(*(world.pairs.ask(each, AT) for each in asking))
    await world.pairs.tick(AT + DAY)
    pairs = [await world.store.of(each) for each in asking]
    assert all(pairs)
    assert len({pair.id for pair in pairs if pair}) == 4


async def test_a_partner_sees_promises_open_and_kept_and_nothing_else(world: World) -> None:
    nora, omar = await world.student("nora"), await world.student("omar")
    await world.pairs.ask(nora, AT)
    await world.pairs.ask(omar, AT)
    told = world.commitments
    open_one = await told.promise(nora, "Hook headlines", date(2026, 3, 6), AT, "e1")
    kept = await told.promise(nora, "Call a customer", date(2026, 3, 5), AT, "e2")
    dropped = await told.promise(nora, "Buy a camera", date(2026, 3, 5), AT, "e3")
    await told.settle(nora, kept.id, CommitmentState.DONE, AT)
    await told.settle(nora, dropped.id, CommitmentState.GIVEN_UP, AT)
    await told.remind(nora, "the doctor", AT + DAY, AT, "e4")
    partner = await world.pairs.partner(omar, AT)
    assert partner is not None
    assert [each.id for each in partner.commitments] == [open_one.id, kept.id]


async def test_a_cheer_goes_out_once_a_day(world: World) -> None:
    nora, omar = await world.student("nora"), await world.student("omar")
    with pytest.raises(NotPaired):
        await world.pairs.cheer(nora, AT)
    await world.pairs.ask(nora, AT)
    await world.pairs.ask(omar, AT)
    sent = [(await world.pairs.cheer(nora, at))[1] for at in (AT, AT + timedelta(hours=1), AT + DAY)]
    assert sent == [True, False, True]
    assert sum("Nora, your partner, cheers you on." in each for each in (await world.told())["Omar"]) == 2
    done = await world.commitments.promise(omar, "Call a customer", date(2026, 3, 5), AT, "e1")
    await world.commitments.settle(omar, done.id, CommitmentState.DONE, AT)
    await world.pairs.cheer(nora, AT + 2 * DAY)
    assert "Nora, your partner, says: well done for “Call a customer”." in (await world.told())["Omar"][-1]


async def test_who_leaves_is_not_matched_with_the_same_again_and_the_other_is_told(world: World) -> None:
    nora, omar = await world.student("nora"), await world.student("omar")
    await world.pairs.ask(nora, AT)
    await world.pairs.ask(omar, AT)
    await world.pairs.leave(nora, AT)
    with pytest.raises(NotPaired):
        await world.pairs.leave(nora, AT)
    told = await world.told()
    assert "Nora has ended your pair" in told["Omar"][-1]
    assert len(told["Nora"]) == 1, "she knows that she left"
    assert await world.pairs.ask(nora, AT) is None
    assert await world.pairs.ask(omar, AT + 8 * DAY) is None
    ana = await world.student("ana")
    pair = await world.pairs.ask(ana, AT + 8 * DAY)
    assert pair is not None
    assert pair.partner_of(ana.id) == nora.id, "of equals, whoever waited longest"


async def test_after_a_week_anybody_will_do_and_the_odd_one_out_is_told_once(world: World) -> None:
    nora, emi = await world.student("nora"), await world.student("emi", "Asia/Tokyo")
    await world.pairs.ask(nora, AT)
    await world.pairs.ask(emi, AT + DAY)
    for day in range(7):
        await world.pairs.tick(AT + day * DAY)
        assert await world.store.of(nora) is None
    await world.pairs.tick(AT + 7 * DAY)
    assert await world.store.of(nora) == await world.store.of(emi) is not None
    odd = await world.student("odd")
    await world.pairs.ask(odd, AT)
    for day in (6, 7, 8, 9):
        await world.pairs.tick(AT + day * DAY)
    assert ["No partner yet" in each for each in (await world.told())["Odd"]] == [True]


async def test_a_process_that_died_after_matching_leaves_nobody_untold(world: World) -> None:
    nora, omar = await world.student("nora"), await world.student("omar")
    await world.pairs.ask(nora, AT)
    await world.pairs.ask(omar, AT)
    pair = await world.store.of(nora)
    assert pair is not None
    await world.database.collection("outbox").delete({})
    await world.database.collection("pairs").update({"_id": pair.id}, {"$set": {"tellAt": AT}})
    await world.pairs.tick(AT)
    assert set(await world.told()) == {"Nora", "Omar"}


async def test_the_partner_of_somebody_erased_is_told_and_nothing_of_the_other_is_left(world: World) -> None:
    nora, omar = await world.student("nora"), await world.student("omar")
    await world.pairs.ask(nora, AT)
    await world.pairs.ask(omar, AT)
    await Privacy(PrivacyRecord(world.database), SECRET).erase(nora, AT)
    (left,) = await world.database.collection("pairs").find({})
    assert nora.id not in repr(left)
    await world.pairs.tick(AT)
    assert "Your partner has left Elevate" in (await world.told())["Omar"][-1]
    assert await world.database.collection("pairs").find({}) == []
    assert await world.pairs.partner(omar, AT) is None


async def test_coaches_see_names_alone_and_have_no_partner(world: World) -> None:
    nora, omar = await world.student("nora"), await world.student("omar")
    cora = await world.people.appoint(await world.student("cora"), Role.COACH)
    with pytest.raises(CoachesHaveNone):
        await world.pairs.ask(cora, AT)
    with pytest.raises(NotAllowed):
        await world.pairs.couples(nora)
    await world.pairs.ask(nora, AT)
    await world.pairs.ask(omar, AT)
    await world.pairs.ask(await world.student("ana", "Asia/Tokyo"), AT)
    found = await world.pairs.couples(cora)
    assert (list(found.paired), list(found.waiting)) == ([("Nora", "Omar")], ["Ana"])


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Eva", "Eva"), ("@Eva", "Eva"), ("Eva please", "Eva"), ("for Eva Berg", "Eva Berg"), ("Will", "Will"),
        ("with Eva pls", "Eva"),
        ("could I have Eva?", "Eva"), ("", ""), ("please", ""), ("pls", ""), ("me", ""), ("a partner", ""), ("for me", ""),
        ("somebody near me please", ""), ("now", ""), ("anyone!", ""), ("a new one thx", ""),
    ],
)  # fmt: skip
def test_a_name_behind_the_command_is_told_from_other_words(words: str, name: str) -> None:
    assert named(words) == name


async def asks(world: World, person: Person, words: str) -> str:
    account = actor(person.name.lower())
    asked = Asked(id="ask", actor=account, address=account.direct, at=AT, command="pair ask", words=words)
    shown = await ask(asked, person, Asking(words), world.pairs, world.reminders)
    assert isinstance(shown, Message)
    return message(shown)


async def test_nobody_is_asked_by_name_and_nobody_goes_on_a_list_unseen(world: World) -> None:
    nora = await world.student("nora")
    told = await asks(world, nora, "Eva")
    assert "I cannot ask Eva for you: partners are not chosen by name. You are on no list yet." in told
    assert "[Find me a partner]" in told
    assert await world.pairs.request(nora) is None
    assert "A partner is being looked for" in await asks(world, nora, "please")
    assert "You are on the list as before" in await asks(world, nora, "Eva")


async def test_who_has_a_partner_sees_them_whomever_they_name(world: World) -> None:
    nora, omar = await world.student("nora"), await world.student("omar")
    await world.pairs.ask(nora, AT)
    await world.pairs.ask(omar, AT)
    assert "Omar" in await asks(world, nora, "Eva")
    assert "cannot ask" not in await asks(world, nora, "Eva")


async def test_the_button_that_finds_a_partner_may_be_said_yes_to_where_it_stands_alone(world: World) -> None:
    nora, account = await world.student("nora"), actor("nora")
    await world.reminders.met(nora, AT)
    asked = Asked(id="ask", actor=account, address=account.direct, at=AT, command="pair show")
    for others_read in (replace(asked, direct=False), replace(asked, page=True)):
        await show(others_read, nora, world.pairs, world.reminders)
        assert await world.reminders.offers.last(nora) is None
    await show(asked, nora, world.pairs, world.reminders)
    assert await world.reminders.offers.last(nora) == (FIND_A_PARTNER, AT)
    await world.reminders.offers.end(nora, AT)
    await asks(world, nora, "Eva")
    assert await world.reminders.offers.last(nora) == (FIND_A_PARTNER, AT), "shall I look for somebody?"
    said = Said(id="yes", actor=account, address=account.direct, at=AT, text="yes please")
    found = await find(world.pairs, said, nora, "")
    assert isinstance(found, Message)
    assert "A partner is being looked for" in message(found)
    await world.reminders.offers.end(nora, AT)
    await show(asked, nora, world.pairs, world.reminders)
    assert await world.reminders.offers.last(nora) is None, "they wait for one"
