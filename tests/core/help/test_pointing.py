"""Plain words that mean a command are led to it, and questions about the shop are not."""

from __future__ import annotations

from datetime import date

import pytest

from bots.features import catalog
from core.contents import SHIPPED
from core.help.pointing import MOST, pointed
from core.help.wishes import TOLD, WISHES
from core.kpis.metrics import Metrics
from core.llm.named_students import of_one, to_students
from core.positions import by_position

COMMANDS = tuple(catalog().commands.values())
METRICS = Metrics(SHIPPED)


TO_A_COACH = (
    "send my coach a message",
    "can i message my coach",
    "How do I write to my coach?",
    "I want to send a message to my coach",
    "i have a question for my coach",
    "ask my coach about my hook",
    "my coach hasnt answered",
    "My coach hasn't answered yet",
    "my coach has not replied to me",
    "my coach never got back to me",
    "why does my coach not answer?",
    "no answer from my coach",
    "I haven't heard from my coach",
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("log my numbers", "kpi log"),
        ("kpi pls", "kpi report"),
        ("change my time zone", "me edit"),
        ("stop the reminders", "nudges stop"),
        ("who is my coach", "person show"),
        ("stop all", "nudges stop"),
        ("Delete my data", "mydata delete"),
        ("join the cohort", "cohort join"),
        ("partner", "pair show"),
        ("tick item 2", "module tick"),
        ("show my progress", "progress"),
        ("how much did Claude cost", "me usage"),
    ],
)
def test_what_people_say_in_place_of_a_command(typed: str, meant: str) -> None:
    assert next(iter(pointed(typed, COMMANDS).commands)) == meant


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("home", "home"),
        ("Run H1", "run H1"),
        ("run h1.", "run h1"),
        ("KPI log", "kpi log"),
        ("module 3", "module 3"),
        ("kpi", "kpi"),
    ],
)
def test_words_that_are_nothing_but_a_command_are_that_one_as_typed(typed: str, name: str) -> None:
    assert list(pointed(typed, COMMANDS).commands) == [name]


@pytest.mark.parametrize(
    ("typed", "command", "values"),
    [
        ("write to Priya Nair", "cohort write", {"student": "Priya Nair"}),
        ("tell Priya that I am ill", "cohort write", {"student": "Priya", "words": "I am ill"}),
        ("Tell everyone: we meet on Thursday", "cohort announce", {"words": "We meet on Thursday"}),
        ("how is priya doing", "cohort members", {"search": "Priya"}),
    ],
)
def test_what_a_coach_says_of_a_student_is_read_by_the_command_that_is_offered(
    typed: str, command: str, values: dict[str, str]
) -> None:
    found = to_students(typed) or of_one(typed)
    assert found
    first, _, words = found.ways[0][1].partition(" ")
    meant, left = catalog().find(first, words)
    assert meant.name == command
    assert by_position(meant.args, left, date(2026, 3, 2)) == values


def test_to_delete_a_part_of_a_text_is_not_to_delete_ones_data() -> None:
    assert "mydata delete" not in pointed("delete everything after the colon in this headline", COMMANDS).commands


