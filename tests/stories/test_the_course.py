"""The course: modules, progress, assets, figures, agents, and who one is."""

from __future__ import annotations

from tests.stories.student import Student


async def test_a_module_is_opened_ticked_noted_and_completed(student: Student) -> None:
    await student.types("/module")
    student.sees("The ten modules", "Foundation", "Share", "Not started")
    await student.types("/module 1")
    student.sees("Module 1, Hook", "Checklist", "0 of 8")
    await student.types("/module tick 1 2")
    student.sees("1 of 8", "In progress")
    await student.types("/module note 1 pain beats benefit for us")
    student.sees("pain beats benefit for us")
    await student.types("/module note")
    await student.fills({"Your notes": "and say it aloud"})
    student.sees("and say it aloud", "1 of 8")
    await student.types("/module complete 1")
    student.sees("7 of 8 items are open. Complete it all the same?")
    await student.presses("Complete it")
    student.sees("Hook is completed")
    await student.types("/progress")
    student.sees("You are in module 0, Foundation", "Completed", "1 of 10")


async def test_a_lesson_leads_to_the_next(student: Student) -> None:
    await student.types("/module lesson 1 1")
    student.sees("Hook, lesson 1 of 3")
    await student.presses("Next lesson")
    student.sees("Hook, lesson 2 of 3")


async def test_a_module_says_what_measures_it_and_what_it_hands_on(student: Student) -> None:
    await student.types("/module 1")
    await student.presses("Figures")
    student.sees("What measures Hook", "Click-through rate")
    await student.presses("To the checklist")
    await student.presses("Put it into practice")
    student.sees("Done when", "Hands on", "For the community")


async def test_an_asset_goes_from_draft_to_live_to_the_archive(student: Student) -> None:
    await student.types("/assets add")
    await student.fills({"Step": "Hook", "What it is": "Headline", "The text itself": "Fuzzy jar? It was the lid."})
    await student.types("/assets")
    student.sees("Fuzzy jar? It was the lid.", "Draft")
    await student.types("/assets implement 1")
    await student.fills({"Channel": "Instagram", "Link": "https://crock.example/reel"})
    student.sees("Status: Live", "Live since", "See it live")
    await student.types("/assets archive 1")
    student.sees("Archived")
    await student.types("/progress")
    student.sees("Assets: 1 archived", "Weeks in a row with something live: 1 week", "Foundation", "0 of 27")
    await student.types("/assets fuzzy")
    student.sees("Fuzzy jar?")


async def test_figures_are_logged_in_free_words_read_back_and_reported(student: Student) -> None:
    await student.types("/kpi log ctr 2,1% opt-in 18 leads 240")
    student.sees("2.1%", "18%", "240")
    await student.presses("Save")
    student.sees("Saved")
    await student.types("/kpi report")
    student.sees("2.1%", "240", "Not logged: CPL")


async def test_a_number_that_is_none_is_explained_and_nothing_else_is_lost(student: Student) -> None:
    await student.types("/kpi log ctr lots leads 240")
    student.sees("lots", "240")


async def test_the_agents_are_introduced(student: Student) -> None:
    await student.types("/agents")
    student.sees("Director", "Sage", "Teacher", "Writer", "Media Buyer", "Guide")


async def test_bad_references_are_answered_with_what_there_is(student: Student) -> None:
    await student.types("/module 77")
    student.sees("There are modules 0 to 9")
    await student.types("/module tick 1 99")
    student.sees("Module 1 has items 1 to 8")
    await student.types("/assets show 5")
    student.sees("There is no asset")
    await student.types("/kpi show luck")
    student.sees("I know no figure called “luck”")
