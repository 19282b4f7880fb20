"""Talking with the agents."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from persistence.embedded import open_embedded
from tests.servers.claude import ClaudeServer, Drops, Refuses, Says
from tests.servers.claude_replies import Searched, Text, cited, plays
from tests.stories.student import Student


def system_of(request: dict[str, Any]) -> str:
    return "\n".join(block["text"] for block in request["system"])


async def test_a_follow_up_stays_with_the_agent_and_all_is_kept(coached: Student, claude: ClaudeServer, tmp_path: Path) -> None:
    claude.replies.extend([Says(("A hook is a first line.",)), Says(("It names a pain.",)), Says(("Hello there.",))])
    await coached.types("@teacher what is a hook?")
    coached.sees("Teacher:", "A hook is a first line.")
    await coached.types("and what makes a good one?")
    coached.sees("Teacher:", "It names a pain.")
    assert "You are Teacher" in system_of(claude.requests[1])
    turns = claude.requests[1]["messages"]
    assert [turn["role"] for turn in turns] == ["user", "assistant", "user"]
    assert turns[1]["content"][0]["text"] == "A hook is a first line."
    await coached.types("@Writer @teacher hello")
    coached.sees("Writer:", "Teacher:", "Hello there.")
    await coached.leaves()

    database = await open_embedded(tmp_path / "data")
    try:
        conversations = await database.collection("conversations").find({})
        assert len(conversations) == 1
        at = {"conversationId": conversations[0]["_id"]}
        messages = await database.collection("conversationMessages").find(at)
        assert len(messages) == 7
        participants = await database.collection("conversationParticipants").find(at)
        assert {each["kind"] for each in participants} == {"user", "agent"}
        assert len(participants) == 3
    finally:
        await database.close()
    await coached.comes_back()


async def test_nobody_named_means_the_director_who_knows_the_students_foundation(coached: Student, claude: ClaudeServer) -> None:
    await coached.types("/foundation edit pains")
    await coached.fills({"Said pains": "My first batch went fuzzy"})
    claude.replies.append(Says(("Start with module 0.",)))
    await coached.types("where do I begin?")
    coached.sees("Director:", "Start with module 0.")
    assert "My first batch went fuzzy" in system_of(claude.requests[0])


async def test_a_near_miss_is_asked_about_and_the_answer_is_one_press_away(coached: Student, claude: ClaudeServer) -> None:
    await coached.types("@Techer what is a hook?")
    coached.sees("Did you mean @Teacher?")
    assert not claude.requests
    claude.replies.append(Says(("A first line.",)))
    await coached.presses("Ask Teacher")
    coached.sees("Teacher:", "A first line.")
    assert "what is a hook?" in claude.requests[0]["messages"][-1]["content"][0]["text"]


async def test_a_person_who_is_named_is_left_alone(coached: Student, claude: ClaudeServer) -> None:
    claude.replies.append(Says(("Nice of Tessa.",)))
    await coached.types("@Tessa said I should start")
    coached.sees("Director:", "Nice of Tessa.")


async def test_thanks_cost_nothing(coached: Student, claude: ClaudeServer) -> None:
    await coached.types("thanks")
    assert coached.shown.strip() in {"Director:\n\nYou are welcome.", "Elevate: (heart)", "Elevate: (❤️)"}
    assert not claude.requests


@pytest.mark.parametrize(("status", "says"), [(401, "ANTHROPIC_API_KEY"), (429, "overloaded"), (529, "overloaded")])
async def test_trouble_is_told_and_the_question_is_kept(coached: Student, claude: ClaudeServer, status: int, says: str) -> None:
    claude.replies.extend([Refuses(status, {"x-should-retry": "false"})] * (1 if status == 401 else 2))  # the fallback too
    await coached.types("@Teacher what is a hook?")
    coached.sees(says)
    claude.replies.append(Says(("A first line.",)))
    await coached.presses("Try again")
    coached.sees("A first line.")


async def test_another_model_answers_where_the_first_is_overloaded_and_the_rest_of_a_broken_answer_follows(
    coached: Student, claude: ClaudeServer
) -> None:
    claude.replies.extend([Refuses(529, {"x-should-retry": "false"}), Drops(("A hook names", " one pa"))])
    await coached.types("@Teacher what is a hook?")
    coached.sees("A hook names one pa", "What came is kept.")
    claude.replies.append(Says(("in in a line.",)))
    await coached.presses("Go on")
    coached.sees("in in a line.")
    assert [each["model"] for each in claude.requests] == ["claude-sonnet-5-5", "claude-haiku-5-5", "claude-sonnet-5-5"]
    assert "A hook names one pa […]" in str(claude.requests[-1]["messages"][1])


async def test_researcher_searches_and_names_its_sources(coached: Student, claude: ClaudeServer) -> None:
    lids = ("https://jars.example/lids", "Lids compared")
    claude.replies.append(
        plays(Searched("lids", (lids,)), Text("Lids chip.", (cited(*lids),)), Text(" See https://evil.example/x."))
    )
    await coached.types("@Researcher what do people say about lids?")
    coached.sees("Lids chip.", "Sources", "Lids compared")
    coached.sees_no("https://evil.example")


async def test_an_answer_is_stopped_what_came_is_kept_and_the_talk_goes_on(coached: Student, claude: ClaudeServer) -> None:
    hold = asyncio.Event()
    claude.replies.extend([Says(("A hook is a line.\n\nIt names", " a pain."), hold=hold), Says(("Going on.",))])
    await coached.stops(coached.types("@Teacher what is a hook?"), after="A hook is a line.")
    coached.sees("Stopped. What came until then is kept.")
    await coached.types("go on")
    coached.sees("Going on.")
    assert "A hook is" in claude.requests[1]["messages"][1]["content"][0]["text"]
    hold.set()


async def test_without_a_key_what_is_said_goes_into_the_command_that_takes_it(student: Student) -> None:
    await student.types("@Guide I will call the printer tomorrow")
    await student.presses("Say what you will do, and by when")
    await student.fills({})
    student.sees("Noted:", "call the printer", "I ask you about it that day.")
    await student.types("@Guide orders about 12, revenue 230")
    await student.presses("Log your figures")
    student.sees("Orders", "12", "Revenue", "230", "Save")
    await student.types("we took about 250 from 14 orders this week")
    student.sees("I read these figures", "Orders", "14", "Revenue", "250", "Save")


async def test_without_a_key_the_course_answers_and_says_so(student: Student) -> None:
    await student.types("@Teacher what is a hook?")
    student.sees("Teacher:", "No key for Claude is set", "/module 1")
    await student.presses("Module 1, Hook")
    student.sees("Make the right person stop", "Checklist")
    await student.types("xyzzy plugh")
    student.sees("nothing in the course's own text fits")
