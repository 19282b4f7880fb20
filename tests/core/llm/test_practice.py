"""The practice model: it says what it is, and answers from the course's own text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.features import catalog
from core.contents import SHIPPED
from core.course.modules import Course
from core.foundation.cells import Cells
from core.help.passages import passages as passages_of
from core.help.pointing import pointed
from core.kpis.metrics import Metrics
from core.llm.excerpt import excerpt
from core.llm.for_coaches import for_coach
from core.llm.model import Brief, Finish, Image, Payer, Turn, Use, Words
from core.llm.ports import Ahead, Own, OwnCell, OwnRun, Passage, Pointed
from core.llm.practice import Practice
from core.llm.spoken_to import said_to_us
from core.people.model import Person
from core.playbook.prompts import Playbook
from core.roles import Role
from core.ui import Button, Call
from persistence.passages import CoursePassages, telling
from tests.scheduler.people import NORA

WRITTEN = (
    Passage(
        "What a hook is", "Module 1, Hook", "A hook stops the thumb. It names one pain in the customer's own words.", "/module 1"
    ),
    Passage("Pain headlines", "Prompt H1", "Ten headlines from one pain of your customer.", "/run H1"),
    Passage("What we sell", "Foundation, Company A1", "Your offers with their prices. The café sells jars.", "/foundation"),
    Passage("Opt-in page", "Module 2, Gift", "A page that gives one thing for one address.", "/module 2"),
)


@pytest.fixture
def passages() -> Iterator[CoursePassages]:
    made = CoursePassages(lambda: WRITTEN)
    yield made
    made.close()


def nothing(_: str) -> Pointed:
    """No command was meant."""
    return Pointed()


async def heard(
    practice: Practice, question: str, *, run: bool = False, by: Person = NORA, shared: bool = False
) -> tuple[str, Finish]:
    turns, payer = (Turn("person", question),), Payer(by, Use.CHAT)
    brief = Brief(turns=turns, question=question, payer=payer, kind="run" if run else "ask", shared=shared)
    chunks = [chunk async for chunk in practice.answer(brief)]
    end = chunks[-1]
    assert isinstance(end, Finish)
    return "".join(chunk.text for chunk in chunks if isinstance(chunk, Words)), end


async def said(practice: Practice, question: str, *, run: bool = False) -> str:
    words, end = await heard(practice, question, run=run)
    assert end.stop == "end_turn"
    return words


async def offered(practice: Practice, question: str) -> dict[str, str]:
    """What may be pressed below the answer: the lines that would be typed for it, by the buttons' words."""
    end = (await heard(practice, question))[1]
    return {each.label: f"{each.call.command} {each.call.words}".strip() for each in end.offers}


async def test_the_first_line_says_that_this_is_not_claude(passages: CoursePassages) -> None:
    for question in ("what is a hook?", "qwertz", ""):
        brief_question = question or "?"
        first = (await said(Practice(passages, nothing), brief_question)).splitlines()[0]
        assert "ANTHROPIC_API_KEY" in first
        assert "not Claude" in first


async def test_a_question_is_answered_with_passages_and_their_place(passages: CoursePassages) -> None:
    answer = await said(Practice(passages, nothing), "What is a hook?")
    assert "A hook stops the thumb." in answer
    assert "Module 1, Hook" in answer
    assert "/module 1" in answer
    assert "Opt-in page" not in answer


class Her:
    """Implements `core.llm.ports.OwnCells` with one cell, which is asked for by its name."""

    def __init__(self, text: str) -> None:
        self.text = text

    async def asked_for(self, question: str, person: Person) -> OwnCell | None:
        """The cell, where the question names it."""
        return OwnCell("Main promise", "Company", self.text) if "promise" in question else None


async def test_whoever_asks_what_they_wrote_is_told_that_and_no_example(passages: CoursePassages) -> None:
    practice = Practice(passages, nothing, Own(cells=Her("No more *waste*.\nIn a week.")))
    answer = await said(practice, "what is my main promise about hooks")
    assert "> No more \\*waste\\*.\n> In a week." in answer
    assert "A hook stops" not in answer
    assert await offered(practice, "my promise") == {
        "Change it": "foundation edit Main promise",
        "My Foundation": "foundation show",
    }
    assert "A hook stops" in await said(practice, "What is a hook?")


