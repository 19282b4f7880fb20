"""Words that are typed by themselves after a letter are asked about, kept meanwhile, and reach whom they were for, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.chat.loose import Gone, LooseTalk
from core.community.model import Announcement, To
from core.exchanges.addressees import Addressees
from core.exchanges.meant import NOT_MEANT, SEND, Meant
from core.exchanges.model import Exchange
from core.exchanges.rewording import Rewording
from core.exchanges.service import Exchanges, NoSuchExchange
from core.exchanges.while_asked import WhileAsked
from core.foundation.model import OpenInterview
from core.foundation.open_question import OpenQuestion
from core.outbox import Letter, new_letter
from core.people.model import Person
from core.people.service import People
from core.plain import message
from core.request import File, Reworded, Said
from core.roles import Role
from core.ui import Answer, Call, Message
from persistence.announcements import AnnouncementRecord
from persistence.conversations import ConversationsRecord
from persistence.documents import Database
from persistence.exchanges import ExchangeRecord
from persistence.foundation import FoundationRecord
from persistence.outbox import OutboxRecord
from tests.core.conftest import AT, actor

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SUGGESTED = "What should I do this week?"


class Rest:
    """Whoever hears what is for no person; `takes`: it answers."""

    def __init__(self, takes: str = "") -> None:
        self.takes, self.heard = takes, list[Said]()

    async def hear(self, said: Said, person: Person) -> Answer:
        self.heard.append(said)
        return Message("Heard.") if self.takes in said.text else None


class Quiet:
    """Nobody is reminded here."""

    async def coached(self, student: Person, at: datetime) -> datetime:
        return at

    async def in_short(self, student: Person, address: object) -> str:
        return ""


class Office:
    """A student and a coach, and what they type."""

    def __init__(self, database: Database, people: People) -> None:
        self.database, self.people, self.questions = database, people, Rest("figures")
        self.agents = Rest()
        self.store = ConversationsRecord(database)
        self.loose = LooseTalk(self.store)
        self.exchanges = Exchanges(ExchangeRecord(database), people, OutboxRecord(database), Quiet(), Quiet())
        rest = (self.questions, self.agents)
        addressees = Addressees(self.exchanges, people, OutboxRecord(database), AnnouncementRecord(database).writer)
        self.meant = Meant(self.exchanges, people, self.loose, addressees, self.calls, self.suggested, rest)

    async def calls(self, person: Person, words: str) -> bool:
        return "@Teacher" in words

    async def suggested(self, person: Person) -> frozenset[str]:
        return frozenset({SUGGESTED})

    async def coach(self, name: str) -> Person:
        return await self.people.appoint(await self.people.meet(actor(name), AT), Role.COACH)

    async def types(self, who: Person, words: str, at: datetime, *, direct: bool = True, replies_to: str = "") -> str:
        """What is shown for it: "" where it goes on to whoever hears the rest."""
        account = actor(who.name.lower())
        event, at = f"{words} {at}", at + timedelta(microseconds=123)  # the record keeps milliseconds
        said = Said(id=event, actor=account, address=account.direct, at=at, text=words, direct=direct, replies_to=replies_to)
        shown = await self.meant.hear(said, who)
        assert shown is None or isinstance(shown, Message)
        return message(shown) if shown else ""

    async def last(self, who: Person) -> str:
        """The id of what they typed last that is kept."""
        return (await self.loose.since(who, AT - DAY))[-1].id

    async def words(self, exchange: Exchange) -> list[str]:
        found = await ExchangeRecord(self.database).find(await self.student(exchange), exchange.id)
        assert found is not None
        return [each.words for each in found.lines]

    async def student(self, exchange: Exchange) -> Person:
        found = await self.people.by_id(exchange.person_id)
        assert found is not None
        return found


@pytest.fixture
async def office(database: Database, people: People) -> Office:
    return Office(database, people)


@pytest.fixture
async def omar(office: Office) -> Person:
    return await office.coach("omar")


@pytest.fixture
async def letter(office: Office, omar: Person, nora: Person) -> Exchange:
    """Omar wrote to Nora at nine."""
    return await office.exchanges.write(omar, nora, "Did the smaller price work?", AT, event_id="e1")


async def test_words_after_a_letter_are_asked_about_and_sent_once(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    long = "Yes, twelve sold, " + "and more of them, " * 20
    shown = await office.types(nora, long, AT + HOUR)
    assert "Is this for Omar?" in shown
    assert "> Yes, twelve sold" in shown
    assert "[Send it to Omar] [No, it is for you]" in shown
    assert (office.agents.heard, await office.words(letter)) == ([], ["Did the smaller price work?"])
    kept = await office.last(nora)
    for _ in range(2):
        assert "Sent to Omar." in message(await office.meant.send(press(nora, AT + 2 * HOUR), nora, kept, 0))
    assert await office.words(letter) == ["Did the smaller price work?", long.strip()]
    assert "for Omar?" in await office.types(nora, "On Saturday alone", AT + 2 * HOUR + 9 * MINUTE), "it goes on"
    assert await office.types(nora, "A hook for jam", AT + 3 * HOUR) == "", "the letter is answered"
    with pytest.raises(Gone):
        await office.meant.hear_on(press(nora, AT + 2 * HOUR), nora, kept)
    with pytest.raises(NoSuchExchange):
        await office.meant.send(press(omar, AT + 2 * HOUR), omar, kept, 0)


def press(who: Person, at: datetime) -> Said:
    """A press, as far as it matters here."""
    account = actor(who.name.lower())
    return Said(id="a press", actor=account, address=account.direct, at=at, text="")


async def test_they_are_asked_until_they_answer_and_then_left_alone(office: Office, nora: Person, letter: Exchange) -> None:
    assert "for Omar?" in await office.types(nora, "It did", AT + HOUR)
    assert "for Omar?" in await office.types(nora, "Twelve sold", AT + 2 * HOUR)
    assert await office.types(nora, "A headline for jars", AT + 3 * HOUR) == "", "they talk to the agents, it seems"
    assert "for Omar?" in await office.types(nora, "So Omar, what next", AT + 4 * HOUR), "he is named"


async def test_a_letter_in_several_messages_is_one_letter(office: Office, nora: Person, letter: Exchange) -> None:
    for at, words in enumerate(("hey omar", "it did", "twelve sold")):
        shown = await office.types(nora, words, AT + HOUR + at * MINUTE)
    assert "> hey omar\n> it did\n> twelve sold" in shown
    await office.meant.send(press(nora, AT + 2 * HOUR), nora, await office.last(nora), 0)
    assert await office.words(letter) == ["Did the smaller price work?", "hey omar\nit did\ntwelve sold"]
    for words in ("x" * 1_500, "y" * 1_500):
        await office.types(nora, words, AT + 2 * HOUR + MINUTE)
    await office.meant.send(press(nora, AT + 3 * HOUR), nora, await office.last(nora), 0)
    assert (await office.words(letter))[-1] == "y" * 1_500, "no more than a letter holds, and nothing is cut off"
    assert [each.words for each in await office.loose.since(nora, AT) if each.words] == ["x" * 1_500]


async def test_several_messages_that_are_for_the_agents_are_heard_in_one(office: Office, nora: Person, letter: Exchange) -> None:
    for at, words in enumerate(("A headline for jars", "with July in it")):
        await office.types(nora, words, AT + HOUR + at * MINUTE)
    await office.meant.hear_on(press(nora, AT + 2 * HOUR), nora, await office.last(nora))
    assert [each.text for each in office.agents.heard] == ["A headline for jars\nwith July in it"]


async def test_what_is_for_the_bot_is_heard_by_the_rest_and_nothing_is_asked_again_of_that_letter(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    await office.types(nora, "A headline for jars", AT + HOUR)
    kept = await office.last(nora)
    assert await office.meant.hear_on(press(nora, AT + 2 * HOUR), nora, kept) is not None
    [heard] = office.agents.heard
    assert (heard.text, heard.id, heard.direct) == ("A headline for jars", f"A headline for jars {AT + HOUR}", True)
    await office.store.answered(nora, kept, "director")
    assert await office.types(nora, "And a shorter one", AT + DAY) == ""
    await office.exchanges.answer(omar, letter.id, "Any news?", AT + DAY + HOUR)
    assert "for Omar?" in await office.types(nora, "And a shorter one yet", AT + DAY + 2 * HOUR), "a new letter"


async def test_what_another_than_the_agents_took_is_no_talk_of_theirs(office: Office, nora: Person, letter: Exchange) -> None:
    await office.types(nora, "my figures", AT + HOUR)
    kept = await office.last(nora)
    assert await office.meant.hear_on(press(nora, AT + 2 * HOUR), nora, kept) is not None
    assert office.agents.heard == []
    assert [each.words for each in await office.loose.since(nora, AT)] == [""]


async def test_the_question_is_answered_in_words_too(office: Office, omar: Person, nora: Person, letter: Exchange) -> None:
    await office.types(nora, "It did", AT + HOUR)
    assert "Sent to Omar." in await office.types(nora, "Yes please", AT + HOUR + MINUTE)
    assert await office.words(letter) == ["Did the smaller price work?", "It did"]
    await office.exchanges.answer(omar, letter.id, "How many?", AT + 2 * HOUR)
    await office.types(nora, "A headline", AT + 3 * HOUR)
    assert "Heard." in await office.types(nora, "no", AT + 3 * HOUR + MINUTE)
    assert [each.text for each in office.agents.heard] == ["A headline"]


async def test_an_answer_in_words_hours_later_is_asked_about_again_unless_somebody_wrote_since(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    await office.types(nora, "Twelve of them", AT + HOUR)
    shown = await office.types(nora, "yes", AT + 5 * HOUR)
    assert "Is this for Omar?\n> Twelve of them\n\n" in shown
    assert "Sent to Omar." in message(await office.meant.send(press(nora, AT), nora, await office.last(nora), 0))
    await office.exchanges.answer(omar, letter.id, "And the jam?", AT + 6 * HOUR)
    await office.types(nora, "Not so well", AT + 7 * HOUR)
    await office.exchanges.answer(omar, letter.id, "Shall we call?", AT + 8 * HOUR)
    assert "> yes" in await office.types(nora, "yes", AT + 9 * HOUR), "it is for Omar, and answers no question of ours"
    assert await office.words(letter) == [
        *("Did the smaller price work?", "Twelve of them", "And the jam?", "Shall we call?"),
    ]


async def test_yes_to_the_letter_itself_is_asked_about(office: Office, nora: Person, letter: Exchange) -> None:
    assert "> Yes" in await office.types(nora, "Yes", AT + HOUR)
    assert "for Omar?" in await office.types(nora, "Yes", AT + 2 * HOUR), "nobody remembers the question from an hour ago"


@pytest.mark.parametrize(
    "words",
    ["Hi", "Good morning!", "…", "@Teacher what is a hook?", "@Teachr what is a hook?", SUGGESTED, "x" * 2_001, " "],
)
async def test_nobody_is_asked_about_what_is_plainly_for_the_bot(
    office: Office, nora: Person, letter: Exchange, words: str
) -> None:
    assert await office.types(nora, words, AT + HOUR) == ""


@pytest.mark.parametrize("words", ["thanks Omar, it did", "hi omar", "Omar, look at my page please"])
async def test_whoever_is_named_is_meant(office: Office, nora: Person, letter: Exchange, words: str) -> None:
    assert "Is this for Omar?" in await office.types(nora, words, AT + HOUR)


async def test_nothing_is_asked_in_channels_in_threads_without_a_letter_or_after_a_week(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    assert await office.types(nora, "It did", AT + HOUR, direct=False) == ""
    assert await office.types(nora, "It did", AT + HOUR, replies_to="an answer of an agent") == ""
    assert await office.types(nora, "It did", AT + 7 * DAY + MINUTE) == ""
    assert "for Omar?" in await office.types(nora, "It did", AT + 7 * DAY - MINUTE), "after a weekend"
    assert await office.types(omar, "A lesson on prices", AT + HOUR) == "", "he waits for her, not she for him"


async def test_a_talk_with_an_agent_goes_on(office: Office, nora: Person, letter: Exchange) -> None:
    await office.loose.keep(spoken("@Teacher what is a hook?", AT + HOUR), nora, ())
    await office.store.answered(nora, await office.last(nora), "teacher")
    assert await office.types(nora, "And for jam?", AT + HOUR + 5 * MINUTE) == ""
    assert "for Omar?" in await office.types(nora, "It did, twelve sold", AT + 2 * HOUR)
    await office.loose.keep(spoken("hello", AT + 3 * HOUR), nora, ())
    await office.store.answered(nora, await office.last(nora), "director")
    assert "for Omar?" in await office.types(nora, "It really did", AT + 3 * HOUR + MINUTE), "a greeting is no talk"


def spoken(words: str, at: datetime) -> Said:
    return Said(id=words, actor=actor(), address=actor().direct, at=at, text=words)


async def test_a_coach_to_whom_two_wrote_says_which(office: Office, omar: Person, nora: Person) -> None:
    zoe = await office.people.meet(actor("zoe"), AT)
    first = await office.exchanges.ask(nora, "Which price?", actor().direct, AT, event_id="e1", show=False)
    second = await office.exchanges.ask(zoe, "Which photo?", actor("zoe").direct, AT + MINUTE, event_id="e2", show=False)
    await office.exchanges.ask(zoe, "And which frame?", actor("zoe").direct, AT + 2 * MINUTE, event_id="e3", show=False)
    assert await office.types(omar, "ok", AT + HOUR) == "", "which answers nobody"
    shown = await office.types(omar, "Take the one on the left", AT + HOUR)
    assert "Is this for Zoe or Nora?" in shown
    assert "[Send it to Zoe] [Send it to Nora] [No, it is for you]" in shown
    assert await office.types(omar, "Yes", AT + HOUR + MINUTE) == shown, "to whom?"
    assert "Sent to Nora." in await office.types(omar, "for nora", AT + HOUR + 2 * MINUTE)
    assert "Is this for Nora?" in await office.types(omar, "and nora: take 39", AT + HOUR + 3 * MINUTE)
    assert "Sent to Nora." in message(await office.meant.send(press(omar, AT + 2 * HOUR), omar, await office.last(omar), 0))
    assert await office.words(first) == ["Which price?", "Take the one on the left", "and nora: take 39"]
    assert await office.words(second) == ["Which photo?"]


async def test_what_was_changed_or_taken_back_meanwhile_is_sent_as_it_reads_now(
    office: Office, nora: Person, letter: Exchange
) -> None:
    await office.types(nora, "It did, 21 sold", AT + HOUR)
    kept = await office.last(nora)
    await office.store.correct(nora, kept, "It did, 12 sold", AT + HOUR, withdrawn=False)
    await office.types(nora, "And my secret", AT + HOUR + MINUTE)
    secret = await office.last(nora)
    await office.store.correct(nora, secret, "", AT + HOUR, withdrawn=True)
    await office.meant.send(press(nora, AT + 2 * HOUR), nora, kept, 0)
    with pytest.raises(Gone):
        await office.meant.send(press(nora, AT + 2 * HOUR), nora, secret, 0)
    assert await office.words(letter) == ["Did the smaller price work?", "It did, 12 sold"]


async def test_an_interview_keeps_its_answers_unless_a_letter_came_after_its_question(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    foundations = FoundationRecord(office.database)
    hearing = WhileAsked(office.meant, OpenQuestion(foundations), office.agents)
    assert await hearing.hear(spoken("Jam", AT + HOUR), nora) is None, "no interview waits"
    asked = OpenInterview(cell="companyContext.coreOffers", place="p", asked_at=AT + MINUTE)
    await foundations.interview(nora, asked, AT + MINUTE)
    assert await hearing.hear(spoken("Jam", AT + HOUR), nora) is None, "it asked last"
    assert await hearing.hear(spoken("Omar, it did", AT + HOUR), nora) is not None, "he is named"
    await office.exchanges.answer(omar, letter.id, "Or not?", AT + 2 * MINUTE)
    assert await hearing.hear(spoken("skip", AT + HOUR), nora) is None
    assert await hearing.hear(spoken("Hello", AT + HOUR), nora) == Message("Heard."), "which is no answer"
    shown = await hearing.hear(spoken("It did", AT + HOUR), nora)
    assert isinstance(shown, Message)
    assert "Is this for Omar?" in message(shown)


async def test_whoever_is_spoken_to_by_name_need_not_have_written(office: Office, omar: Person, nora: Person) -> None:
    assert "Is this for Omar?" in await office.types(nora, "omar can you look at my price list?", AT)
    kept = await office.last(nora)
    assert "Sent to Omar." in message(await office.meant.send(press(nora, AT), nora, kept, 0))
    [asked] = await office.exchanges.waiting(omar)
    assert await office.words(asked) == ["omar can you look at my price list?"]
    with pytest.raises(Gone):
        await office.meant.send(press(nora, AT), nora, kept, 0)
    zoe = await office.people.meet(actor("zoe"), AT)
    assert "Is this for Zoe?" in await office.types(omar, "Zoe, and tell them so on the site", AT + MINUTE), (
        "not for Nora, who waits"
    )
    await office.meant.send(press(omar, AT + MINUTE), omar, await office.last(omar), 0)
    [written] = await office.exchanges.own(zoe)
    assert [each.words for each in written.lines] == ["Zoe, and tell them so on the site"]
    assert await office.types(nora, "Teacher, what is a hook?", AT + DAY) == ""


async def test_a_question_about_whoever_is_spoken_to_is_answered_in_words_and_goes_on(
    office: Office, omar: Person, nora: Person
) -> None:
    await office.types(nora, "omar can you look at my price?", AT)
    assert "> omar can you look at my price?\n> it is 22 euro" in await office.types(nora, "it is 22 euro", AT + MINUTE)
    assert "Sent to Omar." in await office.types(nora, "yes", AT + 2 * MINUTE)
    assert "for Omar?" in await office.types(nora, "cant make it thursday omar, sorry", AT + DAY)
    [asked, *_] = await office.exchanges.waiting(omar)
    assert await office.words(asked) == ["omar can you look at my price?\nit is 22 euro"]


async def test_who_of_several_coaches_is_named_alone_hears_it(office: Office, omar: Person, nora: Person) -> None:
    ida = await office.coach("ida")
    await office.types(nora, "ida, is 22 euro too much?", AT)
    await office.types(nora, "yes", AT + MINUTE)
    assert await letters_to(office, ida) == ["Nora writes to you"]
    assert await letters_to(office, omar) == [], "whom nobody asked"
    [asked] = await office.exchanges.waiting(omar)
    await office.exchanges.answer(omar, asked.id, "Not for me", AT + HOUR)
    await office.exchanges.answer(ida, asked.id, "Nor for me", AT + 2 * HOUR)
    shown = await office.types(nora, "Ida and Omar, thank you both, 30?", AT + 3 * HOUR - MINUTE)
    assert "Is this for Omar and Ida?" in shown
    await office.types(nora, "no", AT + 3 * HOUR - MINUTE)
    assert "Is this for Ida?" in await office.types(nora, "ida yes got it?", AT + 3 * HOUR)
    shown = await office.types(nora, "omar how about 30?", AT + 3 * HOUR + MINUTE)
    assert "Is this for Omar?\n> omar how about 30?" in shown, "and not the words for Ida"
    assert "Sent to Omar." in await office.types(nora, "yes", AT + 3 * HOUR + 2 * MINUTE)
    assert await letters_to(office, ida) == ["Nora writes to you"]
    assert await letters_to(office, omar) == ["Nora writes"]
    assert "Is this for Omar?" in await office.types(nora, "or 31", AT + 3 * HOUR + 5 * MINUTE), "it goes on with him"


async def letters_to(office: Office, coach: Person) -> list[str]:
    """The titles of what they were sent."""
    found = await office.database.collection("outbox").find({"personId": coach.id}, sort=[("createdAt", 1)])
    return [Letter.of(each).read().cards[0].title for each in found]


async def test_tasks_are_the_agents_and_what_a_coach_asks_of_the_bot_is_for_the_bot(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    for words in ("write me a hook for my mug", "What is a hook?", "what did omar say", "delete my data", "where was i"):
        assert await office.types(nora, words, AT + HOUR) == ""
    zoe = await office.people.meet(actor("zoe"), AT)
    await office.exchanges.ask(zoe, "Which photo?", actor("zoe").direct, AT, event_id="e9", show=False)
    for words in (
        "who is waiting",
        "how is Zoe doing",
        "what should I write to the others",
        "settled with Zoe",
        "any news of the others?",
        "pair up Zoe and Nora",
    ):
        assert await office.types(omar, words, AT + HOUR) == ""
    assert "Is this for Zoe?" in await office.types(omar, "which one do you like", AT + HOUR)


async def test_a_coachs_words_are_never_offered_to_another_than_who_is_named(office: Office, omar: Person, nora: Person) -> None:
    await office.exchanges.ask(nora, "Which price?", actor().direct, AT, event_id="e1", show=False)
    for name in ("zoe", "finn"):
        await office.people.meet(actor(name), AT)
    for at, (words, who) in enumerate(
        (
            ("I think Zoe should print more of them", "Zoe"),
            ("Finn and Zoe, come ten minutes early", "Finn or Zoe"),
            ("hi Finn! did it go well", "Finn"),
            ("Zoe yes there will be one", "Zoe"),
            ("Nora, take 39", "Nora"),
        )
    ):
        shown = await office.types(omar, words, AT + (at + 1) * HOUR)
        assert any(f"Is this for {each}?" in shown for each in (who, " or ".join(reversed(who.split(" or "))))), words
    for words in ("everyone: please be on time", "how do i export the figures?", "what are my numbers"):
        assert await office.types(omar, words, AT + 9 * HOUR) == ""


async def test_thanks_where_nothing_is_open_call_nobody_and_more_words_go_on_with_a_wish(
    office: Office, omar: Person, nora: Person
) -> None:
    assert await office.types(nora, "thanks omar!", AT) == ""
    assert await office.exchanges.own(nora) == []
    await office.exchanges.ask(nora, "", actor().direct, AT, event_id="e1", show=False)
    assert "Is this for your coaches?" in await office.types(nora, "my kiln broke", AT + MINUTE)
    assert await office.types(nora, "remind me tomorrow to ring the shop", AT + 2 * MINUTE) == ""


async def test_a_students_thanks_go_where_their_own_wish_waits(office: Office, omar: Person, nora: Person) -> None:
    await office.exchanges.ask(nora, "I am late with module 1", actor().direct, AT, event_id="e1", show=False)
    assert "Sent to" in await office.types(nora, "thanks omar!", AT + MINUTE)
    assert len(await office.exchanges.own(nora)) == 1


async def test_thanks_are_carried_and_nobody_waits_for_an_answer_to_them(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    for at, words in enumerate(("ok", "Thank you", "thx omar 👍")):
        assert "Sent to Omar." in await office.types(nora, words, AT + 5 * MINUTE + at * MINUTE), "there is nothing to ask about"
    assert await office.types(nora, "Thank you", AT + 2 * HOUR) == "", "for what we told her since, perhaps"
    kept = await office.exchanges.one(nora, letter.id)
    assert (kept.waits, kept.next_show_at, len(kept.lines)) == (False, None, 4)
    assert "for Omar?" in await office.types(nora, "It did, twelve sold", AT + 5 * HOUR), "his letter has no answer yet"


async def posted(office: Office, to: Person, key: str, at: datetime) -> None:
    """A letter of that kind went out to them; the platform's id of it is its key."""
    outbox, words, org = OutboxRecord(office.database), Message("On Thursday at five"), to.organization_id
    letter = new_letter(f"{key}:{to.id}", actor().direct, words, organization_id=org, person_id=to.id, at=at)
    await outbox.add(letter)
    row = next(each for each in await outbox.claim("test", at, DAY, 9) if each.key == letter.key)
    await outbox.done(row, at, key)


