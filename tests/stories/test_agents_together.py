"""Agents that work together: one leads and hands over, the others answer under their own names."""

from __future__ import annotations

from tests.servers.claude import Calls, ClaudeServer, Refuses, Says
from tests.stories.student import Student

TWO = Calls(
    (
        ("hand_over", {"agent": "Writer", "request": "Three hooks for the spring launch\nThe promise is settled."}),
        ("hand_over", {"agent": "SEO", "request": "A title for the launch page"}),
    )
)


async def test_a_plan_of_two_is_shown_ticked_off_and_summed_up(coached: Student, claude: ClaudeServer) -> None:
    parts = (Says(("Fuzzy jar? It was the lid.",)), Says(("Jars that stay clear",)), Says(("Hooks and a title exist.",)))
    claude.replies.extend([TWO, Says(("Writer first, then SEO.",)), *parts])
    await coached.types("I need hooks and a title for the spring launch")
    coached.sees(
        "Director:", "Writer first, then SEO.", "Writer: Three hooks for the spring launch", "SEO: A title for the launch"
    )
    coached.sees("Writer:\n", "Fuzzy jar? It was the lid.", "SEO:\n", "Jars that stay clear", "Hooks and a title exist.")
    coached.sees_no("The promise is settled.")
    shown = coached.shown
    assert (
        shown.index("Writer first") < shown.index("Fuzzy jar?") < shown.index("Jars that stay") < shown.index("Hooks and a title")
    )


async def test_one_of_two_fails_and_is_tried_again_with_what_was_wanted_of_it(coached: Student, claude: ClaudeServer) -> None:
    busy = Refuses(529, {"x-should-retry": "false"})
    claude.replies.extend([TWO, Says(("Both.",)), busy, busy, Says(("Jars that stay clear",)), Says(("A title exists.",))])
    await coached.types("I need hooks and a title for the spring launch")
    coached.sees("SEO:\n", "Jars that stay clear", "A title exists.")
    claude.replies.append(Says(("Fuzzy jar?",)))
    await coached.presses("Try again")
    coached.sees("Writer:", "Fuzzy jar?")
    assert "Three hooks for the spring launch" in str(claude.requests[-1]["messages"])


async def test_a_trouble_of_all_is_told_once_and_the_next_is_asked_with_a_press(coached: Student, claude: ClaudeServer) -> None:
    claude.replies.extend([TWO, Says(("Both.",)), Refuses(402)])
    await coached.types("I need hooks and a title for the spring launch")
    coached.sees("credit", "Not asked yet: @SEO.")
    claude.replies.append(Says(("Jars that stay clear",)))
    await coached.presses("Ask SEO")
    coached.sees("SEO:", "Jars that stay clear")