async def test_a_cell_that_is_empty_is_said_to_be(passages: CoursePassages) -> None:
    practice = Practice(passages, nothing, Own(cells=Her("")))
    assert "**Main promise** is still empty" in await said(practice, "what is my promise?")
    assert (await offered(practice, "my promise"))["Fill it"] == "foundation edit Main promise"


async def test_what_they_wrote_is_not_quoted_where_others_read_along(passages: CoursePassages) -> None:
    practice = Practice(passages, nothing, Own(cells=Her("No more waste.")))
    words, end = await heard(practice, "what is my promise?", shared=True)
    assert "waste" not in words
    assert [each.call.command for each in end.offers] == ["foundation"]


class There:
    """Implements `core.llm.ports.OwnPlaces`."""

    async def ahead(self, person: Person) -> Ahead:
        assert person == NORA
        ways = (
            Button("Item 2 is done", Call("module tick", {"item": "2"})),
            Button("Open it", Call("module show")),
        )
        return Ahead("**You are in module 1, Hook.** Next, item 2: read ten reviews.", ways)


async def test_whoever_asks_what_is_next_is_told_just_that_where_nobody_reads_along(passages: CoursePassages) -> None:
    practice = Practice(passages, nothing, Own(places=There()))
    for question in ("what's next", "start", "what do i have to do this week", "ok back"):
        words, end = await heard(practice, question)
        assert "Next, item 2: read ten reviews." in words
        assert [each.label for each in end.offers] == ["Item 2 is done", "Open it", "Where I am"]
        words, end = await heard(practice, question, shared=True)
        assert "item 2" not in words
        assert end.offers[0].label == "Where I am"
    assert "item 2" not in await said(practice, "What is a hook?")


keeping = partial(pointed, commands=tuple(catalog().commands.values()))


class Ran:
    """Implements `core.llm.ports.OwnRuns`."""

    async def last(self, person: Person) -> OwnRun | None:
        assert person == NORA
        save = Button("Save what it gave you", Call("run keep", {"run": "run_1"}, form=True), primary=True)
        return OwnRun("H1, Pain headlines", save)


async def test_what_is_to_be_kept_has_the_button_of_its_run(passages: CoursePassages) -> None:
    practice = Practice(passages, keeping, Own(runs=Ran()))
    words, end = await heard(practice, "keep it")
    assert "not Claude" in words.splitlines()[0]
    assert "H1, Pain headlines" in words
    assert [(each.label, f"{each.call.command} {each.call.words}".strip()) for each in end.offers] == [
        ("Save what it gave you", "run keep"),
        ("My runs", "runs"),
        ("Add an asset", "assets add"),
    ]
    assert end.offers[0].call.values == {"run": "run_1"}
    words, end = await heard(practice, "keep it", shared=True)
    assert "H1" not in words
    assert "run keep" not in [each.call.command for each in end.offers]


@pytest.mark.parametrize("question", ["keep it simple", "runs", "my runs", "how do I keep my customers", "save money on jars"])
async def test_other_words_have_no_button_of_a_run(passages: CoursePassages, question: str) -> None:
    end = (await heard(Practice(passages, keeping, Own(runs=Ran())), question))[1]
    assert "run keep" not in [each.call.command for each in end.offers]


async def test_other_forms_and_accents_of_a_word_are_found(passages: CoursePassages) -> None:
    assert "A hook stops" in await said(Practice(passages, nothing), "hooks")
    assert "What we sell" in await said(Practice(passages, nothing), "CAFE")


async def test_where_nothing_fits_it_says_so(passages: CoursePassages) -> None:
    answer = await said(Practice(passages, nothing), "Who won the cup?")
    assert "nothing in the course" in answer
    assert "/module" in answer


async def test_words_that_mean_a_command_are_pointed_to_it(passages: CoursePassages) -> None:
    practice = Practice(passages, lambda _: Pointed({"kpi log": "Log your figures"}))
    alone = await said(practice, "Who won the cup?")
    assert "/kpi log: Log your figures" in alone
    assert "nothing in the course" not in alone
    both = await said(practice, "hooks")
    assert both.index("/kpi log") < both.index("A hook stops")
    named = await said(Practice(passages, lambda _: Pointed({"hook 2": "Open it"}, alone=True)), "Hook 2")
    assert "/hook 2: Open it" in named
    assert "A hook stops" not in named, "nothing but the command was asked for"


