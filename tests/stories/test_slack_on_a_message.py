"""What is done with a message in Slack: its shortcuts, its files, its thumbs, and what becomes of it when it is changed."""

from __future__ import annotations

import base64
import json

import pytest

from tests.servers.claude import ClaudeServer, Says
from tests.servers.slack import Person
from tests.stories.slack import Office, open_form

PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


@pytest.fixture
def maria(office: Office) -> Person:
    return office.server.person("Maria")


async def test_a_message_is_saved_as_an_asset(office: Office, maria: Person) -> None:
    nora = office.server.person("Nora")
    room = office.server.channel("cohort-7", maria, nora)
    written = nora.says("Fuzzy jar? It was the *lid* & nothing else.", channel=room)
    await maria.shortcut("Save as asset", written)
    await office.settled()
    assert open_form(maria).field("The text itself (1 of 3)").value == "Fuzzy jar? It was the *lid* & nothing else."
    await maria.submits({"Step": "Hook", "What it is": "Headline"})
    await office.settled()
    assert maria.last.ephemeral
    await maria.commands("/assets", "1")
    await office.settled()
    assert "Fuzzy jar? It was the *lid* & nothing else." in maria.last.text


async def test_an_agent_is_asked_about_a_message(office: Office, maria: Person, claude: ClaudeServer) -> None:
    claude.replies.append(Says(("It says nothing of the lid.",)))
    written = maria.says("thanks")
    await office.settled()
    await maria.shortcut("Ask an agent about this", written)
    await office.settled()
    assert open_form(maria).field("Your question").value == "thanks"
    assert [each.partition(":")[0] for each in await maria.suggestions("Agent", "te")] == ["Teacher", "Connector", "“te”"]
    await maria.submits({"Agent": "Teacher", "Your question": "What is missing in “thanks”?"})
    await office.settled()
    assert maria.last.author == "Teacher"
    assert "It says nothing of the lid." in maria.last.text
    assert "What is missing in" in json.dumps(claude.requests[-1], ensure_ascii=False)


async def test_a_message_is_added_to_the_foundation(office: Office, maria: Person) -> None:
    room = office.server.channel("cohort-7", maria)
    written = office.server.another_bot_says("New review: my first batch went fuzzy", room)
    await maria.shortcut("Add to my Foundation", written)
    await office.settled()
    await maria.submits({"Cell": "Said pains"})
    await office.settled()
    await maria.commands("/foundation", "edit pains")
    await office.settled()
    assert "my first batch went fuzzy" in open_form(maria).field("Said pains").value


async def test_an_agent_reads_a_table_sees_a_picture_and_says_what_it_cannot_read(
    office: Office, maria: Person, claude: ClaudeServer
) -> None:
    claude.replies.extend([Says(("Your reel did best.",))])
    files = {"figures.csv": b"post,clicks\nreel,240\n", "jar.png": PNG, "plan.pdf": b"%PDF-1.7"}
    maria.uploads("@Teacher which post did best?", files)
    await office.settled()
    shown = "\n".join(each.text for each in maria.answers)
    assert "Your reel did best." in shown
    assert "plan.pdf" in shown
    assert "I cannot read PDF files" in shown
    sent = json.dumps(claude.requests[0]["messages"])
    assert "reel,240" in sent
    assert base64.b64encode(PNG).decode() in sent


async def test_a_message_that_is_edited_or_deleted_is_so_in_the_conversation(
    office: Office, maria: Person, claude: ClaudeServer
) -> None:
    claude.usual = Says(("Noted.",))
    first = maria.says("@Teacher we sell glass jars")
    await office.settled()
    maria.edits(first, "@Teacher we sell clay crocks")
    second = maria.says("my secret is the brine", thread=first)
    await office.settled()
    maria.deletes(second)
    await office.settled()
    assert len(maria.answers) == 2  # neither is answered anew
    maria.says("and what do we sell?", thread=first)
    await office.settled()
    sent = json.dumps(claude.requests[-1]["messages"])
    assert "clay crocks" in sent
    assert "glass jars" not in sent
    assert "brine" not in sent


async def test_thumbs_down_asks_why(office: Office, maria: Person, claude: ClaudeServer) -> None:
    claude.replies.append(Says(("A hook is a first line.",)))
    maria.says("@Teacher what is a hook?")
    await office.settled()
    answer = maria.last
    await maria.presses("It did not", on=answer)
    await office.settled()
    await maria.submits({open_form(maria).fields[0].label: "Too short for me"})
    await office.settled()
    assert "Thank you, that is noted." in maria.last.text
    await maria.presses("This helped", on=answer)
    await office.settled()
    assert "Thank you, that is noted." in maria.last.text
    assert maria.troubles == []


async def test_a_button_that_is_pressed_weeks_later_after_a_restart_still_works(office: Office, maria: Person) -> None:
    await maria.commands("/module", "1")
    await office.settled()
    old = maria.last
    await office.closes()
    office.server.clock.advance(3 * 7 * 24 * 3600)
    await office.opens()
    await maria.presses("Start Hook", on=old)
    await office.settled()
    assert "In progress" in maria.last.text
    assert maria.troubles == []
