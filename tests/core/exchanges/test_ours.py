"""Words about what the bot does itself are told from words for a coach; what the coach wrote about is for the coach."""

from __future__ import annotations

import pytest

from bots.features import catalog
from core.exchanges.model import Exchange
from core.exchanges.ours import is_ours
from core.people.model import Person
from tests.core.conftest import AT
from tests.core.exchanges.office import HOUR, MINUTE, Office

TITLES = frozenset({"story and feel", "said pains", "voice"})
ASKED = "Is 390 too much for the ring?"
COMMANDS = [each.name for each in catalog().commands.values() if each.listed and not each.needs and " " in each.name]


@pytest.mark.parametrize(
    "words",
    [
        "no reminders till monday, on vacation",
        "no more reminders",
        "stop the reminders please",
        "pause till monday",
        "Pause please",
        "can you pause until friday",
        "pause",
        "pause everything for a week",
        "May I please have a partner to learn with?",
        "i want a partner",
        "can i get another learning partner",
        "find me a partner please",
        "who is my partner",
        "I'd like a study buddy for the course",
        "delete story and feel",
        "clear my voice",
        "please delete the cell said pains",
        "show my figures",
        "open the dashboard",
        "dashboard",
        "log my figures",
        "show me my promises",
        "what did i promise",
        "start the interview",
        "continue the interview please",
        "open my foundation",
        "module 3",
        "start module 2",
        "run h1",
        "show the next prompt",
        "foundation show",
        "kpi log",
        "nudges pause",
        "don't remind me on sundays",
        "fewer reminders please",
        "i want to change my reminders",
        "change my reminders to evenings",
        "no reminders until 5 December",
        "import my numbers",
        "pair leave",
    ],
)
def test_what_the_bot_does_itself_is_for_the_bot(words: str) -> None:
    assert is_ours(words, [ASKED], TITLES)


@pytest.mark.parametrize(
    "words",
    [
        "my partner likes the label",
        "my partner and I will try 390",
        "i have a partner who does the photos",
        "can my partner come too?",
        "pause the ads?",
        "should i pause the old shop while i move",
        "i sent reminders to three customers",
        "two of them need a reminder",
        "delete the photo?",
        "i deleted it",
        "delete the second line",
        "delete story from the page",
        "the figures look good to me",
        "my figures are in the sheet, is that ok?",
        "390 it is",
        "i will show my figures on thursday",
        "yes the interview with the paper went well",
        "i promise to send it tomorrow",
        "the module was hard",
        "i finished the prompt, what do you think?",
        "can i have a look at yours",
        "can we talk about the foundation of the price",
        "no, not yet",
        "start",
        "home",
        "me",
        "plan b then",
        "show the ring first?",
        "it is on my page",
        "the next one is the partner of the shop",
        "is the dashboard what you mean?",
        "can i get a discount for my partner",
        "a partner in berlin wants ten",
        "open on monday",
        "no reminder came from them",
        "a partner",
        "a partner, maybe",
        "module 3, i think",
        "pause the kiln till monday",
        "dashboard, mostly",
        "i want my partner to see it",
        "delete the story",
        "finish module 3",
    ],
)
def test_what_a_coach_may_be_told_is_not(words: str) -> None:
    assert not is_ours(words, [ASKED], TITLES)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_without_its_slash_is_for_the_bot(name: str) -> None:
    assert is_ours(name, [ASKED], TITLES)


@pytest.mark.parametrize(
    ("words", "letter"),
    [
        ("no reminders please", "Shall I send you fewer reminders?"), ("i want a partner", "Would you like a partner?"),
        ("pause till monday", "Do you need a pause?"), ("show my figures", "Which figures do you mean?"),
        ("start module 2", "Have you looked into module 2?"), ("delete story and feel", "Story and feel: is it worth it?"),
        ("open the dashboard", "What does the dashboard say?"), ("what did i promise", "You promised something"),
        ("continue the interview", "And what will you do tomorrow?"), ("module 3", "Where are you in the course?"),
        ("start module 4", "What comes next for you?"), ("stop the reminders", "Do the reminders help?"),
    ],
)  # fmt: skip
def test_what_the_letter_speaks_of_is_for_its_writer(words: str, letter: str) -> None:
    assert is_ours(words, [ASKED], TITLES), "after another letter"
    assert not is_ours(words, [ASKED, letter], TITLES)


async def test_nobody_is_asked_about_what_the_bot_does_itself_and_it_joins_nothing(
    office: Office, nora: Person, letter: Exchange
) -> None:
    assert await office.types(nora, "May I please have a partner to learn with?", AT + HOUR) == ""
    assert "Is this for Omar?\n> It did\n" in await office.types(nora, "It did", AT + HOUR + MINUTE)
    assert await office.types(nora, "no reminders till monday, on vacation", AT + HOUR + 2 * MINUTE) == ""
    assert await office.types(nora, "delete story and feel", AT + HOUR + 3 * MINUTE) == ""
    assert "> my partner likes the label\n" in await office.types(nora, "my partner likes the label", AT + HOUR + 4 * MINUTE)
    assert "Is this for Omar?" in await office.types(nora, "Omar, no reminders till monday please", AT + HOUR + 5 * MINUTE)