@pytest.mark.parametrize(
    "question",
    [
        "Hello",
        "hi again",
        "what now?",
        "i sell jars of pickles what should i do first",
        "hi im new here where do I begin",
        "what should I do first? we sell soap",
        "Where do I start, I’m a potter. We sell mugs.",
        "what is next for me",
        "What should I do next?",
        "where am I, and what comes next?",
        "How do I start?",
        "What’s next",
        "My colleague told me of this course. I have a few minutes, what should I do first please?",
        *("start", "Begin", "let's start", "go on", "how does this work?", "How does it work", "tell me how this works"),
        *("what do I do", "help me", "how do I use this?", "hi, I'm new here. How does this work?", "I don't know what to do"),
        *("cancel", "never mind", "hm", "oops"),
        *("great", "OK great!", "Perfect 👍", "sounds good", "will do", "Got it", "that's great, I'll try that"),
    ],
)
async def test_a_greeting_and_the_question_what_now_lead_to_where_they_stand(passages: CoursePassages, question: str) -> None:
    answer = await said(Practice(passages, nothing), question)
    assert "/home" in answer
    assert "not Claude" in answer
    assert "Module" not in answer


@pytest.mark.parametrize(
    "question",
    [
        "I am back",
        "hello, I'm back",
        "I was ill",
        "I was away for a week, what did I miss?",
        "Sorry, I have been busy but now I'm back",
        "What have I missed?",
        "I am back, what did I miss?",
        "I am back now, where were we?",
        *("ok back", "ok i'm here", "here again"),
    ],
)
async def test_whoever_comes_back_is_led_on_and_not_quoted_at(passages: CoursePassages, question: str) -> None:
    answer = await said(Practice(passages, nothing), question)
    assert "Good to have you back" in answer
    assert "/home" in answer


@pytest.mark.parametrize(
    ("question", "said_of_it"),
    [
        ("I joined three weeks late. Do I have to catch up on everything?", "You need not do everything at once"),
        ("I am two modules behind", "You need not do everything at once"),
        ("a customer is here, I will be back later", "Until then."),
        *((each, "Until then.") for each in ("done for tonight", "that's me for today", "hang on", "back in 5 mins")),
        ("how do I catch up with customers who left", "text"),
    ],
)
async def test_whoever_is_late_or_must_go_is_told_that_nothing_runs_away(
    passages: CoursePassages, question: str, said_of_it: str
) -> None:
    assert said_of_it in await said(Practice(passages, nothing), question)


@pytest.mark.parametrize("question", ["sorry", "I am ill", "hi i am back with a hook question", "i was badly advised on hooks"])
async def test_other_words_of_whoever_comes_back_are_looked_for(passages: CoursePassages, question: str) -> None:
    assert "Good to have you back" not in await said(Practice(passages, nothing), question)


@pytest.mark.parametrize(
    "question",
    [
        *("what is a hook now", "hello hook", "where am I losing customers?", "great hooks", "that is a good hook"),
        *(
            "how does a hook work?",
            "help me with my hook",
            "start a hook",
            "What is a hook? How does it work?",
            "how a hook works",
        ),
        *("where do I start with a hook?", "How do I start? With the hook?", "how do I start? I want to write a hook"),
    ],
)
async def test_a_question_about_something_is_looked_up_still(passages: CoursePassages, question: str) -> None:
    assert "/home" not in await said(Practice(passages, nothing), question)


@pytest.mark.parametrize(
    "question", ['"', "'; DROP TABLE passage; --", "NEAR(a b)", "a* OR NOT", "title:hook", "^x", "{}", "__", "\0"]
)
async def test_no_question_breaks_the_search(passages: CoursePassages, question: str) -> None:
    assert await said(Practice(passages, nothing), question)


