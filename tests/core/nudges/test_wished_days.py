"""A day wished for what was promised, with a word that it is not done and reasons around: what is heard, and what is left."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.people.model import Person
from persistence.documents import Database
from tests.core.conftest import AT
from tests.core.nudges.asking import Asking, direct
from tests.core.others import Words
from tests.students import DISCORD, met

NEXT_MORNING = 60 * 13 + 30
"""Later than other words may be about the question."""


@pytest.fixture
async def student(database: Database) -> Person:
    return await met(database, DISCORD)


@pytest.fixture
def asking(database: Database, student: Person) -> Asking:
    return Asking(database, student)


@pytest.mark.parametrize(
    "words",
    [
        "didn't manage it, mum was in hospital yesterday (she's fine), can we say Friday instead",
        "didn't manage it, can we say Friday instead",
        "almost. 5 question left. friday ok?",
        "not yet, friday",
        "not yet (mum is ill), friday?",
        "honestly no, half done — can we make it friday? had a mad weekend with the market stall",
        "couldn't, the kiln broke. could it be friday?",
        "no chance, the kids are ill, friday then?",
        "didn't get to it, is friday ok?",
        "didnt get round to it, lets say friday",
        "ran out of time, push to friday",
        "forgot, give me till friday",
        "Forgot!! Sorry. Make it friday pls",
        "not happening today, friday instead",
        "no time this week, can we move it to friday",
        "missed it, sorry, friday please",
        "failed, friday?",
        "nope. two orders came in. could we make it friday?",
        "sorry no, the courier was late, can we push it to friday",
        "didn't manage it can we say friday",
        "I didn't manage, busy with the stall, so friday",
        "we couldn't do it, the light was bad, let's make it friday",
        "i haven't managed it yet, my boy was sick, would friday work?",
        "not done, child was sick and i was at the doctor, new day friday",
        "it's not done yet. long day. how about friday?",
        "no time, sorry (the stall was packed!) — friday ok",
        "haven't finished the photos, the camera died. is friday possible?",
        "had no time, can I have until friday",
        "unfortunately not done. friday",
        "tbh no time at all, mum visited. give me to friday",
        "didn't happen. friday then",
        "out of time today, postpone it to friday please",
        "half done, the rest friday",
        "nearly! two questions left, can we say friday?",
        "still working on it, slow week. friday",
        "mum was in hospital. didn't manage it. friday ok?",
        "can we say friday instead? didn't manage it, kids were off school",
        "friday ok? didn't get to it, mad day",
        "no energy after the market, not done, let's do friday",
        "friday ok?",
        "is friday ok",
        "could it be friday",
        "let's say friday",
        "friday then?",
        "push to friday",
        "give me till friday",
        "make it friday pls",
        "would friday be ok?",
    ],
)
async def test_a_no_with_reasons_and_one_day_moves_it_to_that_day_the_next_morning_too(asking: Asking, words: str) -> None:
    await asking.about("Ring three shops")
    assert "by Friday 6 March" in await asking.hears(direct(words, NEXT_MORNING))


@pytest.mark.parametrize(
    "words",
    [
        "didn't manage it, friday or saturday?",
        "didn't manage it, either friday or saturday, which?",
        "didn't manage it, how do I do it by friday?",
        "didn't manage it, can you write it for me by friday?",
        "didn't manage it, can we talk on friday?",
        "didn't manage it, is there a call on friday?",
        "didn't manage it, what happens if I do it friday",
        "didn't manage it, remind me again friday. write me a hook",
        "couldn't open the friday worksheet, is it broken?",
        "couldn't find it, where is the friday call?",
        "failed, the upload says error, why?",
        "failed to log in, can you help me before friday",
        "forgot my password, friday's call is where?",
        "I forgot what a hook is",
        "no chance to win customers on friday",
        "no time for ads, what else works by friday?",
        "missed the call, is there a recording?",
        "I missed it, what did the coach say on friday?",
        "ran out of time at the market on friday",
        "I ran out of stock on friday",
        "didn't get it, can you explain again by friday?",
        "I didn't get it",
        "I didn't get it, friday was too fast",
        "nope, sold nothing on friday",
        "sorry no idea what to post on friday",
        "is friday ok for the call?",
        "is friday a good day to post?",
        "is it friday?",
        "could it be friday that people buy most?",
        "let's say friday is best for posts, what then?",
        "can we say friday deal in the hook?",
        "make it friday themed please",
        "give me till friday prices",
        "push to friday followers?",
        "friday then saturday, which first?",
        "the market is on friday, ok?",
        "not yet sure what to charge, friday's stall was empty",
        "half price on friday, ok?",
        "nearly friday, what should I post?",
        "not done with my price yet, what do you think about friday?",
        "haven't tried reels, should I on friday?",
        "can we move the call to friday?",
        "didn't manage it, if not friday, when?",
        "couldn't sell any, send me ideas for friday",
        "no, can you ask my coach whether friday works?",
    ],
)
async def test_what_asks_for_more_or_names_no_one_day_is_left_to_the_agents(asking: Asking, words: str) -> None:
    [kept] = await asking.about("Ring three shops")
    assert await asking.hears(direct(words, NEXT_MORNING)) == ""
    assert (await asking.commitments.one(asking.student, kept.id)).local_date == AT.date().isoformat()


async def test_it_is_for_whoever_wrote_or_was_talked_with_since(asking: Asking) -> None:
    await asking.about("Ring three shops")
    words = direct("didn't manage it, mum was ill, can we say friday instead")
    asking.letters = [AT + timedelta(minutes=5)]
    assert await asking.hears(words) == ""
    asking.letters, asking.talk = [], [Words(AT + timedelta(minutes=5))]
    assert await asking.hears(words) == ""
    asking.talk = []
    assert "by Friday 6 March" in await asking.hears(words)


@pytest.mark.parametrize(
    "words",
    [
        "didn't manage it, maybe friday, maybe saturday",
        "didn't manage it, mum was in hospital",
        "didn't get round to it",
        "no time, sorry",
        "missed it",
    ],
)
async def test_without_a_day_it_is_asked_for_one(asking: Asking, words: str) -> None:
    await asking.about("Ring three shops")
    assert "When is it likely now" in await asking.hears(direct(words, NEXT_MORNING))