async def announced(office: Office, coach: Person, to: Person, number: int, at: datetime) -> str:
    """What the coach wrote to everybody came to them; returns the platform's id of it."""
    record, id = AnnouncementRecord(office.database), f"ann_{number}"
    said = Announcement(
        id=id,
        person_id=coach.id,
        organization_id=coach.organization_id,
        cohort_id="coh_1",
        by_name=coach.name,
        words="On Thursday at five",
        to=To.DIRECT,
        zone="Europe/Berlin",
        created_at=at,
        changed_at=at,
    )
    await record.add(coach, said)
    await posted(office, to, id, at)
    return id


async def test_a_reply_to_a_letter_to_everybody_is_for_who_wrote_it_and_told_as_that(
    office: Office, omar: Person, nora: Person
) -> None:
    ida = await office.coach("ida")
    letter = await announced(office, omar, nora, 1, AT)
    shown = await office.types(nora, "I can't on Thursday", AT + DAY, replies_to=letter)
    assert "Is this for Omar?" in shown
    assert "Sent to Omar." in await office.types(nora, "yes please", AT + DAY + MINUTE)
    assert await office.types(nora, "ok!", AT + DAY + MINUTE, replies_to=letter) == ""
    assert await letters_to(office, omar) == ["Nora answers your letter to everybody"]
    assert await letters_to(office, ida) == []
    [kept] = await office.exchanges.waiting(ida)
    assert not kept.waits, "it asks for nothing"
    await office.exchanges.answer(nora, kept.id, "Will it be recorded?", AT + DAY + HOUR)
    [kept] = await office.exchanges.waiting(ida)
    assert (kept.waits, kept.next_show_at) == (True, AT + 2 * DAY + HOUR)


