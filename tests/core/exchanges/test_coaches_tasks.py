"""A coach asks the bot about students all day; what answers a student's letter is asked about all the same."""

from __future__ import annotations

import pytest

from core.people.model import Person
from tests.core.conftest import AT, actor
from tests.core.exchanges.office import MINUTE, Office


async def asks(office: Office, nora: Person) -> None:
    await office.exchanges.ask(nora, "Is 390 a fair price?", actor().direct, AT, event_id="e1", show=False)
    await office.people.meet(actor("zoe"), AT)


@pytest.mark.parametrize(
    "words",
    [
        "all good, 390 is a fair price", "all fine with me", "all of it looks right", "any price above 380 is fair",
        "any of the two works", "plan two posts for it first", "plan it for friday", "check the label again", "check it twice",
        "set the price to 390", "set it to 390 then", "add a photo of the back", "remove the second line", "move the price up",
        "find a brighter room for the photo", "do it", "do that first", "have a look at the label", "has a nice ring to it",
        "how lovely", "how nice that it sold", "what a good price", "when in doubt take 390", "can do", "can't say yet",
    ],
)  # fmt: skip
async def test_what_may_answer_a_letter_is_asked_about(office: Office, omar: Person, nora: Person, words: str) -> None:
    await asks(office, nora)
    assert "Is this for Nora?" in await office.types(omar, words, AT + MINUTE)


@pytest.mark.parametrize(
    "words",
    [
        "all students", "all open letters", "all the reminders", "all", "any news of the others?", "any new letters",
        "any figures yet", "any open questions", "plan", "plan an announcement", "plan of the week", "check", "check zoe",
        "check on zoe", "check the figures", "set the question to monday", "set reminders", "add a student", "add zoe",
        "remove a coach", "move zoe to the march cohort", "find zoe", "find a student", "do the others write",
        "have the figures come", "has zoe answered", "how is zoe", "how many wait", "what is new", "when is the digest",
        "can zoe see it", "who is late", "show the list", "list everybody", "write to zoe", "everyone: please be on time",
    ],
)  # fmt: skip
async def test_what_a_coach_has_the_bot_do_is_not(office: Office, omar: Person, nora: Person, words: str) -> None:
    await asks(office, nora)
    assert await office.types(omar, words, AT + MINUTE) == ""
