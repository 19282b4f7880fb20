"""What greets somebody in Slack: the home tab, which follows what they do, and ways to begin a conversation."""

from __future__ import annotations

import pytest

from tests.servers.claude import ClaudeServer, Says
from tests.servers.slack import Person
from tests.stories.slack import Office


@pytest.fixture
def maria(office: Office) -> Person:
    return office.server.person("Maria", tz="Europe/Madrid")


async def opens_home(office: Office, maria: Person) -> str:
    maria.opens_home()
    await office.server.settled(until=lambda: maria.home != "")
    return maria.home


async def test_a_newcomer_is_known_by_name_and_zone_and_shown_what_is_next(office: Office, maria: Person) -> None:
    home = await opens_home(office, maria)
    assert ", Maria" in home
    assert "Your Foundation" in home
    assert "Interview me" in home
    assert maria.answers == []  # nobody is written to unasked
    await maria.commands("/elevate-me")
    await office.settled()
    assert "Name: Maria" in maria.last.text
    assert "Europe/Madrid" in maria.last.text


async def test_the_home_tab_follows_each_change(office: Office, maria: Person) -> None:
    home = await opens_home(office, maria)
    assert "0 of 9" in home
    await maria.commands("/foundation", "edit pains")
    await office.settled()
    await maria.submits({"Said pains": "My first batch went fuzzy"})
    await office.server.settled(until=lambda: "1 of 9" in maria.home)
    await maria.commands("/assets", "add")
    await office.settled()
    await maria.submits({"Step": "Hook", "What it is": "Headline", "The text itself (1 of 3)": "Fuzzy jar?"})
    await office.server.settled(until=lambda: "Fuzzy jar?" in maria.home)
    assert "Draft" in maria.home
    await maria.commands("/assets", "archive 1")
    await office.server.settled(until=lambda: "Fuzzy jar?" not in maria.home)


async def test_a_home_tab_that_would_stay_the_same_is_left_alone(office: Office, maria: Person) -> None:
    await opens_home(office, maria)
    for person in (maria, maria, office.server.person("Nora")):  # whoever looks is served in turn
        person.opens_home()
        await office.server.settled()
    await maria.commands("/help")
    await office.settled()
    await opens_home(office, office.server.person("Lea"))
    published = [each["user_id"] for each in office.server.called("views.publish")]
    assert published.count(maria.id) == 1
    assert len(published) == 3


async def test_a_button_of_the_home_tab_is_answered_in_the_direct_messages(office: Office, maria: Person) -> None:
    await opens_home(office, maria)
    await maria.presses("Interview me")
    await office.settled()
    assert maria.last.channel == maria.dm.id
    assert "Company: What we sell" in maria.last.text


async def test_ways_to_begin_are_suggested_and_answered(office: Office, maria: Person, claude: ClaudeServer) -> None:
    claude.replies.append(Says(("You are in module 0.",)))
    maria.opens_messages()
    await office.settled()
    assert [each["title"] for each in maria.prompts] == [
        "Where am I?",
        "Explain Foundation",
        "Help me with my Foundation",
        "What can you do?",
    ]
    maria.picks_prompt("Where am I?")
    await office.settled()
    assert maria.last.author == "Guide"
    assert "You are in module 0." in maria.last.text