@pytest.mark.parametrize(
    ("words", "waits"),
    [
        ("ill be there!", False), ("I can't on Thursday", False), ("cant make it", False), ("blue teacup. 14 sold", False),
        ("what should i bring if my headline is not live yet", True), ("i need help with my photos, they look dark", True),
        ("can i come later", True), ("Will it be recorded?", True),
    ],
)  # fmt: skip
async def test_an_answer_to_everybodys_letter_waits_where_it_asks_something(
    office: Office, omar: Person, nora: Person, words: str, waits: bool
) -> None:
    await announced(office, omar, nora, 1, AT)
    await sends(office, nora, words, AT + HOUR)
    [kept] = await office.exchanges.waiting(omar)
    assert kept.waits is waits
    assert (kept.next_show_at is not None) is waits


async def test_the_first_words_below_a_letter_to_everybody_are_asked_about_once(
    office: Office, omar: Person, nora: Person
) -> None:
    await announced(office, omar, nora, 1, AT)
    for words in ("write me a hook", "thanks a lot", "haha nice", "hello", "whats next", SUGGESTED, "@Teacher what is a hook?"):
        assert await office.types(nora, words, AT + MINUTE) == "", words
    await posted(office, omar, "ann_1", AT)
    assert await office.types(omar, "I can't on Thursday", AT + MINUTE) == "", "coaches have no coach"
    await announced(office, omar, nora, 2, AT + HOUR)
    shown = await office.types(nora, "I can't on Thursday " + "because I travel " * 5, AT + HOUR + MINUTE)
    assert "Is this for Omar?" in shown
    assert "**" not in shown, "it may as well be for the agents"
    assert await office.types(nora, "no", AT + HOUR + 2 * MINUTE) == "Heard."
    await office.store.answered(nora, await office.last(nora), "director")
    assert await office.types(nora, "So what is the week about?", AT + HOUR + 3 * MINUTE) == "", "they are asked once"
    await announced(office, omar, nora, 3, AT + DAY)
    assert await office.types(nora, "I can't on Thursday", AT + DAY + 12 * HOUR + MINUTE) == "", "it is long ago"
    await announced(office, omar, nora, 4, AT + 2 * DAY)
    await posted(office, nora, "nudge_1", AT + 2 * DAY + MINUTE)
    assert await office.types(nora, "I can't on Thursday", AT + 2 * DAY + HOUR) == "", "something else came since"