async def test_at_most_three_short_passages_are_shown() -> None:
    long = "A hook is short. " * 200
    passages = CoursePassages(lambda: [Passage(f"Hook {at}", "Module 1", long) for at in range(9)])
    answer = await said(Practice(passages, nothing), "hook")
    passages.close()
    assert len(re.findall(r"\*\*Hook \d", answer)) == 3
    assert len(answer) < 1_500


async def test_nothing_is_read_before_the_first_question() -> None:
    read = 0

    def written() -> Sequence[Passage]:
        nonlocal read
        read += 1
        return WRITTEN

    passages = CoursePassages(written)
    assert read == 0
    await passages.search("hook", 1)
    passages.close()
    assert read > 0


async def test_what_was_edited_is_found_by_its_new_words_alone() -> None:
    course = list(WRITTEN)
    passages = CoursePassages(lambda: course)
    assert await passages.search("sauerkraut", 1) == ()
    course[0] = replace(course[0], text="Sauerkraut needs a press.")
    assert [each.text for each in await passages.search("sauerkraut", 1)] == ["Sauerkraut needs a press."]
    assert await passages.search("thumb", 1) == ()
    passages.close()


async def test_each_command_that_is_named_can_be_pressed(passages: CoursePassages) -> None:
    assert await offered(Practice(passages, nothing), "what is a hook?") == {"Module 1, Hook": "module 1"}
    log = Practice(passages, lambda _: Pointed({"kpi log": "Log your figures", "plan": "Where you are in the course, and more"}))
    assert await offered(log, "qwertz") == {"Log your figures": "kpi log", "Where you are in the course, and more": "plan"}
    assert list((await offered(Practice(passages, nothing), "what now?")).values()) == ["home", "module", "person"]
    assert "person" in (await offered(Practice(passages, nothing), "Who won the cup?")).values()
    assert not (await heard(Practice(passages, nothing), "Write.", run=True))[1].offers


async def test_a_cell_is_found_by_its_schema_name_too_and_named_as_screens_name_it() -> None:
    cells = Cells(SHIPPED)
    found = CoursePassages(lambda: tuple(passages_of(Course(SHIPPED), Playbook(SHIPPED), cells, Metrics(SHIPPED))))
    practice = Practice(found, nothing)
    answer = await said(practice, "what are our core offers?")
    assert "*Foundation, Company. Open it with /foundation edit What we sell*" in answer
    assert "core offers" not in answer
    assert (await offered(practice, "what are our core offers?"))["What we sell"] == "foundation edit What we sell"
    assert [each.field for each in cells.named("What we sell")] == ["companyContext.coreOffers"]
    found.close()


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        ("are you a human?", "I am a program"),
        ("Am I talking to a real person?", "I am a program"),
        ("are you ChatGPT or what", "I am a program"),
        ("I want a refund", "whoever runs your course"),
        ("how do I cancel?", "whoever runs your course"),
        ("I paid but I have no invoice", "whoever runs your course"),
        ("is this course a scam?", "whoever runs your course"),
        ("This is useless. You are a stupid bot", "I am sorry that this was no help"),
        ("you keep giving me the same rubbish", "I am sorry that this was no help"),
        ("I am so sad today, nobody buys from me", "a person is better company"),
        ("I feel like giving up", "a person is better company"),
        ("Parlez-vous français ?", "they are English"),
    ],
)
async def test_what_is_said_to_us_is_answered_and_leads_to_a_person(passages: CoursePassages, typed: str, answered: str) -> None:
    practice = Practice(passages, lambda _: Pointed(told=True))
    assert answered in await said(practice, typed)
    assert (await offered(practice, typed))["Talk to a person"] == "person"


@pytest.mark.parametrize(
    "asked",
    [
        "what refund policy should I have",
        "I want a refund policy",
        "I need a money back guarantee for my kits",
        "how do I get my money back from ads",
        "I hate this headline",
        "how do I handle complaints",
        "how do I cancel an order",
        "is my hook annoying?",
        "is this headline useless?",
        "my customers are frustrated and sad",
        "should I write in French or English",
        "are you a bot expert",
        "how much does this hook cost",
    ],
)
def test_what_is_asked_about_the_shop_is_not_said_to_us(asked: str) -> None:
    assert said_to_us(asked, led=False) is None


