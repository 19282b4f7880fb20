"""Talking in the direct messages of Slack, where people go on in a thread or begin anew below it, and press Slack's own Stop."""

from __future__ import annotations

import asyncio

import pytest

from tests.servers.claude import ClaudeServer, Says
from tests.servers.slack import Person
from tests.stories.slack import Office


@pytest.fixture
def maria(office: Office) -> Person:
    return office.server.person("Maria")


async def test_a_thread_goes_on_with_its_agent_and_a_new_message_begins_anew(
    office: Office, maria: Person, claude: ClaudeServer
) -> None:
    claude.usual = Says(("Well.",))
    asked = maria.says("@Teacher what is a hook?")
    await office.settled()
    assert (maria.last.author, maria.last.thread_ts) == ("Teacher", asked.ts)
    anew = maria.says("where do I begin?")
    await office.settled()
    assert (maria.last.author, maria.last.thread_ts) == ("Director", anew.ts)
    assert len(claude.requests[-1]["messages"]) == 1
    assert "Said in another thread of these direct messages, shortly before" in str(claude.requests[-1])
    assert "Maria: @Teacher what is a hook?" in str(claude.requests[-1])
    maria.says("and what makes a good one?", thread=asked)
    await office.settled()
    assert (maria.last.author, maria.last.thread_ts) == ("Teacher", asked.ts)
    assert len(claude.requests[-1]["messages"]) == 3
    assert "in another thread" not in str(claude.requests[-1]), "what came before the first of this thread alone"


async def test_an_interview_hears_answers_below_it_and_in_threads(office: Office, maria: Person) -> None:
    await maria.commands("/foundation", "interview")
    await office.settled()
    question = maria.last
    maria.says("A starter kit with a jar, a press and a card")
    await office.settled()
    assert "Company: How it works" in maria.last.text
    maria.says("A spring press keeps the leaves under the brine", thread=maria.last)
    await office.settled()
    assert "Saved under **How it works**" in maria.last.text
    assert "Company: Why we exist" in maria.last.text
    maria.says("skip", thread=question)
    await office.settled()
    assert "Company: Main promise" in maria.last.text


async def test_in_the_thread_of_an_agent_words_are_for_that_agent_though_an_interview_is_open(
    office: Office, maria: Person, claude: ClaudeServer
) -> None:
    claude.usual = Says(("Well.",))
    await maria.commands("/foundation", "interview")
    await office.settled()
    question = maria.last
    asked = maria.says("@Writer how would you say that in one line?")
    await office.settled()
    maria.says("A starter kit with a jar, a press and a card")
    await office.settled()
    assert "Saved under **What we sell**" in maria.last.text
    maria.says("shorter please", thread=asked)
    await office.settled()
    assert (maria.last.author, maria.last.thread_ts) == ("Writer", asked.ts)
    assert len(claude.requests) == 2
    maria.says("A spring press keeps the leaves under the brine")
    await office.settled()
    assert "Saved under **How it works**" in maria.last.text, "the question stayed open"
    maria.says("@Teacher what do they mean by that?", thread=question)
    await office.settled()
    assert maria.last.author == "Teacher"
    maria.says("Nobody else fires clay with olive stones", thread=question)
    await office.settled()
    assert "Saved under **Why we exist**" in maria.last.text, "below its own question, whoever else spoke there"


async def test_an_answer_that_was_saved_is_put_right_in_its_form_and_the_question_stays(office: Office, maria: Person) -> None:
    await maria.commands("/foundation", "interview")
    await office.settled()
    maria.says("A spring press keeps the leaves under the brine")
    await office.settled()
    maria.says("sorry the last one was wrong, that was how it works")
    await office.settled()
    assert "nothing was saved" in maria.last.text
    await maria.presses("Change that answer", on=maria.last)
    await office.settled()
    await maria.submits({"What we sell": "A starter kit with a jar, a press and a card"})
    await office.settled()
    maria.says("A spring press keeps the leaves under the brine")
    await office.settled()
    assert "Saved under **How it works**" in maria.last.text
    await maria.presses("Change it", on=maria.last)
    await office.settled()
    assert "A spring press keeps the leaves" in str(maria.modal)