def test_more_than_a_commands_name_is_not_taken_for_it() -> None:
    assert "home page 3" not in pointed("home page 3", COMMANDS).commands
    assert "home 3" not in pointed("home 3", COMMANDS).commands, "it takes no number"
    assert "run a sale" not in pointed("run a sale", COMMANDS).commands


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "what is a hook",
        "why do the others sell more than me",
        "how long should this email be",
        "why do my ads not work",
        "how to write an email for abandoned carts",
        "should I lower the price of my large candle",
        "remind me what a hook is",
        "what would you say to somebody who left the page of my shop after one look at the price and came back a week later",
    ],
)
def test_a_question_about_the_shop_means_none(typed: str) -> None:
    assert not pointed(typed, COMMANDS).commands


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("I have read the first lesson, how do I tell you that it is done?", "module tick"),
        ("I will photograph the gift boxes tomorrow", "commit photograph the gift boxes tomorrow"),
        ("We sold 24 boxes last week for 600 euro", "kpi log"),
        ("I want to write down what I sell", "foundation interview"),
        ("My shop sells hand-made soap to tourists in Gdańsk, mostly gift boxes", "foundation interview"),
        ("I would like to see what the others are doing this week", "plan"),
        ("Please stop sending me messages", "nudges stop"),
        ("How do I change my name here? It is Gosia", "me edit"),
        ("Please show me my plan", "plan"),
        ("Who can see what I write?", "me coach"),
        ("I want to delete everything", "mydata delete"),
        ("What is my next step?", "progress"),
        ("How long does this take?", "plan"),
        ("Can I talk to someone?", "person ask"),
        ("is what I write private?", "me coach"),
        ("do you use my data to train AI?", "mydata show"),
        ("delete that", "foundation history"),
        ("which cell of my Foundation comes next, and what makes it good?", "foundation interview"),
        ("help me with my Foundation", "foundation interview"),
        ("what is my foundation", "foundation show"),
        ("what have i told you so far", "foundation show"),
        ("so what did I write down?", "foundation show"),
        ("open foundation", "foundation show"),
        ("ok start foundation", "foundation interview"),
        *((each, "module start 1") for each in ("start hook", "let's do module 1", "can we begin with the hook module please")),
        ("open gift", "module show 2"),
        *((each, "me coach") for each in ("can clara see what i write", "do the coaches read my answers?")),
        ("i'd like to fill in the company stuff", "foundation interview"),
        *((each, "pair show") for each in ("can i have an accountability partner", "find me a partner", "i want a study buddy")),
        ("explain Hook with an example from my kind of shop", "module 1"),
        ("commit write the market cell by Friday", "commit write the market cell by Friday"),
        ("I would like to talk to a person about my rings, nobody has bought one since May", "person ask"),
        ("can I talk to marit?", "person ask"),
        *((each, "person ask") for each in TO_A_COACH),
        ("i need a human, my etsy shop got suspended", "person ask"),
        ("human please", "person ask"),
        ("sold 12 jars", "kpi log"),
        ("how do I change an answer", "foundation history"),
        ("I'm done with module 2", "module tick"),
        *((each, "person show") for each in ("i want to quit", "I quit", "I'd like to drop out", "I think I want to stop this")),
        *((each, "commitments") for each in ("done", "not yet", "Friday", "move it to Friday")),
    ],
)
def test_a_whole_sentence_is_led_to_the_command_that_does_it_and_to_nothing_else(typed: str, meant: str) -> None:
    found = pointed(typed, COMMANDS)
    assert next(iter(found.commands)) == meant
    assert found.alone


@pytest.mark.parametrize("typed", ["can my coach see what I answered?", "what does my coach know of my answers"])
def test_what_a_coach_may_see_is_no_letter_to_them(typed: str) -> None:
    assert list(pointed(typed, COMMANDS).commands) == ["me coach"]


@pytest.mark.parametrize("typed", ["It is not working for me today", "a customer is here so I must stop reading"])
def test_what_is_told_is_no_question(typed: str) -> None:
    assert pointed(typed, COMMANDS).told
    assert not pointed("what should I write in my welcome email", COMMANDS).told


def test_every_command_of_a_sentence_is_there() -> None:
    names = {name for names in (WISHES | TOLD).values() for name in names}
    assert names <= {each.name for each in COMMANDS if each.listed and not each.needs}


def test_what_coaches_alone_may_do_is_never_named() -> None:
    everything = " ".join(each.summary for each in COMMANDS if each.needs)
    for word in everything.split():
        found = pointed(word, COMMANDS).commands
        assert len(found) <= MOST
        assert not any(each.needs for each in COMMANDS if each.name in found)


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("I commit to write three hooks by Friday", "write three hooks by Friday"),
        ("I promise to film the video", "film the video"),
        ("I will call the printer tomorrow", "call the printer tomorrow"),
        ("I like it. I’ll explain the delivery on the 3rd of March!", "explain the delivery on the 3rd of March"),
        ("tomorrow I will film the video", "film the video tomorrow"),
        ("post them by friday", "post them by friday"),
        ("also call the printer by tomorrow", "call the printer by tomorrow"),
        ("I am going to post\nI will be done with it on Monday", "be done with it on Monday"),
    ],
)
def test_what_somebody_says_that_they_will_do_goes_to_the_command_that_keeps_it(said: str, what: str) -> None:
    assert list(pointed(said, COMMANDS).commands) == [f"commit {what}"]