async def test_a_command_that_is_meant_goes_before_what_is_said_to_us(passages: CoursePassages) -> None:
    meant = Practice(passages, lambda _: Pointed({"nudges stop": "Stop all reminders"}, alone=True))
    assert await offered(meant, "stop writing to me you stupid bot") == {"Stop all reminders": "nudges stop"}
    assert "I am a program" in await said(meant, "are you a person?")


async def test_whoever_wants_something_written_is_led_to_the_prompts_and_to_no_lesson() -> None:
    course = (
        Passage("Returns", "Module 5, Sell", "Tax on what comes in as a return.", "/module 5"),
        Passage("Pain headlines", "Prompt H1", "Five headlines on one pain.", "/run H1"),
        *(Passage(f"No {at}", "Module 9", "Customers of the shop.") for at in range(9)),
    )
    passages = CoursePassages(lambda: course)
    practice = Practice(passages, nothing)
    answer = await said(practice, "please write my tax return")
    assert "cannot write for you" in answer
    assert "comes in as a return" not in answer
    assert list((await offered(practice, "Can you write me a headline?")).values()) == ["run H1", "run"]
    assert list((await offered(practice, "draft something for my current step")).values()) == ["run"]
    passages.close()


async def test_a_run_shows_the_complete_prompt_ready_to_paste(passages: CoursePassages) -> None:
    prompt = "## Role\nYou are a writer.\n```\nan example\n```\nWrite."
    answer = await said(Practice(passages, nothing), prompt, run=True)
    assert f"````text\n{prompt}\n````" in answer
    assert "/assets add" in answer
    assert "ANTHROPIC_API_KEY" in answer.splitlines()[0]


async def test_check_says_which_setting_is_missing(passages: CoursePassages) -> None:
    assert "ANTHROPIC_API_KEY" in await Practice(passages, nothing).check()


def test_common_words_are_not_looked_for() -> None:
    assert telling("What is a hook and why do I need one?") == ('"hook"',)
    assert telling("what should I do") == ()


async def test_a_passage_that_holds_little_of_a_question_is_about_something_else() -> None:
    course = (
        Passage("The first minute", "Module 3", "Second 60: a child asks for something.", "/module 3"),
        Passage("Shipping", "Module 5", "Say what shipping costs before the basket.", "/module 5"),
        *(Passage(f"No {at}", "Module 9", "Customers of the shop.") for at in range(9)),
    )
    passages = CoursePassages(lambda: course)
    assert [each.title for each in await passages.search("customers leave when they see what shipping costs", 3)] == ["Shipping"]
    assert await passages.search("my child is ill and the school is closed on Friday", 3) == ()
    passages.close()


async def test_what_is_only_told_is_not_answered_with_passages(passages: CoursePassages) -> None:
    answer = await said(Practice(passages, lambda _: Pointed(told=True)), "The customer at my hook is here")
    assert "/home shows where you are" in answer
    assert "A hook stops" not in answer
    assert "/foundation interview takes it up again" in answer, "an answer to an interview that a command ended comes here"


@given(st.text(max_size=400), st.text(max_size=40), st.integers(min_value=20, max_value=200))
def test_an_excerpt_is_short_and_comes_from_the_text(text: str, question: str, at_most: int) -> None:
    cut = excerpt(text, question, at_most)
    assert len(cut) <= at_most
    assert cut.removesuffix("…") in text


def test_an_excerpt_holds_whole_sentences_about_the_question() -> None:
    text = "First we talk of gifts. Gifts are free. A hook stops the thumb. It is short. Then comes the page. It is plain."
    assert excerpt(text, "what is a hook", 45) == "A hook stops the thumb. It is short."


def test_an_excerpt_does_not_begin_inside_an_address_or_a_number() -> None:
    text = "Between 1.1 and 1.9 per cent (from shops.example.com, a vendor's site, 2026). It is revenue with upsells. Then more."
    for at_most in range(30, len(text)):
        assert excerpt(text, "vendor revenue com", at_most).startswith(("Between 1.1", "It is", "Then"))


