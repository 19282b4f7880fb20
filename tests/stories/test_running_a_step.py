"""A step's prompts, run one after the other: each result is a run of its own, and what is under way can be stopped."""

from __future__ import annotations

from pathlib import Path

from tests.servers.claude import ClaudeServer, Refuses, Says
from tests.stories.process import running
from tests.stories.student import Student
from tests.stories.test_killed import documents, held
from tests.stories.test_running_a_prompt import ANSWERS

HEADLINE, OPENER = Says(("1. Fuzzy jar? It was the lid.",)), Says(("1. Nobody tells you about the lid.",))
CELLS = {name: text for name, text in ANSWERS.items() if name != "Where will these headlines run?"}
STEP = {"Where will these headlines run?": "Instagram", "What is the angle?": "the lid", "Which platform?": "Instagram"}
FORM = [STEP["Where will these headlines run?"], "", "", STEP["What is the angle?"], STEP["Which platform?"]]
"""The step's form line by line: H4's two questions are left empty."""


async def knows_the_shop(student: Student, claude: ClaudeServer) -> None:
    """Run a prompt once, whose form fills the cells."""
    claude.replies.append(HEADLINE)
    await student.types("/run H1")
    await student.fills(ANSWERS)


async def test_the_ready_prompts_of_a_step_run_one_after_the_other(coached: Student, claude: ClaudeServer) -> None:
    await knows_the_shop(coached, claude)
    claude.replies.extend([HEADLINE, OPENER])
    await coached.types("/run hook")
    await coached.presses("Run all that are ready")
    await coached.fills(STEP)
    coached.sees("H1 Pain headlines", "Fuzzy jar? It was the lid.", "H6 Social openers", "Nobody tells you", "Hook: 2 of 2 done")
    coached.sees("H3 Intrigue hooks: needs Self-image and beliefs, How it works and Our difference in your Foundation")
    coached.sees("H4 Openings and video hooks: needs your answers to its questions", "H7 Hook scorecard: needs")
    coached.sees("less than $0.001", "claude-sonnet-5-5")
    assert "Instagram" in claude.requests[1]["messages"][-1]["content"][0]["text"]
    await coached.presses("Save")
    coached.sees("Saved as a draft: Pain headlines (H1)")
    await coached.types("/runs")
    coached.sees("H6", "H1", "done")


async def test_a_step_that_is_stopped_keeps_what_came_and_begins_no_other(coached: Student, claude: ClaudeServer) -> None:
    await knows_the_shop(coached, claude)
    claude.replies.extend([held("1. Fuzzy"), OPENER])
    await coached.types("/run step:Hook")
    await coached.stops(coached.fills(STEP), after="1. Fuzzy")
    coached.sees("Stopped. What came until then is kept.")
    coached.sees_no("Nobody tells you about the lid.")
    await coached.types("/runs")
    coached.sees("broke off")
    assert len(claude.requests) == 2


async def test_what_keeps_the_first_from_beginning_is_not_tried_with_all(coached: Student, claude: ClaudeServer) -> None:
    await knows_the_shop(coached, claude)
    claude.replies.append(Refuses(402))
    await coached.types("/run step:Hook")
    await coached.fills(STEP)
    coached.sees("run out of credit", "H6 Social openers: not begun, after the trouble above", "Hook: 0 of 2 done")
    assert len(claude.requests) == 2


async def test_a_step_says_what_is_missing_where_nothing_is_ready(student: Student) -> None:
    await student.types("/run step:hook")
    student.sees("No prompt of Hook can run yet", "H1 Pain headlines: needs Said pains, Emotions and fears, Identity and Voice")
    await student.types("/run step:lunch")
    student.sees("There is no step “lunch”. The steps are Foundation, Hook")


async def test_prompts_that_are_named_run_one_after_the_other_each_once(coached: Student, claude: ClaudeServer) -> None:
    await knows_the_shop(coached, claude)
    claude.replies.extend([OPENER, HEADLINE])
    await coached.types("/run H6, h1 and H3 H9 h6")
    await coached.fills({"Where will these headlines run?": "Instagram", "What is the angle?": "the lid", "Which platform?": "X"})
    coached.sees("Nobody tells you", "Fuzzy jar? It was the lid.", "H6, H1 and H3: 2 of 2 done")
    coached.sees("H3 Intrigue hooks: needs", "H9: there is no such prompt")
    coached.offers("Run H3")
    assert len(claude.requests) == 3


async def test_what_looks_like_a_code_after_a_prompt_that_asks_is_its_answer(coached: Student, claude: ClaudeServer) -> None:
    await knows_the_shop(coached, claude)
    claude.replies.append(HEADLINE)
    await coached.types("/run H1 A4")
    coached.sees("Fuzzy jar? It was the lid.")
    assert "A4" in claude.requests[1]["messages"][-1]["content"][0]["text"]


async def test_a_step_that_was_killed_goes_on_by_itself_and_runs_nothing_twice(tmp_path: Path, claude: ClaudeServer) -> None:
    async with running(tmp_path, claude) as chat:
        claude.replies.extend([HEADLINE, HEADLINE, held("1. Nobody")])
        chat.types("/run H1", *CELLS.values(), "Facebook")
        await chat.shows("Fuzzy jar? It was the lid.")
        chat.types("/run step:Hook", *FORM)
        await chat.shows("1. Nobody")
        await chat.killed()
    claude.usual = OPENER
    async with running(tmp_path, claude) as chat:
        await chat.shows(
            "interrupted", "Hook: 1 of 2 done", "it comes here by itself", "Nobody tells you about the lid.", "Made:"
        )
        assert await chat.left() == 0
    [runs] = await documents(tmp_path, "userPromptExecutions")
    assert sorted((str(each["promptCode"]), str(each["status"])) for each in runs) == [
        ("H1", "Success"),
        ("H1", "Success"),
        ("H6", "Success"),
    ]
    assert len(claude.requests) == 4
