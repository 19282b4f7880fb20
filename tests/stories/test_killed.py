"""The program is killed at the worst moments, and nothing acknowledged is lost and nothing answered twice."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import pytest

from persistence.documents import Document
from persistence.embedded import open_embedded
from tests.records import come
from tests.servers.claude import ClaudeServer, Says
from tests.stories.process import Running, begun, running
from tests.stories.test_running_a_prompt import ANSWERS, HEADLINES

QUESTION = "@Teacher what is a hook?"
SORRY = f"I was interrupted before I could answer “{QUESTION}”. Here it is now."
KILLS = 20


def held(first: str = "A hook is a first line.") -> Says:
    """An answer that never comes to its end."""
    return Says((f"{first}\n\nIt names", " a pain."), hold=asyncio.Event())


async def documents(folder: Path, *names: str) -> list[list[Document]]:
    """All of these collections; the file opens, whatever was done to the program."""
    database = await open_embedded(folder / "data")
    try:
        await database.prepare()
        return [await database.collection(name).find({}) for name in names]
    finally:
        await database.close()


async def runs_h1(chat: Running, claude: ClaudeServer) -> None:
    """Run a prompt, whose answer stops in the middle."""
    claude.replies.append(held("Pain used: fuzz."))
    chat.types("/run H1", *ANSWERS.values())
    await chat.shows("Pain used: fuzz.")


async def test_a_question_that_was_taken_is_answered_by_the_next_start_once(tmp_path: Path, claude: ClaudeServer) -> None:
    claude.replies.extend([held(), Says(("It stops the right person.",))])
    async with begun(tmp_path, claude) as chat:
        chat.types(QUESTION)
        await chat.shows("A hook is a first line.")
        await chat.killed()
    async with begun(tmp_path, claude) as chat:
        await chat.shows(SORRY, "Teacher:", "It stops the right person.")
        chat.types("/progress")
        await chat.shows("You are in module 0")
        assert await chat.left() == 0
    async with running(tmp_path, claude) as chat:
        chat.types("/progress")
        assert await chat.left() == 0
        assert "interrupted" not in chat.shown
        assert "stops the right person" not in chat.shown
    assert len(claude.requests) == 2
    [said] = await documents(tmp_path, "conversationMessages")
    assert [each["content"] for each in said] == [QUESTION, "It stops the right person."]


async def test_a_run_is_finished_by_the_next_start_and_shown_once(tmp_path: Path, claude: ClaudeServer) -> None:
    async with running(tmp_path, claude) as chat:
        await runs_h1(chat, claude)
        await chat.killed()
    claude.usual = Says((HEADLINES,))
    async with running(tmp_path, claude) as chat:
        await chat.shows("Writer:", "Three days, then fluff.", "claude-sonnet-5-5", "[1 Save]")
        assert "interrupted" not in chat.shown
        chat.types("1")
        await chat.shows("Saved as a draft")
        assert await chat.left() == 0
    async with running(tmp_path, claude) as chat:
        chat.types("/runs")
        assert await chat.left() == 0
        assert "done" in chat.shown
        assert "fluff" not in chat.shown
    runs, jobs, letters = await documents(tmp_path, "userPromptExecutions", "jobs", "outbox")
    assert [(each["status"], each["aiResponse"]) for each in runs] == [("Success", HEADLINES)]
    assert [each["state"] for each in (*jobs, *letters)] == ["done", "done"]
    assert len(claude.requests) == 2


async def test_an_end_in_order_keeps_what_had_come_of_a_run_and_the_next_start_goes_on(
    tmp_path: Path, claude: ClaudeServer
) -> None:
    async with running(tmp_path, claude) as chat:
        await runs_h1(chat, claude)
        assert await chat.terminated() == 0
    async with running(tmp_path, claude) as chat:
        chat.types("/runs")
        await chat.shows("broke off", "[1 ")
        chat.types("1")
        await chat.shows("Pain used: fuzz.", "You stopped it.", "Try again]")
        claude.replies.append(Says((HEADLINES,)))
        chat.types("1")
        await chat.shows("Three days, then fluff.")
        assert await chat.left() == 0
        assert "interrupted" not in chat.shown
    [runs] = await documents(tmp_path, "userPromptExecutions")
    assert sorted(str(each["status"]) for each in runs) == ["Error", "Success"]


async def test_an_end_in_order_keeps_what_had_come_of_an_answer(tmp_path: Path, claude: ClaudeServer) -> None:
    claude.replies.append(held())
    async with running(tmp_path, claude) as chat:
        chat.types(QUESTION)
        await chat.shows("A hook is a first line.")
        assert await chat.terminated() == 0
    async with running(tmp_path, claude) as chat:
        chat.types("/progress")
        assert await chat.left() == 0
        assert "interrupted" not in chat.shown
    [said] = await documents(tmp_path, "conversationMessages")
    assert str(said[1]["content"]).startswith("A hook is a first line.")


async def test_a_run_that_is_nearly_there_when_the_input_ends_is_waited_for(tmp_path: Path, claude: ClaudeServer) -> None:
    async with running(tmp_path, claude) as chat:
        await runs_h1(chat, claude)
        await chat.killed()
    hold = asyncio.Event()
    claude.replies.append(Says((HEADLINES, " The end."), hold=hold))
    async with running(tmp_path, claude) as chat:
        await come(lambda: len(claude.requests) == 2)
        leaving = asyncio.create_task(chat.left())
        hold.set()
        assert await leaving == 0
        assert "Three days, then fluff. The end." in chat.shown


NUMBERS = {
    "note": re.compile(r"Your notes: note (\d+)"),
    "title": re.compile(r"^1\. Title (\d+)$", re.MULTILINE),
    "figure": re.compile(r"New leads: (\d+)\b(?! \(was)"),  # what is read back tells what was kept before, and keeps nothing yet
}
SAVED = "Saved: Said pains."
SIGNS = (SAVED, "Your notes: note", "Kept as a draft.", "New leads:")


def saving(number: int) -> Sequence[str]:
    """The lines of a student who saves four things of this number."""
    return (
        *("/foundation edit pains", f"pain {number}"),
        f"/module note 1 note {number}",
        *("/assets add", "Hook", "Headlines", f"Title {number}", "", f"Text {number}"),
        *(f"/kpi log leads {number}", "1"),
    )


@pytest.mark.timeout(300)
async def test_whatever_was_acknowledged_is_there_after_each_of_twenty_kills(tmp_path: Path) -> None:
    numbers, shown = count(1), ""
    for kill in range(KILLS):
        async with running(tmp_path) as chat:
            for _ in range(8):
                chat.types(*saving(next(numbers)))
            for _ in range(1 + kill % 5):
                await chat.shows(SIGNS[kill % 4])
            shown += await chat.killed()
        await _all_there(tmp_path, shown)
    assert shown.count(SAVED) > KILLS


async def _all_there(folder: Path, shown: str) -> None:
    """Everything that was ever acknowledged is kept, or something that came later in its place."""
    acknowledged = {kind: [int(each) for each in pattern.findall(shown)] for kind, pattern in NUMBERS.items()}
    names = ("userModuleProgress", "userGeneratedAssets", "userFoundations", "userFunnelSnapshots")
    progress, assets, foundations, snapshots = await documents(folder, *names)
    _at_least(progress, r"'notes': 'note (\d+)'", acknowledged["note"])
    _at_least(foundations, r"'pain (\d+)'", _cells(shown))
    _at_least(snapshots, r"'attract_LeadsTotal': (\d+)", acknowledged["figure"])
    titles = [str(each["title"]) for each in assets]
    assert {f"Title {each}" for each in acknowledged["title"]} <= set(titles)
    assert len(titles) == len(set(titles))


def _cells(shown: str) -> list[int]:
    """The numbers of the saved cells, which no acknowledgement says: each comes before the note of its number."""
    notes = list(NUMBERS["note"].finditer(shown))
    return [int(notes[-1][1]) + (SAVED in shown[notes[-1].end() :])] if notes else []


def _at_least(kept: list[Document], pattern: str, acknowledged: list[int]) -> None:
    found = [int(each) for each in re.findall(pattern, str(kept))]
    assert max([0, *found]) >= max([0, *acknowledged]), f"{acknowledged[-1]} was acknowledged, and {kept} kept"