async def test_without_claude_nobody_sees_pictures(passages: CoursePassages) -> None:
    async def shown(question: str) -> str:
        turn = Turn("person", f"{question} <picture/>", (Image("image/png", b"x"),))
        chunks = [
            chunk
            async for chunk in Practice(passages, nothing).answer(
                Brief(turns=(turn,), question=question, payer=Payer(NORA, Use.CHAT))
            )
        ]
        return "".join(chunk.text for chunk in chunks if isinstance(chunk, Words))

    assert "A hook stops" in await shown("What is a hook?")
    for answer in (await shown("What is a hook?"), await shown("")):
        assert "say in words what is in yours" in answer
        assert answer.startswith("No key for Claude is set")


@pytest.mark.parametrize(
    ("question", "way"),
    [
        ("hello, what should I do this week?", "/home shows where you are"),
        ("What am I supposed to do here", "/home shows where you are"),
        ("remind me tomorrow at 10 to call the printer", "remind me tomorrow at 9"),
        ("please remind me to call the printer", "/reminder does the same"),
        ("what should I do about my hook", "text"),
        ("Can you remind me what a hook is?", "text"),
        ("am I too late to start with a hook before Christmas?", "text"),
        ("I have no time for a hook", "text"),
    ],
)
async def test_whoever_wants_to_know_what_to_do_or_be_reminded_is_led_to_a_command(
    passages: CoursePassages, question: str, way: str
) -> None:
    answer = await said(Practice(passages, nothing), question)
    assert way in answer
    assert ("course's own text" in answer) == (way == "text")


async def test_what_somebody_will_do_stands_in_the_form_that_keeps_it(passages: CoursePassages) -> None:
    promise = Practice(passages, lambda _: Pointed({"commit call the printer by Friday": "Say what you will do"}, alone=True))
    first = (await heard(promise, "I will call the printer by Friday"))[1].offers[0].call
    assert (first.command, first.words, first.form) == ("commit", "call the printer by Friday", True)
    first = (await heard(Practice(passages, nothing), "Remind me tomorrow at 10 to call the printer"))[1].offers[0].call
    assert (first.command, first.words) == ("reminder", "call the printer tomorrow at 10")


COACH = NORA.model_copy(update={"role": Role.COACH})


@pytest.mark.parametrize(
    "typed",
    [
        "hi",
        "ok",
        "what now?",
        "I am back",
        "who needs me?",
        "who hasn't started yet?",
        "whats new",
        "where do my students stand",
        "xyzzy",
        "It is late here today",
    ],
)
async def test_a_coach_is_led_to_the_students_and_not_to_a_shop_of_their_own(passages: CoursePassages, typed: str) -> None:
    practice = Practice(passages, lambda question: Pointed(told=question.startswith("It is")))
    answer, end = await heard(practice, typed, by=COACH, shared=True)
    assert "/cohort members shows where everybody stands" in answer
    assert not any(each in answer for each in ("/person", "your shop", "interview", "for your Foundation"))
    assert [each.label for each in end.offers] == ["My cohort", "All students", "All commands"]


@pytest.mark.parametrize(
    ("typed", "label", "line"),
    [
        ("write to Priya", "Write to Priya", "cohort write student: Priya"),
        ("please write to priya about her hook", "Write to Priya", "cohort write student: Priya"),
        ("Message Priya Nair", "Write to Priya Nair", "cohort write student: Priya Nair"),
        ("send Priya a message", "Write to Priya", "cohort write student: Priya"),
        ("how do I write to a student?", "Write to a student", "cohort write"),
        (
            "tell everybody that we meet on Thursday",
            "Tell everybody something",
            "cohort announce words: We meet on Thursday",
        ),
        ("write to all students", "Tell everybody something", "cohort announce"),
        ("tell priya well done on the photos", "Write to Priya", "cohort write student: Priya words: Well done on the photos"),
        ("tell Priya to call me", "Write to Priya", "cohort write student: Priya"),
        ("tell Priya that I am ill", "Write to Priya", "cohort write student: Priya words: I am ill"),
        ("how is Priya doing", "Where Priya stands", "cohort members Priya"),
        ("How's mateo getting on this week?", "Where Mateo stands", "cohort members Mateo"),
        ("where is Priya", "Where Priya stands", "cohort members Priya"),
    ],
)
async def test_a_coach_who_names_a_student_is_led_to_what_opens_for_them(
    passages: CoursePassages, typed: str, label: str, line: str
) -> None:
    first = (await heard(Practice(passages, nothing), typed, by=COACH))[1].offers[0]
    assert (first.label, f"{first.call.command} {first.call.words}".strip()) == (label, line)
    assert first.call.form == (": " in line), "with words in it, it would be sent at once"
    student = (await heard(Practice(passages, nothing), typed))[1].offers
    assert not any("cohort" in each.call.command for each in student)


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "write to customers who left",
            "tell them that it is free",
            "how is a hook doing",
            "text length of ads",
            "tell me that",
        ),
        *("how do I write to sell?", "tell a story about the shop", "where is the gift page", "how is it going"),
    ],
)
def test_what_a_coach_asks_about_shops_names_no_student(typed: str) -> None:
    assert for_coach(typed, None) is None