async def test_two_agents_answer_one_after_the_other_each_under_its_name(
    office: Office, maria: Person, claude: ClaudeServer
) -> None:
    claude.usual = Says(("Hello ", "there."))
    maria.says("@Writer @Teacher hello you two, what do you do?")
    await office.settled()
    assert [each.author for each in maria.answers] == ["Writer", "Teacher"]
    assert [each.streaming for each in maria.answers] == [False, False]


async def test_stop_in_a_channel_ends_the_answer_and_keeps_what_came(office: Office, maria: Person, claude: ClaudeServer) -> None:
    nora = office.server.person("Nora")
    room = office.server.channel("cohort-7", maria, nora)
    hold = asyncio.Event()
    claude.replies.append(Says(("A hook is a line.\n\nIt names", " a pain."), hold=hold))
    asked = maria.says("@Elevate @Teacher what is a hook?", channel=room)
    await office.server.settled(until=lambda: any("A hook is" in each.text for each in nora.answers), midway=True)
    maria.stops(asked)
    await office.settled()
    assert "Stopped. What came until then is kept." in nora.last.text
    hold.set()


async def test_questions_that_come_together_are_answered_in_their_order(
    office: Office, maria: Person, claude: ClaudeServer
) -> None:
    claude.replies.extend([Says(("First.",)), Says(("Second.",)), Says(("Third.",))])
    asked = maria.says("@Teacher what is a hook?")
    maria.says("and a gift?", thread=asked)
    maria.says("and an upsell?", thread=asked)
    await office.settled()
    assert [each.text.partition("\n")[0] for each in maria.answers] == ["First.", "Second.", "Third."]


async def test_an_event_that_slack_sends_twice_is_answered_once(office: Office, maria: Person, claude: ClaudeServer) -> None:
    claude.usual = Says(("Well.",))
    office.server.deliveries.copies = 2
    room = office.server.channel("cohort-7", maria)
    maria.says("@Elevate @Teacher what is a hook?", channel=room)
    maria.mention_first = True
    maria.says("@Elevate @Teacher what is a gift?", channel=room)
    await office.settled()
    assert len(maria.answers) == len(claude.requests) == 2


async def test_what_is_being_answered_when_the_program_ends_is_answered_by_its_next_start(
    office: Office, maria: Person, claude: ClaudeServer
) -> None:
    hold = asyncio.Event()
    claude.replies.extend([Says(("A hook is a line.\n\nIt names", " a pain."), hold=hold), Says(("It stops the right person.",))])
    asked = maria.says("@Teacher what is a hook?")
    await office.server.settled(until=lambda: any("A hook is" in each.text for each in maria.answers), midway=True)
    await office.closes(grace_seconds=0)
    hold.set()
    await office.opens()
    await office.server.settled(until=lambda: "It stops the right person." in maria.last.text)
    assert [each.thread_ts for each in maria.answers] == [asked.ts] * 3
    assert not any("Stopped" in each.text for each in maria.answers)


async def test_where_slack_has_nothing_new_answers_grow_and_stop_all_the_same(
    office: Office, maria: Person, claude: ClaudeServer
) -> None:
    """As in a workspace that is too old, or a free one."""
    office.refuses = {"feature_not_enabled"}
    for method in ("chat.startStream", "agents.sessions.setStatus", "assistant.threads.setStatus"):
        office.server.fail(method, error="feature_not_enabled", times=1_000)
    hold = asyncio.Event()
    claude.replies.extend([Says(("A hook is a line.\n\nIt names", " a pain."), hold=hold), Says(("Going on.",))])
    asked = maria.says("@Teacher what is a hook?")
    await office.server.settled(until=lambda: any("[Stop]" in each.text for each in maria.answers), midway=True)
    await maria.presses("Stop", on=maria.last)
    await office.settled()
    assert maria.last.author == "Teacher"
    assert "A hook is a line." in maria.last.text
    assert "Stopped. What came until then is kept." in maria.last.text
    assert "[Stop]" not in maria.last.text
    maria.says("go on", thread=asked)
    await office.settled()
    assert (maria.last.author, len(maria.answers)) == ("Teacher", 2)
    assert "Going on." in maria.last.text
    hold.set()