async def sends(office: Office, who: Person, words: str, at: datetime) -> Message:
    """What they hear who type the words and press the first button."""
    await office.types(who, words, at)
    return await office.meant.send(press(who, at), who, await office.last(who), 0)


async def test_a_letter_to_everybody_that_came_after_a_coachs_own_is_thought_of_first(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    ida = await office.coach("ida")
    await announced(office, omar, nora, 9, AT + HOUR)
    assert "Sent to Omar." in message(await sends(office, nora, "We sold twelve", AT + 2 * HOUR))
    assert (await office.words(letter))[-1] == "We sold twelve", "he wrote both, and it may answer either"
    await office.exchanges.answer(omar, letter.id, "Lovely, and now?", AT + 3 * HOUR)
    await announced(office, ida, nora, 1, AT + DAY)
    assert "[Send it to Ida] [Send it to Omar] [No, it is for you]" in await office.types(nora, "cant make it", AT + DAY + MINUTE)
    assert "Sent to Ida." in await office.types(nora, "ida", AT + DAY + 2 * MINUTE)
    await office.exchanges.answer(omar, letter.id, "And the price?", AT + DAY + HOUR)
    assert "[Send it to Omar] [No, it is for you]" in await office.types(nora, "it is 22 now", AT + DAY + HOUR + MINUTE)


async def test_who_is_called_first_is_meant_and_not_of_whom_is_spoken(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    await office.coach("ida")
    assert "Is this for Ida?" in await office.types(nora, "Ida, can I ask you something about Omar?", AT + HOUR)
    assert "Is this for Ida?" in await office.types(nora, "Ida, is that what you think, Omar?", AT + HOUR)
    await office.types(nora, "no", AT + HOUR + MINUTE)
    for words in ("twelve of them, Omar", "Omar, twelve of them"):
        assert "Is this for Omar?" in await office.types(nora, words, AT + HOUR + 2 * MINUTE)
    shown = await office.types(nora, "omar are you there still?", AT + 9 * DAY)
    assert "Is this for Omar?" in shown
    assert "Sent to Omar." in await office.types(nora, "yes", AT + 9 * DAY + MINUTE)
    assert (await office.words(letter))[-1] == "omar are you there still?", "in what he wrote, though that is long ago"


async def test_an_answer_to_the_interview_is_the_last_message_alone(office: Office, nora: Person, letter: Exchange) -> None:
    await office.types(nora, "cant make it", AT + HOUR)
    await office.types(nora, "my figures are fine", AT + HOUR + MINUTE)
    assert await office.types(nora, "no", AT + HOUR + 2 * MINUTE) == "Heard."
    assert [each.text for each in office.questions.heard] == ["my figures are fine"]
    kept = [each for each in await office.loose.since(nora, AT) if each.words]
    assert [each.words for each in kept] == ["cant make it"], "its own question still stands"


async def test_who_hears_of_several_coaches_that_spoke_one_after_another(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    ida = await office.coach("ida")
    await office.exchanges.write(ida, nora, "And which flavour went first?", AT + MINUTE, event_id="e2")
    shown = await office.types(nora, "Plum, and yes, twelve", AT + HOUR)
    assert "Is this for Omar and Ida?" in shown
    assert "[Send it to Omar and Ida] [To Omar alone] [To Ida alone] [No, it is for you]" in shown
    assert "Is this for Omar and Ida?" in await office.types(nora, "Not the pear", AT + HOUR + MINUTE)
    assert "Sent to Omar and Ida." in await office.types(nora, "yes, both", AT + HOUR + 2 * MINUTE)
    assert await office.words(letter) == [
        *("Did the smaller price work?", "And which flavour went first?"),
        "Plum, and yes, twelve\nNot the pear",
    ]
    for coach in (omar, ida):
        told = [str(each["message"]) for each in await office.database.collection("outbox").find({"personId": coach.id})]
        assert len([each for each in told if "Not the pear" in each]) == 1
        assert "Is this for Nora?" in await office.types(coach, f"Plum it is, says {coach.name}", AT + 2 * HOUR)
    for coach in (omar, ida):
        await office.exchanges.answer(coach, letter.id, f"Good, says {coach.name}", AT + 2 * HOUR + MINUTE)
    assert "Sent to Omar and Ida." in await office.types(nora, "thanks!", AT + 2 * HOUR + 9 * MINUTE), "unasked"
    await office.exchanges.take(ida, letter.id, AT + 3 * HOUR, over=True)
    await office.exchanges.answer(ida, letter.id, "More plum then", AT + 3 * HOUR)
    assert "Is this for Ida?" in await office.types(nora, "On it from Monday", AT + 4 * HOUR), "she alone spoke since"


async def test_a_file_stays_here_and_its_words_may_go(office: Office, nora: Person, letter: Exchange) -> None:
    photo = File("jar.png", "image/png", source="https://files.example/jar.png")
    shown = await office.meant.hear(replace(spoken("This one", AT + HOUR), files=(photo,)), nora)
    assert isinstance(shown, Message)
    assert "The words alone: files I cannot hand on." in message(shown)
    await office.meant.hear_on(press(nora, AT + HOUR), nora, await office.last(nora))
    assert [each.name for each in office.agents.heard[0].files] == ["jar.png"]


async def test_in_the_thread_below_the_question_words_are_like_those_above_it(
    office: Office, nora: Person, letter: Exchange
) -> None:
    def below(words: str, thread: str, at: datetime) -> Said:
        return replace(spoken(words, at), address=replace(actor().direct, thread=thread), replies_to=thread)

    first = replace(below("It did", "t1", AT + HOUR), replies_to="")
    assert await office.meant.hear(first, nora) is not None
    assert await office.meant.hear(below("and twelve sold", "another", AT + HOUR + MINUTE), nora) is None, "an agent's thread"
    assert await office.meant.hear(below("and twelve sold", "t1", AT + HOUR + MINUTE), nora) is not None
    await office.meant.send(press(nora, AT + HOUR + 2 * MINUTE), nora, await office.last(nora), 0)
    assert await office.meant.hear(below("on Saturday alone", "t1", AT + HOUR + 3 * MINUTE), nora) is not None


async def test_what_is_changed_after_it_was_sent_is_told(office: Office, omar: Person, nora: Person, letter: Exchange) -> None:
    await office.types(nora, "It did, 21 sold", AT + HOUR)
    await office.types(nora, "yes, for Omar", AT + HOUR + MINUTE)
    account, event = actor(), f"It did, 21 sold {AT + HOUR}"
    rewording = Rewording(ExchangeRecord(office.database), office.people, OutboxRecord(office.database))
    for who in (omar, nora, nora):
        change = Reworded(id="c", actor=account, address=account.direct, at=AT + 2 * HOUR, of=event, text="It did, 12 sold")
        await rewording.reworded(change, who)
    assert await office.words(letter) == ["Did the smaller price work?", "It did, 12 sold"]
    told = [str(each["message"]) for each in await office.database.collection("outbox").find({"personId": omar.id})]
    assert sum("Nora changed what they wrote" in each for each in told) == 1


async def test_a_letter_that_its_writer_settled_is_answered_below_all_the_same(
    office: Office, omar: Person, nora: Person, letter: Exchange
) -> None:
    await office.exchanges.close(omar, letter.id, AT + MINUTE)
    await office.types(nora, "It did", AT + HOUR)
    await office.meant.send(press(nora, AT + HOUR), nora, await office.last(nora), 0)
    assert await office.words(letter) == ["Did the smaller price work?", "It did"]
    await office.exchanges.close(nora, letter.id, AT + 2 * HOUR)
    assert await office.types(nora, "A hook for jam", AT + 2 * HOUR) == "", "she is done with it"


def test_what_the_buttons_carry_fits_behind_any_button() -> None:
    said = "msg_01jc0000000000000000000000"
    for each in (Call(SEND, {"said": said, "to": "2"}), Call(NOT_MEANT, {"said": said})):
        assert len(each.command) + sum(len(f"{name}{value}") for name, value in each.values.items()) < 70
