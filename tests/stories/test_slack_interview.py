"""One interview on Slack: life comes between, and rivals are asked about one by one, by their names."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.servers.claude import ClaudeServer, Says
from tests.servers.slack import Person
from tests.stories.slack import Office


@pytest.fixture
def maria(office: Office) -> Person:
    return office.server.person("Maria")


async def test_an_interview_that_life_comes_between_and_that_asks_about_each_rival(office: Office, maria: Person) -> None:
    async def told(words: str) -> str:
        maria.says(words)
        await office.settled()
        return maria.last.text

    await maria.commands("/foundation", "interview")
    await office.settled()
    assert "27 questions are left" in await told("how many questions are left")
    assert "The question for **What we sell** waits" in await told("sorry gotta go, phone is ringing")
    office.goes_on(timedelta(hours=2))
    assert "Welcome back" in await told("ok back")
    assert "is that your answer for **What we sell**?" in await told("my bus is here")
    await maria.presses("No, go on later", on=maria.last)
    await office.settled()
    await maria.presses("Carry on", on=maria.last)
    await office.settled()
    assert "Saved under **What we sell**" in await told("Back to basics soap: a bar, a dish and a refill")
    while "Market: Rivals" not in await told("skip"):
        pass
    asked = await told("weleda skin food, it heals; the pharmacy creams, a pharmacist stands behind them")
    assert "Take **weleda skin food**." in asked
    asked = await told("too perfumed, burns on cracked skin")
    assert "Saved under **Their gaps**" in asked
    assert "Take **the pharmacy creams**." in asked
    assert "“nivea” is not under **Rivals**: weleda skin food; the pharmacy creams" in await told("nivea: greasy")
    asked = await told("pharmacy: greasy, and it stains")
    assert "“the pharmacy creams (a pharmacist stands behind them): greasy, and it stains”" in asked
    assert "Market: Our difference" in asked
    await maria.commands("/foundation", "show")
    await office.settled()
    assert "too perfumed, burns on cracked skin" in maria.last.text
    assert "Is this for **Our difference**?" in await told("Ours has four things in it and no perfume at all")
    await maria.presses("Yes, save it", on=maria.last)
    await office.settled()
    assert "Saved under **Our difference**" in maria.last.text
    assert "Saved under **Said goals**" in await told("said goals: hands that do not crack in winter")
    await maria.commands("/help")
    await office.settled()
    assert "Is this for **Trends**?" in await told("plan my week with me please, I have two hours each evening")
    await maria.presses("No, ask an agent", on=maria.last)
    await office.settled()
    assert maria.last.author == "Director"
    await maria.commands("/foundation", "interview")
    await office.settled()
    assert "Market: Trends" in maria.last.text


async def test_with_a_key_what_is_no_answer_is_asked_about_and_handed_to_an_agent(
    office: Office, maria: Person, claude: ClaudeServer
) -> None:
    claude.usual = Says(("Say when, and I set it.",))
    await maria.commands("/foundation", "interview")
    await office.settled()
    claude.verdicts.extend(["answer", "aside"])
    maria.says("Soap bars with four things in them, and a dish")
    await office.settled()
    assert "Saved under **What we sell**" in maria.last.text
    maria.says("evenings suit me better btw")
    await office.settled()
    assert "Is that your answer for **How it works**? Nothing is saved yet." in maria.last.text
    assert "four things in them" in str(claude.judged[-1]["messages"]), "the answer before"
    assert claude.requests == []
    await maria.presses("Ask an agent that", on=maria.last)
    await office.settled()
    assert "Say when, and I set it." in maria.last.text
    assert "evenings suit me better btw" in str(claude.requests[-1]["messages"])
    await maria.commands("/foundation", "show")
    await office.settled()
    assert "evenings" not in maria.last.text
