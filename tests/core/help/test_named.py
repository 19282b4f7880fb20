"""Commands that are called without their slash, and words that only have their names in them."""

from __future__ import annotations

import pytest

from bots.features import catalog
from core.help.hearing import HelpWords
from core.people.model import Person
from core.plain import message
from core.request import Said
from core.ui import Button, Buttons, Message
from tests.core.conftest import ADDRESS, AT, actor

HEARING = HelpWords(catalog())


async def pressed(words: str, person: Person) -> str:
    """The line that the one button stands for; "" where nothing is offered."""
    answer = await HEARING.hear(Said(id="e1", actor=actor(), address=ADDRESS, at=AT, text=words), person)
    if not isinstance(answer, Message):
        return ""
    buttons = [e for card in answer.cards for row in card.body if isinstance(row, Buttons) for e in row.items]
    [press] = buttons
    assert isinstance(press, Button)
    assert "Typed, it is /" in message(answer).replace("*", "")
    return f"{press.call.command} {press.call.words}".strip()


@pytest.mark.parametrize(
    ("words", "line"),
    [
        *(
            (each, "foundation interview")
            for each in (
                "start the interview",
                "foundation interview",
                "Interview me",
                "interview me pls",
                "lets do the interview thing",
                "can we continue my foundation interview",
            )
        ),
        *((each, "run H1") for each in ("run H1", "run h1 pls", "please run prompt h1")),
        *((each, "run F1 F2") for each in ("run F1 and F2", "can you run f1, f2", "run prompts f1 then f2 please")),
        ("run h1, h2 and s3", "run H1 H2 S3"),
        *((each, "pair ask") for each in ("find me a partner", "yes find me a learning buddy pls")),
        *(
            ("kpi", "kpi report"),
            ("Commitments", "commitments"),
            ("home", "home"),
            ("kpi log", "kpi log"),
            ("mydata", "mydata show"),
        ),
        ("nudges pause please", "nudges pause"),
    ],
)
async def test_a_name_without_its_slash_is_one_tap_away(nora: Person, words: str, line: str) -> None:
    assert await pressed(words, nora) == line


@pytest.mark.parametrize(
    "words",
    [
        *("interview", "I ran an interview", "interview a customer", "start the interview with a customer", "interview thing"),
        *("how do I start the interview?", "me", "plan", "person", "pair", "run", "module", "link", "cohort", "is this home"),
        *(
            "kpi report was good",
            "run F1 and tell me what you think",
            "we ran 2 and 3 today",
            "run f1 and a sale",
            "run a sale",
            "run 10k",
            "find me one",
            "find me a supplier",
            "yes find me one",
        ),
        *("home page copy", "cohort members", "staff give", "my commitments this week", "x" * 70),
    ],
)
async def test_words_about_anything_else_are_for_the_agents(nora: Person, words: str) -> None:
    assert await pressed(words, nora) == ""
