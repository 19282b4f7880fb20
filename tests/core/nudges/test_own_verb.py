"""What somebody promised, told as done by its own verb."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.nudges.own_verb import is_told_done
from core.people.model import Person
from persistence.documents import Database
from tests.core.nudges.asking import Asking, direct


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("photograph the espresso cups", "thank you for asking. i have photographed them all."),
        ("ship the gift page", "shipped it!! page is up"),
        ("write 3 hooks", "yes wrote them this morning"),
        ("Send the letter to Omar", "just sent it"),
        ("post the boxes", "i posted them at lunch"),
        ("plan the week", "we planned it on sunday"),
        ("tidy the shop page", "finally tidied it"),
        ("choose my focus product", "chose the jam"),
    ],
)
def test_its_own_verb_says_that_it_is_done(what: str, words: str) -> None:
    assert is_told_done(words, what)


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("photograph the espresso cups", "i have photographed half of them"),
        ("ship the gift page", "not shipped yet"),
        ("ship the gift page", "will be shipped on friday"),
        ("ship the gift page", "what if i shipped it tomorrow?"),
        ("write 3 hooks", "wrote one of them"),
        ("write 3 hooks", "the hooks i read were good"),
        ("write 3 hooks", "i wrote two but the last is hard"),
        ("post the boxes", "the post office was closed"),
        ("Hook", "hooked on this course"),
        ("plan the week", "we planned it " + "x" * 120),
    ],
)
def test_what_leaves_something_or_tells_anything_else_does_not(what: str, words: str) -> None:
    assert not is_told_done(words, what)


@pytest.fixture
async def asking(database: Database, nora: Person) -> Asking:
    return Asking(database, nora)


async def test_as_a_reply_to_the_reminder_it_is_done(asking: Asking) -> None:
    await asking.about("Photograph the espresso cups")
    reply = replace(direct("Thank you for asking. I have photographed them all."), replies_to="letter")
    assert "done" in await asking.hears(reply)
    assert not (await asking.commitments.all(asking.student, reply.at))[0].open
