"""The Foundation: seeing it, editing it, being interviewed about it."""

from __future__ import annotations

import json

from tests.servers.claude import ClaudeServer, Says
from tests.stories.student import Student

VOICE = "companyContext.brandVoiceAdjectives"
AUDIT = "## Conflicts\n1. Promises pulls away from Complains.\n\n## Summary\nWe sell a starter kit."
WHOLE = {
    "What we sell": "A starter kit at €59",
    "How it works": "A spring press keeps the leaves under the brine",
    "Main promise": "A healthier gut",
    "Voice": "warm; plain",
    "Their gaps": "Jar lids: they leak",
    "Our difference": "Unlike lids, the press keeps leaves down, so nothing goes fuzzy",
    "Identity": "Nora, 36",
    "Said pains": "fuzz",
    "Said goals": "one jar that works",
    "Watering holes": "r/fermentation",
}


async def test_the_three_grids_show_what_is_filled_and_what_is_missing(student: Student) -> None:
    await student.types("/foundation")
    student.sees(
        "Company",
        "Market",
        "Customer",
        "0 of 9",
        "Needed before Hook: What we sell, How it works",
        "11 cells to fill before Hook opens",
    )
    await student.types("/foundation edit pains")
    await student.fills({"Said pains": "My first batch went fuzzy; It smelled off"})
    student.sees("Saved: Said pains.", "1 of 27")
    await student.types("/foundation")
    student.sees("Said pains: My first batch went fuzzy; It smelled off", "1 of 9", "10 cells to fill before Hook opens")


async def test_a_whole_grid_is_edited_in_one_form(student: Student) -> None:
    await student.types("/foundation")
    await student.presses("Edit market")
    await student.fills(
        {"Rivals": "Jar lids; Lab kits", "Their gaps": "Jar lids: they leak; Lab kits: they scare", "Trends": "Gut health"}
    )
    student.sees("Saved:", "3 of 27")
    await student.types("/foundation")
    student.sees("Their gaps: Jar lids: they leak; Lab kits: they scare")


async def test_what_cannot_be_read_comes_back_with_everything_typed(student: Student) -> None:
    await student.types("/foundation edit market")
    await student.fills({"Rivals": "Jar lids; Lab kits", "Their gaps": "they leak", "Trends": "Gut health"})
    student.sees("Begin each line with its name")
    await student.fills({"Their gaps": "Jar lids: they leak"})
    student.sees("Saved:")
    await student.types("/foundation")
    student.sees("Trends: Gut health")


async def test_the_interview_asks_one_question_at_a_time_and_can_be_left_and_taken_up(student: Student) -> None:
    await student.types("/foundation interview")
    student.sees("Company: What we sell", "0 of 27")
    await student.types("A starter kit with a jar, a press and a card")
    student.sees("Saved under What we sell", "Company: How it works")
    await student.presses("Skip")
    student.sees("Company: Why we exist")
    await student.presses("Leave it for now")
    student.sees("everything you answered is saved")
    await student.leaves()
    await student.comes_back()
    await student.types("/foundation interview")
    student.sees("Welcome back", "Company: Why we exist", "1 of 27")


async def test_an_unknown_cell_is_answered_with_the_nearest(student: Student) -> None:
    await student.types("/foundation edit panes")
    student.sees("There is no cell called “panes”. Did you mean “pains”?")


async def test_a_pasted_text_is_sorted_and_saved_as_far_as_it_is_ticked(coached: Student, claude: ClaudeServer) -> None:
    said = {
        "cells": [
            {
                "cell": VOICE,
                "text": "warm\nplain",
                "quote": "warm and plain",
                "confidence": "high",
            },
            {"cell": "customerAvatar.pains", "text": "fuzz", "quote": "fuzz", "confidence": "low"},
            {"cell": "customerAvatar.goals", "text": "invented", "quote": "not there", "confidence": "high"},
        ]
    }
    claude.replies.append(Says((json.dumps(said),)))
    await coached.types("/foundation paste We sound warm and plain, and people write to us about fuzz.")
    coached.sees("2 cells found. Nothing is saved yet", "Voice (sure)", "Said pains (a guess)", "“fuzz”")
    coached.sees_no("invented")
    coached.sees_no("Before:")
    assert claude.requests[0]["output_config"]["format"]["type"] == "json_schema"
    await coached.presses("Choose what to save")
    await coached.fills({"Company": "1"})
    coached.sees("Saved: Voice.", "Foundation")
    await coached.types("/foundation history")
    coached.sees("chosen from what you pasted", "warm; plain")
    coached.sees_no("fuzz")


async def test_without_a_key_a_text_is_sorted_by_its_names_and_that_is_said(student: Student) -> None:
    await student.types("/foundation paste Voice: warm, plain, patient")
    student.sees("No key for Claude is set", "One cell found", "Voice (sure)", "“warm, plain, patient”")
    await student.presses("Save the one that is empty now")
    student.sees("Saved: Voice.")


async def test_the_alignment_check_leads_to_the_cells_that_do_not_fit(coached: Student, claude: ClaudeServer) -> None:
    await coached.types("/run F7")
    claude.replies.append(Says((AUDIT,)))
    await coached.fills(WHOLE)
    coached.sees("pulls away from Complains")
    await coached.presses("Go to the conflicts")
    coached.sees("Main promise", "A healthier gut", "Said pains", "fuzz")
    await coached.presses("Keep the summary")
    await coached.fills({"Summary": "We sell a starter kit to Nora."})
    coached.sees("Saved: Alignment summary.")
    await coached.types("/foundation edit summary")
    await coached.fills({})
    await coached.types("/foundation")
    coached.sees("We sell a starter kit to Nora.")


async def test_the_questions_of_the_alignment_stand_beside_what_the_cells_say(student: Student) -> None:
    await student.types("/foundation edit voice")
    await student.fills({"Voice": "warm; plain"})
    await student.types("/foundation check")
    student.sees(
        "What", "Why us", "How", "Voice: warm; plain", "Still empty:", "Story and feel, Channels,", "There is no summary yet"
    )
    assert "If not:" not in student.shown, "one cell pulls in no two directions"
    await student.types("/foundation edit dream")
    await student.fills({"Dream": "a shelf of her own jars"})
    await student.types("/foundation check")
    student.sees("Dream: a shelf of her own jars", "If not:")


async def test_what_a_synthesis_found_is_sorted_into_cells(coached: Student, claude: ClaudeServer) -> None:
    await coached.types("/run FC3")
    claude.replies.append(Says(("Said pains: my first batch went fuzzy",)))
    await coached.fills({"Paste what customers have said": "my first batch went fuzzy"})
    cell = {"cell": "customerAvatar.pains", "text": "my first batch went fuzzy", "quote": "went fuzzy", "confidence": "high"}
    claude.replies.append(Says((json.dumps({"cells": [cell]}),)))
    await coached.presses("Sort into my Foundation")
    coached.sees("One cell found", "Said pains (sure)", "“my first batch went fuzzy”")
    await coached.presses("Save the one that is empty now")
    coached.sees("Saved: Said pains.")