@pytest.mark.parametrize(
    "said",
    [
        "I will be on holiday until Monday",
        "I will not be here on Friday",
        "I will lower my price by 10",
        "What should I write by Friday?",
        "my customers want it by Friday",
        "Sell more jam by Friday. What do you think",
        "I will send it tomorrow, is that too late?",
        "I want to explain why we close on Friday",
        "we promise free delivery in two days",
    ],
)
def test_what_is_no_promise_of_something_is_not_kept_as_one(said: str) -> None:
    assert not any(each.startswith("commit") for each in pointed(said, COMMANDS).commands)


@pytest.mark.parametrize(
    "said",
    [
        "orders 12 revenue 230",
        "12 orders, 230 revenue last week",
        "we had 12 orders",
        "ctr 2.1% leads 240",
        "orders dropped to 12",
    ],
)
def test_figures_go_to_the_command_that_reads_them(said: str) -> None:
    found = pointed(said, COMMANDS, METRICS)
    assert list(found.commands) == [f"kpi log {said}"]
    assert found.alone


@pytest.mark.parametrize(
    "said",
    [
        "start module 1",
        "what do I do with 12 orders a week?",
        "is 12 orders and 230 revenue good",
        "how do I get from 12 orders to 20",
        "my goal is 12 orders a week",
        "I need 200 leads",
        "my customer bought 12 jars and left 5 stars",
        "my conversion is 2% is that good",
        "revenue",
    ],
)
def test_what_is_asked_or_wanted_of_figures_is_not_logged(said: str) -> None:
    assert "kpi log" not in " ".join(pointed(said, COMMANDS, METRICS).commands)


@pytest.mark.parametrize(
    "asked",
    [
        "what do I do with a list of 40 addresses?",
        "move it to the top",
        "help me with my hook",
        "can I talk to customers?",
        "we need a human voice",
        "my customers cancel all the time, how do i stop them",
        "how do I stop customers from leaving",
        "how do I remind clients to pay",
        "I want to quit my job for the shop",
    ],
)
def test_a_question_that_shares_a_common_word_with_a_command_means_none(asked: str) -> None:
    assert not pointed(asked, COMMANDS).commands


def test_whoever_is_stuck_is_offered_a_person_first_and_looked_up_for_still() -> None:
    found = pointed("im stuck w my foundation and dont know what to put in pains", COMMANDS)
    assert next(iter(found.commands)) == "person ask"
    assert len(found.commands) <= MOST
    hook = pointed("I'm stuck with my hook", COMMANDS)
    assert (list(hook.commands), hook.alone, hook.told) == (["person ask"], False, False)
    assert not pointed("the labels are stuck on the jars again", COMMANDS).commands


@pytest.mark.parametrize(
    "typed",
    [
        "keep it",
        "keep it: Your hands can be held again",
        "Save that one.",
        "save it please",
        "keep number 2",
        "keep the second one",
        "can you save this for me?",
    ],
)
def test_what_is_to_be_kept_is_led_to_the_runs_where_it_can_be_saved(typed: str) -> None:
    found = pointed(typed, COMMANDS)
    assert (list(found.commands), found.alone) == (["runs", "assets add"], True)


@pytest.mark.parametrize(
    "typed",
    ["keep it simple", "keep it: short or long?", "keep that in mind", "how do I keep my customers", "save money on jars"],
)
def test_keeping_something_else_is_not_about_runs(typed: str) -> None:
    assert "runs" not in pointed(typed, COMMANDS).commands


@pytest.mark.parametrize(
    "words",
    ["i need a hook for the pb bones", "can u write me a hook", "write 3 hooks", "please make me a new hook"],
)
def test_who_needs_a_hook_is_led_to_the_prompt_that_writes_it(words: str) -> None:
    found = pointed(words, COMMANDS, METRICS)
    assert (list(found.commands), found.alone) == (["run H1"], True)


@pytest.mark.parametrize(
    "words",
    [
        *("what is a hook", "do hooks work", "i need a hook example", "my hook needs work", "why do i need a hook"),
        *("make a hook work", "how do i write a hook?"),
    ],
)
def test_who_asks_about_hooks_is_not(words: str) -> None:
    assert "run H1" not in pointed(words, COMMANDS, METRICS).commands


@pytest.mark.parametrize(
    ("words", "first"),
    [("what do u know about me", "me show"), ("need to talk to someone pls", "person ask"), ("i need a msg template", None)],
)
def test_a_phones_spelling_is_led_to_the_same(words: str, first: str | None) -> None:
    assert next(iter(pointed(words, COMMANDS, METRICS).commands), None) == first
