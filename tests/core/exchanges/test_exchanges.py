"""A student asks for a person: coaches are told, one takes it and answers, and nothing is lost while coaches are away."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.chat.loose import LooseTalk
from core.chat.shortly import Shortly
from core.errors import NotAllowed
from core.exchanges import letter_views, views
from core.exchanges.commands import Own
from core.exchanges.hearing import Replies, Wishes
from core.exchanges.model import State
from core.exchanges.service import Exchanges, NobodyCoaches, NoSuchExchange
from core.exchanges.unanswered import Unanswered
from core.exchanges.written import NothingWritten
from core.outbox import Letter
from core.parcels import unpack_message
from core.people.model import Person
from core.people.service import People
from core.plain import message
from core.request import Said
from core.roles import Role
from core.ui import Message
from persistence.conversations import ConversationsRecord
from persistence.documents import Database
from persistence.exchanges import ExchangeRecord
from persistence.outbox import OutboxRecord
from tests.core.conftest import AT, actor
from tests.core.nudges.learners import PERSON
from tests.students import SLACK, met, said

DAY = timedelta(days=1)


class Silence:
    """Who is kept quiet for."""

    def __init__(self) -> None:
        self.kept: list[str] = []

    async def coached(self, student: Person, at: datetime) -> datetime:
        self.kept.append(student.name)
        return at + 3 * DAY


class World:
    """A student, two coaches, and what they are told."""

    def __init__(self, database: Database, people: People) -> None:
        self.database, self.people, self.silence = database, people, Silence()
        talks = Shortly(ConversationsRecord(database))
        self.exchanges = Exchanges(ExchangeRecord(database), people, OutboxRecord(database), talks, self.silence)
        self.unanswered = Unanswered(ExchangeRecord(database), people, OutboxRecord(database))

    async def coach(self, name: str) -> Person:
        return await self.people.appoint(await self.people.meet(actor(name), AT), Role.COACH)

    async def told(self) -> dict[str, list[str]]:
        """The letters by the names of those they go to."""
        found: dict[str, list[str]] = {}
        for document in await self.database.collection("outbox").find({}, sort=[("createdAt", 1)]):
            letter = Letter.of(document)
            to = await self.people.by_id(letter.person_id or "")
            assert to is not None
            assert letter.message
            found.setdefault(to.name, []).append(message(unpack_message(letter.message)))
        return found


@pytest.fixture
def world(database: Database, people: People) -> World:
    return World(database, people)


async def test_every_coach_is_told_once_however_often_the_press_comes(world: World, nora: Person) -> None:
    await world.coach("omar")
    await world.coach("cora")
    for _ in range(2):
        await world.exchanges.ask(nora, "My gift gets no leads", actor().direct, AT, event_id="e1", show=False)
    told = await world.told()
    assert {name: len(letters) for name, letters in told.items()} == {"Omar": 1, "Cora": 1}
    assert "Nora would like a person" in told["Omar"][0]
    assert "My gift gets no leads" in told["Omar"][0]


async def test_the_same_wish_twice_within_the_hour_is_one(world: World, nora: Person) -> None:
    await world.coach("omar")
    for number, minutes in enumerate((0, 1, 2)):
        at = AT + timedelta(minutes=minutes)
        await world.exchanges.ask(nora, "", actor().direct, at, event_id=f"e{number}", show=False)
    await world.exchanges.ask(nora, "Which price?", actor().direct, AT, event_id="e4", show=False)
    await world.exchanges.ask(nora, "", actor().direct, AT + DAY, event_id="e5", show=False)
    assert len(await world.exchanges.own(nora)) == 3
    assert len((await world.told())["Omar"]) == 3


async def test_an_answer_to_a_letter_to_everybody_is_told_as_one(world: World, nora: Person) -> None:
    await world.coach("omar")
    await world.exchanges.ask(nora, "I can't on Thursday", actor().direct, AT, event_id="e1", show=False, to_letter=True)
    assert "Nora answers a letter to everybody" in (await world.told())["Omar"][0]


async def test_without_a_coach_it_is_said(world: World, nora: Person) -> None:
    with pytest.raises(NobodyCoaches):
        await world.exchanges.ask(nora, "", actor().direct, AT, event_id="e1", show=False)


async def test_what_was_said_with_agents_is_shown_only_with_a_yes(world: World, nora: Person) -> None:
    await world.coach("omar")
    await said(world.database, nora, actor().direct, "My secret margin is 40 percent", AT)
    await world.exchanges.ask(nora, "Help", actor().direct, AT, event_id="e1", show=False)
    await world.exchanges.ask(nora, "Help", actor().direct, AT, event_id="e2", show=True)
    without, with_summary = (await world.told())["Omar"]
    assert "secret margin" not in without
    assert "My secret margin is 40 percent" in with_summary


async def test_a_coach_takes_it_answers_and_the_student_answers_back(world: World, nora: Person) -> None:
    omar, cora = await world.coach("omar"), await world.coach("cora")
    asked = await world.exchanges.ask(nora, "Which price?", actor().direct, AT, event_id="e1", show=False)
    taken = await world.exchanges.take(omar, asked.id, AT)
    assert (taken.state, taken.taken_name) == (State.TAKEN, "Omar")
    await world.exchanges.answer(omar, asked.id, "Try 39.", AT + timedelta(minutes=5))
    await world.exchanges.answer(nora, asked.id, "And shipping?", AT + timedelta(minutes=9))
    told = await world.told()
    assert ["Omar has taken" in each for each in told["Nora"]] == [True, False]
    assert "Try 39." in told["Nora"][1]
    assert "And shipping?" in told["Omar"][-1]
    assert len(told["Cora"]) == 1, "whoever took it hears the rest"
    assert world.silence.kept == ["Nora", "Nora"]
    await world.people.introduce(nora, name="Nora Lind", timezone="Europe/Dublin", at=AT)
    [waits] = await world.exchanges.waiting(cora)
    assert (waits.id, waits.name) == (asked.id, "Nora Lind"), "by the name that she goes by now"
    closed = await world.exchanges.close(omar, asked.id, AT + DAY)
    assert closed.state is State.CLOSED
    assert await world.exchanges.close(nora, asked.id, AT + DAY) == closed, "the other side is told once"
    assert await world.exchanges.take(cora, asked.id, AT + DAY) == closed, "it is settled, and nobody's to take"
    assert "[Write again]" in message(views.opened(nora, closed))
    again = await world.exchanges.answer(nora, asked.id, "One more", AT + DAY)
    assert (again.state, again.closed_at) == (State.TAKEN, None), "whoever writes opens it again"
    assert "One more" in (await world.told())["Omar"][-1]
    await world.exchanges.close(omar, asked.id, AT + 2 * DAY)
    assert sum("Omar marked" in each for each in (await world.told())["Nora Lind"]) == 2


async def test_of_two_coaches_who_take_it_the_second_hears_of_the_first_and_may_take_it_over(world: World, nora: Person) -> None:
    omar, cora = await world.coach("omar"), await world.coach("cora")
    asked = await world.exchanges.ask(nora, "Which price?", actor().direct, AT, event_id="e1", show=False)
    await world.exchanges.take(omar, asked.id, AT)
    found = await world.exchanges.take(cora, asked.id, AT)
    assert found.taken_name == "Omar"
    assert "Omar took what Nora asked, before you." in message(views.theirs(found))
    assert "[Take it over]" in message(views.opened(cora, found))
    assert "[Take it over]" not in message(views.opened(omar, found))
    assert len((await world.told())["Nora"]) == 1, "who is not told that two will write"
    assert (await world.exchanges.take(cora, asked.id, AT, over=True)).taken_name == "Cora"
    assert "Cora has taken over what Nora asked" in (await world.told())["Omar"][-1]


async def test_the_form_for_an_answer_shows_what_the_other_side_wrote_since_and_one_letter_whole(
    world: World, nora: Person
) -> None:
    omar = await world.coach("omar")
    asked = await world.exchanges.ask(nora, "Which price?", actor().direct, AT, event_id="e1", show=False)
    assert views.answered(nora, asked, AT + DAY) == "To your coaches", "her own words are not what she answers"
    short = await world.exchanges.answer(nora, asked.id, "For cafés?", AT + timedelta(minutes=1))
    assert views.answered(omar, short, AT + DAY) == "Nora wrote:\n\nWhich price?\n\nFor cafés?"
    more = await world.exchanges.answer(nora, asked.id, "And " + "so on " * 330 + "for shops?", AT + timedelta(minutes=2))
    above = views.answered(omar, more, AT + DAY)
    assert above.startswith("Nora wrote:\n\nAnd so on")
    assert above.endswith("for shops?")
    assert "Which price?" not in above
    answered = await world.exchanges.answer(omar, asked.id, "Try 39.", AT + timedelta(minutes=5))
    assert views.answered(nora, answered, AT + DAY) == "Omar wrote:\n\nTry 39."
    assert views.answered(omar, answered, AT + DAY) == "To Nora"
    ida = await world.coach("ida")
    assert views.answered(ida, answered, AT + DAY).startswith("Omar has answered Nora already, 23 hours ago")
    assert views.answered(ida, answered, AT + DAY).endswith(":\n\nTry 39.")


async def test_unanswered_for_a_day_it_is_shown_again_twice_and_then_left_to_the_digest(world: World, nora: Person) -> None:
    omar = await world.coach("omar")
    asked = await world.exchanges.ask(nora, "Hello?", actor().direct, AT, event_id="e1", show=False)
    assert await world.unanswered.tick(AT + DAY - timedelta(minutes=1)) == 0
    assert await world.unanswered.tick(AT + DAY) == 1
    assert await world.unanswered.tick(AT + DAY) == 0
    await world.exchanges.take(omar, asked.id, AT + DAY)
    assert await world.unanswered.tick(AT + 2 * DAY) == 1, "to be taken is not to be answered"
    assert "wrote 2 days ago and has no answer. You took it" in (await world.told())["Omar"][-1]
    assert await world.unanswered.tick(AT + 9 * DAY) == 0
    await world.exchanges.answer(omar, asked.id, "Here I am", AT + 9 * DAY)
    await world.exchanges.answer(nora, asked.id, "Thanks, and now?", AT + 9 * DAY)
    assert await world.unanswered.tick(AT + 10 * DAY) == 1, "what the student writes next is shown anew"


async def test_all_who_wait_stand_in_one_letter_a_day_and_nobody_is_told_at_night(world: World, nora: Person) -> None:
    await world.coach("omar")
    night = AT.replace(hour=1)
    ben = await world.people.meet(actor("ben"), AT)
    for number, student in enumerate((nora, ben)):
        at = night + timedelta(minutes=number)
        await world.exchanges.ask(student, "Hello?", actor().direct, at, event_id=f"e{number}", show=False)
    assert await world.unanswered.tick(night + DAY + timedelta(minutes=5)) == 0
    morning = night.replace(hour=8) + DAY
    assert await world.unanswered.tick(morning) == 2
    [*_, last] = (await world.told())["Omar"]
    assert "2 students are waiting for an answer" in last
    assert len((await world.told())["Omar"]) == 3, "each when they asked, and both together"


async def test_a_student_who_waits_for_several_answers_is_one_student(world: World, nora: Person) -> None:
    omar = await world.coach("omar")
    ben = await world.people.meet(actor("ben"), AT)
    asking = ((nora, "Which price?"), (ben, "Which shop?"), (nora, "Which day?"))
    asked = [
        await world.exchanges.ask(
            who, words, actor().direct, AT + number * timedelta(minutes=1), event_id=f"e{number}", show=False
        )
        for number, (who, words) in enumerate(asking)
    ]
    told = message(letter_views.still_wait(omar, asked, AT + DAY))
    assert "2 students are waiting for 3 answers" in told
    assert "Nora: a day ago: “Which price?”; 23 hours ago: “Which day?”" in told
    assert "[Nora: Which day?]" in told, "each can be opened, and told from the other"
    assert "1 student is waiting for 2 answers" in message(letter_views.still_wait(omar, [asked[0], asked[2]], AT + DAY))


async def test_on_monday_the_digest_alone_tells_who_waits(world: World, nora: Person) -> None:
    await world.coach("omar")
    sunday = AT.replace(hour=9) + (6 - AT.weekday()) % 7 * DAY
    await world.exchanges.ask(nora, "Hello?", actor().direct, sunday, event_id="e1", show=False)
    for days, letters in ((1, 1), (2, 2)):
        assert await world.unanswered.tick(sunday + days * DAY) == 1
        assert len((await world.told())["Omar"]) == letters, f"after {days} days"


async def test_a_coach_writes_first_and_the_bot_keeps_quiet(world: World, nora: Person) -> None:
    omar = await world.coach("omar")
    written = await world.exchanges.write(omar, nora, "How is it going?", AT, event_id="e1")
    assert world.silence.kept == ["Nora"]
    letter = (await world.told())["Nora"][0]
    assert "Omar, your coach, writes" in letter
    assert "press Answer or reply to this very message" in letter
    await world.exchanges.answer(nora, written.id, "Slowly", AT)
    assert "Slowly" in (await world.told())["Omar"][0]
    with pytest.raises(NothingWritten):
        await world.exchanges.write(omar, nora, "  \n ", AT, event_id="e2")


async def test_nobody_else_reads_or_writes(world: World, nora: Person) -> None:
    await world.coach("omar")
    asked = await world.exchanges.ask(nora, "Between us", actor().direct, AT, event_id="e1", show=False)
    other = await world.people.meet(actor("zoe"), AT)
    stranger = (await met(world.database, SLACK)).model_copy(update={"role": Role.COACH})
    for who in (other, stranger):
        with pytest.raises(NoSuchExchange):
            await world.exchanges.one(who, asked.id)
        with pytest.raises(NoSuchExchange):
            await world.exchanges.answer(who, asked.id, "me too", AT)
        with pytest.raises(NoSuchExchange):
            await world.exchanges.close(who, asked.id, AT)
    with pytest.raises(NotAllowed):
        await world.exchanges.take(other, asked.id, AT)
    with pytest.raises(NotAllowed):
        await world.exchanges.write(stranger, nora, "hello", AT, event_id="e2")
    with pytest.raises(NotAllowed):
        await world.exchanges.waiting(other)


async def test_what_two_write_at_the_same_moment_is_kept_both(world: World, nora: Person) -> None:
    omar = await world.coach("omar")
    asked = await world.exchanges.ask(nora, "Which price?", actor().direct, AT, event_id="e1", show=False)
    await asyncio.gather(
        world.exchanges.answer(omar, asked.id, "Try 39.", AT),
        world.exchanges.answer(nora, asked.id, "Or 49?", AT),
        world.exchanges.answer(omar, asked.id, "No, 39.", AT),
    )
    kept = await world.exchanges.one(nora, asked.id)
    assert sorted(each.words for each in kept.lines) == ["No, 39.", "Or 49?", "Try 39.", "Which price?"]


async def test_what_is_written_in_the_thread_of_a_letter_goes_to_whoever_wrote_it(world: World, nora: Person) -> None:
    omar, letters = await world.coach("omar"), OutboxRecord(world.database)
    hearing = Replies(world.exchanges, world.people, letters, LooseTalk(ConversationsRecord(world.database)))
    asked = await world.exchanges.ask(nora, "Which price?", actor().direct, AT, event_id="e1:2", show=False)
    for row in await letters.claim("test", AT, DAY, 9):
        await letters.done(row, AT, f"posted to {row.person_id}")

    def reply(person: Person, words: str, to: str, name: str) -> Said:
        who = actor(name)
        posted = f"posted to {to}"
        return Said(id=words, actor=who, address=who.direct, at=AT + DAY, text=words, replies_to=posted)

    sent = await hearing.hear(reply(omar, "Try 39.", omar.id, "omar"), omar)
    assert isinstance(sent, Message)
    assert ("Sent to Nora." in message(sent), sent.reaction) == (True, "white_check_mark")
    assert [each.words for each in (await world.exchanges.own(nora))[0].lines] == ["Which price?", "Try 39."]
    for passed_by in (
        reply(omar, "@Teacher what is a hook?", omar.id, "omar"),
        reply(omar, "And shipping?", "nobody", "omar"),
        reply(omar, "Stop.", omar.id, "omar"),
        reply(nora, "It was not written to me", omar.id, "nora"),
    ):
        assert await hearing.hear(passed_by, omar if passed_by.actor.user == "omar" else nora) is None
    heard = message(letter_views.closed(await world.exchanges.close(nora, asked.id, AT + DAY), nora))
    assert "Nora marked your exchange as settled." in heard
    assert "Write again" in heard
    assert "Ask again" not in heard, "that is for students"
    assert await hearing.hear(reply(omar, "Thanks!", omar.id, "omar"), omar) is None, "it stays settled"
    assert isinstance(await hearing.hear(reply(omar, "See you Thursday", omar.id, "omar"), omar), Message)
    await world.exchanges.close(nora, asked.id, AT + DAY)
    assert isinstance(await hearing.hear(reply(omar, "One more thing", omar.id, "omar"), omar), Message)
    assert (await world.exchanges.one(nora, asked.id)).state is State.TAKEN


@pytest.mark.parametrize(
    ("words", "is_offered"),
    [
        ("I want to talk to a human", True),
        ("where is my coach?", True),
        ("i need a human, my etsy shop got suspended", True),
        ("I need a person in my advert", False),
        ("Can I ask my coach about prices?", True),
        ("should I name a coach in the advert?", False),
        ("Can I speak with my coach, please?", True),
        ("i'd like to talk to a real person", True),
        ("how do I talk to customers", False),
        (
            "I would like to talk to a person about my rings, because the prices that I found do not cover the silver any more",
            True,
        ),
        ("write an email in which I talk to a person who left a basket and tell them what we do for them", False),
    ],
)
async def test_the_wish_for_a_person_is_led_to_one(world: World, nora: Person, words: str, is_offered: bool) -> None:
    hearing = Wishes(world.exchanges)
    wish = Said(id="e1", actor=actor(), address=actor().direct, at=AT, text=words)
    assert await hearing.hear(wish, nora) is None, "there is nobody yet"
    await world.coach("omar")
    shown = await hearing.hear(wish, nora)
    assert isinstance(shown, Message) is is_offered
    assert isinstance(await hearing.hear(replace(wish, direct=False), nora), Message) is is_offered, "and told to them alone"
    assert await hearing.hear(replace(wish, direct=False, addressed=False), nora) is None


def test_words_that_are_in_no_exchange_are_taken_to_the_coaches() -> None:
    told = views.own(PERSON, (), Own(search="I am stuck on pricing"), coached=True)
    assert "Shall I ask your coaches “I am stuck on pricing”?" in message(told)
    assert "[Ask my coaches]" in message(told)
