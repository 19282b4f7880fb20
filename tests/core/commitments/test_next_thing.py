"""What is typed below “What is the next thing, and by when?”, and what of it is kept as the next promise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.chat.loose import LooseTalk
from core.commitments.model import CommitmentState
from core.commitments.next_thing import AskedFor, NextThing, next_thing
from core.commitments.service import Commitments
from core.meanwhile import Meanwhile
from core.people.model import Person
from core.plain import message as plain
from core.request import Said
from core.ui import Answer, Form, Message
from persistence.commitments import CommitmentRecord
from persistence.conversations import ConversationsRecord
from persistence.documents import Database
from tests.core.conftest import AT
from tests.core.exchanges.test_suggesting import Waking
from tests.students import DISCORD, OMAR, met, said

TODAY = AT.date()
BOXES = "photograph the new boxes by Friday"


def typed(text: str, minutes: float = 10) -> Said:
    return Said(id="evt", actor=DISCORD, address=DISCORD.direct, at=AT + timedelta(minutes=minutes), text=text)


class Done:
    """A student who has done what they promised at `AT`; the test says who else talks with them."""

    def __init__(self, database: Database, student: Person) -> None:
        self.commitments = Commitments(CommitmentRecord(database), Waking())
        self.student, self.database = student, database
        self.letters: list[datetime] = []
        self.week: AskedFor | None = None
        self.weeks: list[str] = []
        self.offers: list[str] = []
        self.practice = False
        self.coaches: list[Person] = []

    async def did(self, state: CommitmentState = CommitmentState.DONE) -> None:
        kept = await self.commitments.promise(self.student, "Ring three shops", TODAY, AT - timedelta(days=1), "first")
        await self.commitments.settle(self.student, kept.id, state, AT)

    async def told(self, words: Said) -> Answer:
        async def names(_: Person, text: str) -> bool:
            return "teacher" in text.casefold()

        async def letters(_: Person, at: datetime) -> Sequence[datetime]:
            return [each for each in self.letters if each >= at]

        async def coaches(_: Person) -> Sequence[Person]:
            return self.coaches

        talk = LooseTalk(ConversationsRecord(self.database))
        meanwhile = Meanwhile(names, letters, talk, practice=self.practice)
        hearing = NextThing(self.commitments, coaches, meanwhile, self)
        return await hearing.hear(words, self.student)

    async def asked(self, said: Said, person: Person) -> AskedFor | None:
        return self.week

    async def answered(self, asked: AskedFor, person: Person, at: datetime) -> None:
        self.weeks.append(asked.id)

    async def offered(self, thing: str, person: Person, at: datetime) -> None:
        self.offers.append(thing)

    async def hears(self, words: Said) -> str:
        """What is answered, or "" where it is for somebody else."""
        answer = await self.told(words)
        assert answer is None or isinstance(answer, Message)
        return plain(answer) if answer else ""

    async def open_ones(self) -> list[tuple[str, str]]:
        kept = await self.commitments.kept(self.student, AT)
        return [(each.what, each.local_date) for each in kept if each.open]


@pytest.fixture
async def done(database: Database) -> Done:
    return Done(database, await met(database, DISCORD))


async def test_what_they_want_to_write_next_is_theirs_to_write(done: Done) -> None:
    await done.did()
    told = await done.hears(typed("next i want to write 3 hooks by wednesday", 90))
    assert "Noted: write 3 hooks, by Wednesday 4 March. I ask you about it that day." in told


async def test_what_is_named_with_its_day_soon_after_something_was_done_is_the_next_promise(done: Done) -> None:
    await done.did()
    told = await done.hears(typed(BOXES, 90))
    assert "Noted: photograph the new boxes, by Friday 6 March. I ask you about it that day." in told
    assert "My commitments" in told
    assert await done.hears(typed(BOXES, 90)), "the same message, sent once more by the platform"
    assert await done.open_ones() == [("photograph the new boxes", "2026-03-06")]
    assert await done.hears(typed("ring the printer by Monday", 95)) == "", "the question is answered"


async def test_of_two_days_it_is_asked_which_as_commit_asks(done: Done) -> None:
    await done.did()
    form = await done.told(typed("photograph the new boxes by Monday"))
    assert isinstance(form, Form)
    assert form.asks == {"by"}
    assert form.values["what"] == "photograph the new boxes"


async def test_where_nothing_was_done_just_now_nobody_asked(done: Done) -> None:
    assert await done.hears(typed(BOXES)) == ""
    await done.did(CommitmentState.GIVEN_UP)
    assert await done.hears(typed(BOXES)) == ""


@pytest.mark.parametrize(
    ("words", "thing"),
    [
        ("ill do my foundation by friday", "do my foundation by friday"),
        ("i will finish headlines by wed", "finish headlines by wed"),
        ("I'm going to photograph the boxes by Friday", "photograph the boxes by Friday"),
    ],
)
async def test_what_somebody_says_of_their_own_accord_is_offered_and_not_kept(done: Done, words: str, thing: str) -> None:
    told = await done.hears(typed(words))
    assert f"Shall I note that, and ask you about it on its day? {thing}." in told.replace("*", "")
    assert "[Note it]" in told
    assert done.offers == [thing], "a yes below it is for that"
    assert await done.open_ones() == []
    done.letters = [AT]
    assert await done.hears(typed(words)) == "", "it may be for whoever wrote"


@pytest.mark.parametrize(
    "words",
    [
        *("I will be away until friday", "ill until friday", "I will not finish by friday", "we will sell more by friday"),
        *(
            "ring the printer by friday",
            "will I finish by friday?",
            "I will think about it",
            "Teacher I will do it by friday",
        ),
    ],
)
async def test_what_is_no_plain_promise_is_for_the_agents_where_nobody_asked(done: Done, words: str) -> None:
    assert await done.hears(typed(words)) == ""


async def test_it_is_for_others_later_in_company_with_a_file_or_to_somebody_by_name(done: Done, database: Database) -> None:
    await done.did()
    done.coaches = [await met(database, OMAR)]
    for words in (
        typed(BOXES, 121),
        replace(typed(BOXES), direct=False),
        replace(typed(BOXES), addressed=False),
        typed("Teacher, photograph the new boxes by Friday"),
        typed("Thanks Omar, the new boxes by Friday"),
    ):
        assert await done.hears(words) == "", words.text
    done.letters = [AT + timedelta(minutes=5)]
    assert await done.hears(typed(BOXES)) == "", "somebody wrote to them"
    done.letters = [AT - timedelta(minutes=5)]
    assert "Noted" in await done.hears(typed(BOXES))


async def test_in_a_talk_with_an_agent_since_or_below_one_it_is_for_the_agents(done: Done, database: Database) -> None:
    await done.did()
    await said(database, done.student, DISCORD.direct, "thanks!", AT + timedelta(minutes=2))
    assert await done.hears(replace(typed(BOXES), replies_to="M1")) == "", "in the thread of a talk"
    await said(database, done.student, DISCORD.direct, "How do I light a photograph?", AT - timedelta(minutes=2))
    assert "Noted" in await done.hears(typed(BOXES, 3)), "thanks open no talk, and what was asked before is over"


async def test_after_words_to_an_agent_it_is_for_the_agents(done: Done, database: Database) -> None:
    await done.did()
    await said(database, done.student, DISCORD.direct, "How do I light a photograph?", AT + timedelta(minutes=2))
    assert await done.hears(typed(BOXES)) == ""


WEEK = AskedFor("ndg_week", AT)


async def test_below_the_reminder_that_asks_what_the_week_is_for_it_is_noted_as_well(done: Done) -> None:
    done.week = WEEK
    assert await done.hears(typed("what is my focus product by thursday?", 60 * 5)) == ""
    assert "Noted: choose my focus product, by Thursday 5 March" in await done.hears(
        typed("ill choose my focus product by thursday", 60 * 5)
    )
    assert done.weeks == [WEEK.id]
    assert await done.hears(typed("ring the printer by Friday", 60 * 5 + 5)) == "", "it has its answer"


async def test_what_the_week_is_for_may_be_said_in_a_sentence_around_it(done: Done) -> None:
    done.week = WEEK
    told = await done.hears(typed("oh that would be the interview, finish it by thursday night", 60))
    assert "Noted: the interview, by Thursday 5 March" in told
    assert await done.open_ones() == [("the interview", "2026-03-05")]


async def test_an_answer_to_the_week_goes_on_after_something_else_was_done(done: Done) -> None:
    await done.did()
    done.week = replace(WEEK, at=AT - timedelta(minutes=60))
    assert "Noted" in await done.hears(typed(BOXES, 60 * 5)), "longer ago than a done is answered"
    assert done.weeks == [WEEK.id]


async def test_below_the_week_it_is_for_others_after_a_letter_or_a_talk_unless_it_is_a_reply(
    done: Done, database: Database
) -> None:
    done.week, done.letters = WEEK, [AT + timedelta(minutes=5)]
    assert await done.hears(typed(BOXES)) == "", "somebody wrote to them"
    done.letters = []
    await said(database, done.student, DISCORD.direct, "choose my focus product", AT + timedelta(minutes=6))
    assert await done.hears(typed(BOXES)) == "", "an agent may have asked"
    done.week = replace(WEEK, replied=True, talked=True)
    assert await done.hears(typed(BOXES)) == "", "in the thread of a talk"
    done.week = replace(WEEK, replied=True)
    assert await done.hears(typed("Teacher, the new boxes by Friday")) == ""
    assert "Noted" in await done.hears(replace(typed(BOXES), replies_to="M1"))


async def test_where_no_key_is_set_nobody_is_in_a_talk(done: Done, database: Database) -> None:
    done.week, done.practice = WEEK, True
    await said(database, done.student, DISCORD.direct, "choose my focus product", AT + timedelta(minutes=6))
    assert "Noted" in await done.hears(typed("choose my focus product by thursday"))


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        *(
            (each, each)
            for each in ("Hook by Friday", "finish the page tomorrow", "my product photos by 6 March", "ring Sam in 3 days")
        ),
        *((each, each) for each in ("photos, boxes and labels by Friday", "write the hook and post it tomorrow")),
        *(
            (each, "photograph the boxes by Friday")
            for each in (
                "I'll photograph the boxes by Friday",
                "Will photograph the boxes by Friday.",
                "ill photograph the boxes by Friday",
                "im going to photograph the boxes by Friday",
                "to photograph the boxes by Friday, thanks",
                "Thanks! Next: photograph the boxes by Friday \N{PARTY POPPER}",
                "ok, photograph the boxes by Friday :tada:",
                "Great. I will photograph the boxes by Friday",
            )
        ),
        *(
            (each, "the interview by friday")
            for each in (
                "that would be the interview by friday",
                "that'd be the interview by friday",
                "it's the interview, to have it finished by friday",
                "the one thing is the interview, i'll finish it by friday",
            )
        ),
        ("It will be the interview, get it done by friday evening", "the interview by friday evening"),
        ("oh, the interview, finish it by friday night", "the interview by friday night"),
        ("the market grid, by wed night", "the market grid, by wed night"),
        ("I'll do the market grid by thurs eve", "do the market grid by thurs eve"),
        *((each, each) for each in ("finish the interview by friday night", "market grid by fri noon", "market grid by sat am")),
        ("Photograph the boxes. By Friday.", "Photograph the boxes By Friday"),
        ("finish my checklist by Friday", "finish my checklist by Friday"),
    ],
)
def test_a_thing_and_its_day_are_heard_however_they_are_said(text: str, thing: str) -> None:
    assert next_thing(text, TODAY) == thing


@pytest.mark.parametrize(
    "text",
    [
        *("photograph the boxes", "nothing for now", "that was all", "don't know yet", "later", "hello", "thanks", "Friday"),
        *("photograph the boxes by Friday?", "what is due by Friday", "is there a call on Friday", "how do I begin tomorrow"),
        *(
            "@Sam the boxes by Friday",
            "gonna be away on Friday",
            "/commit the boxes by Friday",
            "remind me to call Sam tomorrow",
            "write me a hook by Friday",
        ),
        *("that would be great by Friday", "it's raining by Friday", "that would be it by Friday", "finish it by Friday night"),
        *("that would be the question, how do I finish it by Friday", "it's the customers, they want it by Friday"),
        *("that's the day I am away, do it by Friday?", "that would be the market, it opens by Friday"),
        *("thanks, bye until Friday", "see you on Friday", "talk tomorrow", "let's talk tomorrow", "have a nice weekend"),
        *(
            "nothing until Friday",
            "nothing by Friday",
            "not before Monday",
            "maybe the boxes by Friday",
            "I won't be here on Friday",
        ),
        *(
            "finished the boxes today",
            "sold 3 boxes today",
            "the printer comes on Friday",
            "I am away until Friday",
            "sunny today",
        ),
        *("ill today", "ill with flu by Friday", "im ill today", "ill on Friday"),
        *("see you wed night", "raining wed night", "closed fri noon", "market grid wed night?", "sold two jars fri night"),
        *("working on it today", "too tired today", "my coach said by Friday", "it's raining today", "more on Monday"),
        *("do it tomorrow", "will do it by Friday", "by Friday", "call Sam by yesterday", "call Sam by the 45th"),
        *(
            "the boxes by Friday and the labels by Monday",
            "I need to talk to a person by Friday",
            f"{'very ' * 15}long by Friday",
        ),
        f"post it {'!' * 400} by Friday",
    ],
)
def test_what_asks_thanks_tells_or_has_no_day_is_no_promise(text: str) -> None:
    assert next_thing(text, TODAY) == ""