async def test_whoever_is_stuck_is_offered_a_person_before_all_else(passages: CoursePassages) -> None:
    practice = Practice(passages, nothing)
    for typed in ("i'm stuck", "Hi, im stuck!", "I am really stuck. What now?"):
        assert next(iter((await offered(practice, typed)).values())) == "person"
    openly = (await heard(practice, "i'm stuck", shared=True))[1].offers
    assert [each.call.command for each in openly] == ["person", "home", "module"], "the interview is held in direct messages"
    assert "person" not in [each.call.command for each in (await heard(practice, "i'm stuck", by=COACH))[1].offers]


async def test_a_coach_asks_about_the_course_too_and_is_not_sent_to_a_coach(passages: CoursePassages) -> None:
    practice = Practice(passages, nothing)
    assert "A hook stops" in (await heard(practice, "What is a hook?", by=COACH))[0]
    answer, end = await heard(practice, "are you a human?", by=COACH)
    assert "I am a program" in answer
    assert "/person" not in answer
    assert [each.label for each in end.offers] == ["Where I am"]


async def test_at_a_terminal_everybody_is_an_admin_and_is_answered_as_a_student(passages: CoursePassages) -> None:
    admin = NORA.model_copy(update={"role": Role.ADMIN, "identities": ("terminal:terminal:nora",)})
    assert "/home" in (await heard(Practice(passages, nothing), "hi", by=admin))[0]
    elsewhere = admin.model_copy(update={"identities": ("slack:T1:U1",)})
    assert "/cohort members" in (await heard(Practice(passages, nothing), "hi", by=elsewhere))[0]


async def test_where_others_read_along_nobody_is_led_to_the_interview(passages: CoursePassages) -> None:
    practice = Practice(passages, lambda _: Pointed(told=True))
    alone, end = await heard(practice, "It is late here today")
    assert "/foundation interview" in alone
    assert [each.label for each in end.offers] == ["Interview me", "What I said I would do", "Talk to a person"]
    openly, end = await heard(practice, "It is late here today", shared=True)
    assert "interview" not in openly
    assert "Interview me" not in [each.label for each in end.offers]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        *((each, "/home shows where you are") for each in ("hiya", "heya", "hello!", "morning", "Hi there", "good morning")),
        ("Hello, Fran gave me this for the course, what do i do", "/home shows where you are"),
        *((each, "That is good to hear") for each in ("aw thanks marta", "Thank you so much!", "oh wow thanks all")),
    ],
)
async def test_greetings_of_all_kinds_and_thanks_with_a_name_are_answered_as_such(
    passages: CoursePassages, question: str, told: str
) -> None:
    assert told in await said(Practice(passages, nothing), question)


@pytest.mark.parametrize(
    "question",
    [
        *(
            "thanks for the hook",
            "my ads do not sell, what do i do",
            "fran gave me a hook",
            "morning hooks sell less",
            "mornings",
        ),
        *(
            "my friend gave me a hook, what is a hook?",
            "thanks but the hook is wrong",
            "yo-yo hooks",
            "hi, fran gave me a voucher",
        ),
    ],
)
async def test_what_only_begins_like_a_greeting_or_thanks_is_looked_up(passages: CoursePassages, question: str) -> None:
    answer = await said(Practice(passages, nothing), question)
    assert "/home shows where you are" not in answer
    assert "That is good to hear" not in answer
