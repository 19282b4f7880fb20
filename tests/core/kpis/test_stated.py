"""Figures that are typed plainly, with nothing of ours above them: read back as /kpi log does, and saved with a yes alone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.help.taken import are_figures
from core.kpis.agreeing import ReadBackAnswered
from core.kpis.hearing import ANSWERING, REMINDED, FiguresAgain, FiguresStated
from core.kpis.ports import AskedFor, Wrote
from core.kpis.service import Snapshots
from core.kpis.stated import stated
from core.people.model import Person
from core.plain import message
from core.request import Said
from core.roles import Role
from core.ui import Form, Message
from tests.core.course.world import ACTOR, ADDRESS, NOON, Student, pressables
from tests.core.kpis.world import METRICS, logged, logging_student
from tests.core.others import Others, Words

TODAY = NOON.date()
PLAIN = "last week 9 orders and 14 leads"
SAID = Said(id="evt", actor=ACTOR, address=ADDRESS, at=NOON, text=PLAIN)
HOUR = timedelta(hours=1)


@dataclass
class Came:
    """Implements `core.kpis.ports.CameLately` and `core.ports.Question`, as the test says."""

    reminded_at: datetime | None = None
    for_figures: bool = True
    all_at: datetime | None = None
    question_at: datetime | None = None
    wrote: tuple[Wrote, ...] = ()
    asked: AskedFor | None = None

    async def letters(self, person: Person, since: datetime) -> Sequence[Wrote]:
        return [each for each in self.wrote if each.at > since]

    async def reminded(self, person: Person, since: datetime) -> tuple[datetime, bool] | None:
        return (self.reminded_at, self.for_figures) if self.reminded_at and self.reminded_at > since else None

    async def asked_for(self, said: Said, person: Person, since: datetime) -> AskedFor | None:
        return self.asked if self.asked and (self.asked.at > since or self.asked.replied) else None

    async def wrote_to_all(self, person: Person, since: datetime) -> bool:
        return self.all_at is not None and self.all_at > since

    async def asked_at(self, person: Person) -> datetime | None:
        return self.question_at


NOTHING = Came()
REMINDER = Came(NOON - HOUR)


def others(*typed: Words, letters: Sequence[datetime] = (), practice: bool = False) -> Others:
    """Who talks with them, and writes to them."""
    found = Others()
    found.talk, found.letters, found.talks_here, found.practice = [*typed], [*letters], "cnv", practice
    return found


ALONE = others()
TELLS = partial(are_figures, metrics=METRICS)


@pytest.fixture
async def nora(tmp_path: Path) -> AsyncIterator[Student]:
    async with logging_student(tmp_path) as student:
        yield student


async def _snapshots(snapshots: Snapshots) -> Snapshots:
    return snapshots


async def _hears(nora: Student, said: Said | str, came: Came = NOTHING, also: Others = ALONE) -> str:
    """What is answered, or "" where the words are for somebody else."""
    snapshots = await nora.services.call(_snapshots)
    words = replace(SAID, text=said) if isinstance(said, str) else said
    answer = await FiguresStated(snapshots, also.meanwhile, came, came, TELLS).hear(words, nora.person)
    assert answer is None or isinstance(answer, Message)
    return message(answer) if answer else ""


HEARD = [
    PLAIN,
    "last week 9 orders",
    "9 orders last week",
    "past week 9 orders",
    "we had 9 orders last week",
    "last week we had 3 orders",
    "hi, last week we got 14 leads and 9 orders",
    "i got 14 leads and 9 orders last week!",
    "ok last week 14 leads, thanks",
    "Last week: 9 orders, 14 leads, revenue €380",
    "last month ctr 2,1%, opt-in 18%, leads 240",
    "in the last 30 days we had 31 orders",
    "conversion 3% last month",
    "roas 3.2 last month",
    "this month so far 14 leads",
    "so far this month 9 orders and 14 leads",
    "this week so far 14 leads",
    "october 9 orders",
    "9 orders in october",
    "March 2026: 31 orders",
    "orders 9, leads 14",
    "9 orders and 14 leads",
    "revenue 380 from 9 orders",
    "- 9 orders\n- 14 leads",
    "last week\norders: 9\nleads: 14",
    "9 orders & 14 leads last week",
    "last week 1 order and 3 leads",
    "nine orders and 2 leads last week",
    "last week 12 sales and 14 leads",
    "5% reviews and 9 orders last month",
    "last week's numbers: orders 9, leads 14",
    "my figures for last week: 9 orders, cpl £3.20",
    "here are my numbers: ctr 2.1% leads 240",
    "numbers: orders 9",
    "stats: leads 14",
    "last week: 6 order, omzet 270 euro, visitors 410",
    "last week 6 order",
    "1 order last week and 14 leads",
    "3 order and 2 leads last week",
    "visitor 410, 6 order last week",
    "410 visitors and 6 orders last week",
    "last week 200 visits and 9 orders",
    "log 9 orders",
    "please log leads 14",
    "log this week 9 orders",
    "kpi log leads 14",
]


@pytest.mark.parametrize("words", HEARD)
def test_words_that_are_nothing_but_figures_are_known(words: str) -> None:
    found = stated(words, METRICS, TODAY)
    assert found is not None
    assert found.sure


LEFT = [
    "i sold 12 boxes last week",
    "we got 14 leads from the fair, is that good?",
    "my goal is 20 orders",
    "9 orders need packing today",
    "order 1423 is late",
    "order 1423 last week",
    "order 1423 and 14 leads",
    "order 6 last week",
    "last week 6 order 7",
    "6 order 1423 last week",
    "6 order",
    "last week 410 visitors",
    "visitors 410 and views 900 last week",
    "9 orders and my visitors last week",
    "i have 2 kids and 14 orders to pack",
    "last week was hard",
    "orders 9?",
    "9 orders",
    "14 leads",
    "leads 14",
    "we have 9 orders",
    "20 orders by april",
    "20 orders by 5 april",
    "9 orders to 5 april",
    "i want 14 leads next week",
    "next week 14 leads and 9 orders",
    "this week 20 orders",
    "this week 14 leads and 9 orders",
    "14 leads and 9 orders this month",
    "june 20 orders",
    "20 orders and 40 leads for may",
    "20 orders in april",
    "plan: 9 orders and 14 leads",
    "target 14 leads last month",
    "if we had 9 orders and 14 leads",
    "9 orders and 14 leads would be great",
    "about 14 leads last week",
    "last week ~14 leads",
    "+14 leads last week",
    "orders up 9 last week",
    "orders 14% more than last week",
    "we lost 9 orders last week",
    "9 returned orders last week",
    "we got 2 reviews and 3 orders",
    "3 referrals last week",
    "2 cancellations and 9 orders last week",
    "5 stars last week",
    "i spend 200 last week",
    "i repeat, 9 orders last week",
    "are 9 orders and 14 leads good",
    "is 9 orders last week ok",
    "why only 9 orders last week",
    "only 9 orders last week",
    "9 orders a day last week",
    "9 orders per week and 14 leads",
    "9 orders last week and i am tired",
    "last week 9 orders, mostly jars",
    "the 9 orders last week were late",
    "leads were 14 not 12 last week",
    "sorry, 9 orders last week",
    "not 9 orders last week",
    "don't log 9 orders last week",
    "should i log 9 orders last week",
    "could be 9 orders last week",
    "log in with 9 orders",
    "write a hook for 9 orders and 14 leads",
    "what do 9 orders and 14 leads mean",
    "@teacher last week 9 orders and 14 leads",
    "/kpi log leads 14",
    "module 3 last week",
    "10 headlines for last week",
    "ctr same as last week",
    "14 clicks last week",
    "last week 12 sales",
    "9 orders today",
    "yesterday 9 orders and 14 leads",
    "14 leads since monday",
    "5 leads and 2 friends last week",
    "I had 3 calls and 9 orders last week",
    f"{PLAIN}\n" * 20,
]


@pytest.mark.parametrize("words", LEFT)
async def test_words_that_may_be_anything_else_are_left(nora: Student, words: str) -> None:
    assert await _hears(nora, words) == ""


@given(
    st.lists(st.sampled_from(["9", "orders", "5%", "reviews", "last week", "so far", "log", "-", "add to", "cart", "\n", "’s"]))
)
def test_no_words_break_the_ear(words: list[str]) -> None:
    found = stated(" ".join(words), METRICS, TODAY)
    assert found is None or found.typed.keys() <= METRICS.by_field.keys()


@pytest.mark.parametrize("practice", [True, False])
async def test_they_are_read_back_and_a_yes_saves_them(nora: Student, practice: bool) -> None:
    also = others(practice=practice)
    shown = await _hears(nora, PLAIN, also=also)
    assert ("Orders" in shown, "last 7 days" in shown) == (True, True)
    assert "Nothing is logged yet" in await nora.text("kpi report")
    snapshots = await nora.services.call(_snapshots)
    answering = ReadBackAnswered(snapshots, also.meanwhile, _nothing_came)
    saved = await answering.hear(replace(SAID, text="yes", at=NOON + timedelta(minutes=1)), nora.person)
    assert isinstance(saved, Message)
    assert "Saved for" in message(saved)
    assert "14" in await nora.text("kpi report")


async def _nothing_came(person: Person, since: datetime) -> Sequence[object]:
    return ()


async def test_it_is_what_kpi_log_says_to_them(nora: Student) -> None:
    logged = message(await nora.message("kpi log", PLAIN))
    assert (await _hears(nora, f"my figures {PLAIN}")).splitlines()[:4] == logged.splitlines()[:4]


async def test_what_no_figure_can_be_is_left(nora: Student) -> None:
    assert await _hears(nora, "leads 10% last week") == ""


async def test_a_month_that_is_not_over_is_asked_about_and_not_taken_for_the_one_before(nora: Student) -> None:
    snapshots = await nora.services.call(_snapshots)
    said = replace(SAID, text="this month so far 14 leads")
    form = await FiguresStated(snapshots, ALONE.meanwhile, NOTHING, NOTHING, TELLS).hear(said, nora.person)
    assert isinstance(form, Form)
    assert "April 2026 is not over yet" in " ".join(form.problems.values())


@pytest.mark.parametrize(
    "said",
    [
        replace(SAID, direct=False),
        replace(SAID, addressed=False),
        replace(SAID, replies_to="an agent's words", replies_to_at=NOON - 3 * HOUR),
        replace(SAID, text=f"Guide {PLAIN}"),
    ],
    ids=["others read along", "not for us", "a reply to an agent", "an agent is called"],
)
async def test_they_are_heard_in_direct_messages_and_for_nobody_else(nora: Student, said: Said) -> None:
    assert await _hears(nora, said) == ""


@pytest.mark.parametrize(
    ("came", "also"),
    [
        (NOTHING, others(letters=[NOON - HOUR])),
        (NOTHING, others(letters=[NOON - ANSWERING])),
        (NOTHING, others(letters=[NOON - HOUR], practice=True)),
        (NOTHING, others(Words(NOON - timedelta(minutes=20)))),
        (Came(question_at=NOON - HOUR), ALONE),
        (Came(all_at=NOON - HOUR), ALONE),
        (Came(NOON - 2 * HOUR, all_at=NOON - HOUR), ALONE),
    ],
    ids=["letter", "letter in the morning", "no key", "talk", "interview", "letter to all", "letter to all after a reminder"],
)
async def test_whoever_else_may_wait_for_them_has_them(nora: Student, came: Came, also: Others) -> None:
    assert await _hears(nora, PLAIN, came, also) == ""


@pytest.mark.parametrize(
    "also",
    [
        others(letters=[NOON - ANSWERING - HOUR]),
        others(Words(NOON - HOUR)),
        others(Words(NOON - timedelta(minutes=5), little=True)),
        others(Words(NOON - timedelta(minutes=5)), practice=True),
    ],
    ids=["an old letter", "a talk that is over", "thanks", "no key"],
)
async def test_what_is_over_keeps_nobody_from_hearing_them(nora: Student, also: Others) -> None:
    assert await _hears(nora, PLAIN, also=also) != ""


@pytest.mark.parametrize(
    "words", ["14 leads", "leads 14", "we have 9 orders", "this week 20 orders", "last week 9 orders", PLAIN]
)
async def test_below_a_reminder_for_figures_one_figure_is_enough(nora: Student, words: str) -> None:
    assert await _hears(nora, words, REMINDER) != ""


@pytest.mark.parametrize(
    "words",
    ["14 leads?", "order 1423", "i sold 12 boxes", "14 leads were lost", "my goal is 14 leads", "2 reviews", "later", "14"],
)
async def test_below_a_reminder_too_other_words_are_left(nora: Student, words: str) -> None:
    assert await _hears(nora, words, REMINDER) == ""


@pytest.mark.parametrize(
    ("came", "also"),
    [
        (Came(NOON - REMINDED - HOUR), ALONE),
        (Came(NOON - HOUR, for_figures=False), ALONE),
        (REMINDER, others(Words(NOON - timedelta(minutes=50)))),
        (REMINDER, others(letters=[NOON - timedelta(minutes=50)])),
    ],
    ids=["an old one", "for something else", "a talk since", "a letter since"],
)
async def test_one_figure_below_anything_else_is_left(nora: Student, came: Came, also: Others) -> None:
    assert await _hears(nora, "14 leads", came, also) == ""


async def test_below_a_reminder_that_asks_what_is_to_be_figures_need_a_time_that_is_over(nora: Student) -> None:
    asked = replace(REMINDER, for_figures=False)
    assert await _hears(nora, "9 orders and 14 leads", asked) == ""
    assert await _hears(nora, PLAIN, asked) != ""


KIND = Wrote("Well done with the photos, they look lovely", NOON - HOUR, own=False)
LETTER = others(letters=[KIND.at])


@pytest.mark.parametrize("words", [PLAIN, "last week: 6 order, omzet 270 euro, visitors 410"])
async def test_several_figures_of_a_time_are_no_answer_to_a_letter_that_waits_for_none(nora: Student, words: str) -> None:
    assert await _hears(nora, words, Came(wrote=(KIND,)), LETTER) != ""


@pytest.mark.parametrize(
    "letter",
    [
        replace(KIND, words="How did it go?"),
        replace(KIND, words="Send me your figures"),
        replace(KIND, words="I am curious about leads"),
        replace(KIND, words="let me know how last week was"),
        replace(KIND, words="More than 5 would be great"),
        Wrote("My week was good", NOON - timedelta(minutes=5), own=True),
    ],
)
async def test_they_may_answer_a_letter_that_asks_or_go_on_with_their_own(nora: Student, letter: Wrote) -> None:
    assert await _hears(nora, PLAIN, Came(wrote=(KIND, letter)), LETTER) == ""


@pytest.mark.parametrize("words", ["last week 9 orders", "9 orders and 14 leads", "log 9 orders"])
async def test_one_figure_or_one_without_a_time_may_be_for_whoever_wrote(nora: Student, words: str) -> None:
    assert await _hears(nora, words, Came(wrote=(KIND,)), LETTER) == ""


async def test_a_talk_goes_on_though_the_letter_waits_for_nothing_and_a_coach_may_mean_anybody(nora: Student) -> None:
    came, talk = Came(wrote=(KIND,)), others(Words(NOON - timedelta(minutes=20)), letters=[KIND.at])
    assert await _hears(nora, PLAIN, came, talk) == ""
    snapshots, coach = await nora.services.call(_snapshots), nora.person.model_copy(update={"role": Role.COACH})
    assert await FiguresStated(snapshots, LETTER.meanwhile, came, came, TELLS).hear(SAID, coach) is None


@pytest.mark.parametrize("words", [PLAIN, "last week 9 orders"])
async def test_what_they_say_is_for_us_is_heard_whatever_letter_came(nora: Student, words: str) -> None:
    asked = Came(all_at=NOON - HOUR, wrote=(replace(KIND, words="How many orders?"),))
    kept = Words(NOON - timedelta(minutes=2), words, event=SAID.id, meant=("exc_1",))
    also = others(kept, letters=[KIND.at])
    assert await _hears(nora, replace(SAID, text=words, id="another"), asked, also) == ""
    assert await _hears(nora, words, asked, others(replace(kept, meant=()), letters=[KIND.at])) == ""
    assert await _hears(nora, words, asked, also) != ""


async def test_one_try_that_was_missed_keeps_nobody_from_hearing_the_next(nora: Student) -> None:
    missed = Words(NOON - timedelta(minutes=5), "last week 9 orders and 14 leads, mostly jars")
    assert await _hears(nora, PLAIN, also=others(missed)) != ""
    assert await _hears(nora, PLAIN, also=others(Words(NOON - HOUR), missed)) == "", "it was said in a talk"


async def test_figures_that_say_so_are_heard_after_a_talk_below_a_reminder(nora: Student) -> None:
    reminded = Came(NOON - 5 * HOUR)
    assert await _hears(nora, PLAIN, reminded, others(Words(NOON - 2 * HOUR))) != ""


@pytest.mark.parametrize(("words", "past"), [("june 9 orders", False), ("june 2025: 9 orders", True), ("october 9 orders", True)])
def test_a_month_without_a_year_is_one_of_the_last_nine(words: str, past: bool) -> None:
    found = stated(words, METRICS, TODAY)
    assert found is not None
    assert found.past is past


async def _asked_days_ago(nora: Student, *, replied: bool = False) -> Came:
    """A reminder of Sunday, which asked for the seven days to 29 March after those to 22 March."""
    await logged(nora, "leads 14 ctr 2% to 22 march")
    snapshots = await nora.services.call(_snapshots)
    latest = await snapshots.latest(nora.person)
    assert latest is not None
    return Came(asked=AskedFor(NOON - timedelta(days=3), latest.id, replied=replied))


LATER = replace(SAID, at=NOON + 3 * HOUR)


async def _answer(nora: Student, said: Said, came: Came, also: Others = ALONE) -> Message:
    snapshots = await nora.services.call(_snapshots)
    answer = await FiguresStated(snapshots, also.meanwhile, came, came, TELLS).hear(said, nora.person)
    assert isinstance(answer, Message)
    return answer


async def test_figures_days_after_a_reminder_are_for_the_period_that_it_asked_for(nora: Student) -> None:
    came = await _asked_days_ago(nora)
    shown = await _answer(nora, replace(LATER, text="CTR 2.6, opt-in 19, CPL 1.80"), came)
    assert "For the last 7 days to 29 March 2026" in message(shown)
    assert "My reminder asked for the last 7 days to 29 March 2026" in message(shown)
    other = await nora.press(shown, "For the last 7 days to 7 April 2026", LATER.at)
    assert isinstance(other, Message)
    assert "For the last 7 days to 7 April 2026" in message(other)
    back = await nora.press(other, "For the last 7 days to 29 March 2026", LATER.at)
    assert isinstance(back, Message)
    saved = await nora.press(back, "Save", LATER.at)
    assert isinstance(saved, Message)
    assert "Saved for the last 7 days to 29 March 2026" in message(saved)


async def test_the_other_period_stays_in_reach_while_figures_are_put_right(nora: Student) -> None:
    came = await _asked_days_ago(nora)
    await _answer(nora, replace(LATER, text="CTR 2.6 leads 19"), came)
    again = await FiguresAgain(await nora.services.call(_snapshots), ALONE.meanwhile).hear(
        replace(LATER, text="leads 20"), nora.person
    )
    assert isinstance(again, Message)
    assert "29 March" in message(again)
    assert [each.label for each in pressables(again)] == ["Save", "For the last 7 days to 7 April 2026", "Change"]


@pytest.mark.parametrize("words", ["last week ctr 2.6 leads 19", "leads 19 ctr 2.6 to 5 april"])
async def test_a_period_that_is_named_counts_more_than_the_reminders(nora: Student, words: str) -> None:
    shown = message(await _answer(nora, replace(LATER, text=words), await _asked_days_ago(nora)))
    assert "For the last 7 days to 5 April 2026" in shown
    assert "reminder" not in shown


async def test_a_reminder_that_was_answered_asks_no_more(nora: Student) -> None:
    came = await _asked_days_ago(nora)
    await logged(nora, "leads 15 to 29 march")
    assert "7 April" in message(await _answer(nora, replace(LATER, text="ctr 2.6 leads 19"), came))
    gone = Came(asked=AskedFor(NOON - timedelta(days=3), "snp_gone"))
    assert "7 April" in message(await _answer(nora, replace(LATER, text="ctr 2.6 leads 19"), gone))


async def test_one_figure_in_a_reply_to_the_reminder_is_for_it_whatever_came_since(nora: Student) -> None:
    talk = others(Words(NOON + 2 * HOUR))
    came = await _asked_days_ago(nora, replied=True)
    reply = replace(LATER, text="14 leads", replies_to="m1")
    assert "29 March" in message(await _answer(nora, reply, came, talk))
    for words, reminder in (("14 leads", replace(came, asked=None)), ("Guide, 14 leads", came), ("is 14 leads good", came)):
        assert await _hears(nora, replace(reply, text=words), reminder, talk) == ""


@pytest.mark.parametrize(
    "words",
    [
        "leads were 14 last wk, 480 visits to the page, sold 9 bags",
        "leads 14, sold 9, made 310 quid",
        "we made £310 from 9 orders last week",
        "lst wk leads 14, visitors to my shop 480",
        "the week before I had 9 orders",
        "9 orders the week before last",
    ],
)
def test_figures_are_known_in_the_words_of_a_phone(words: str) -> None:
    found = stated(words, METRICS, TODAY)
    assert found is not None
    assert found.sure


@pytest.mark.parametrize(
    "words",
    [
        "sold 9 last week",
        "sold 9 bags last week",
        "made £310",
        "sold 9 more than last week and 14 leads",
        "14 leads and made 310",
        "made 3 hooks and 14 leads",
        "last week 9 orders, the week before 7",
        "9 orders the week before christmas",
        "480 visits to the museum and 9 orders",
        "14 leads before the week",
    ],
)
def test_what_was_sold_or_when_is_left_where_it_may_be_anything_else(words: str) -> None:
    assert stated(words, METRICS, TODAY) is None


TOLD = "sold 12 this week for 144 quid, 18 signups"


async def test_where_no_agent_could_answer_all_that_tells_figures_is_read_back(nora: Student) -> None:
    alone = others(practice=True)
    told = await _hears(nora, TOLD, also=alone)
    assert "12" in told
    assert "144" in told
    assert "18" in told
    assert "Save" in told
    assert not await _hears(nora, TOLD), "Claude may be asked what comes of it"
    for words in ("how do I get 18 signups?", "my goal is 18 leads", "start module 3", "we make 12 scents"):
        assert not await _hears(nora, words, also=alone)


async def test_what_tells_figures_may_be_for_a_person_or_the_interview(nora: Student) -> None:
    alone = others(practice=True)
    assert not await _hears(nora, TOLD, Came(question_at=NOON - HOUR), alone)
    assert not await _hears(nora, TOLD, Came(all_at=NOON - HOUR), alone)
    assert not await _hears(nora, TOLD, also=others(letters=[NOON - HOUR], practice=True))
