"""What a busy shop owner on a small screen stumbled over, once."""

from __future__ import annotations

import re

from tests.servers.claude import ClaudeServer, Drops
from tests.stories.student import Student
from tests.stories.test_running_a_prompt import ANSWERS


async def test_a_few_letters_of_a_city_are_enough_to_be_understood(newcomer: Student) -> None:
    await newcomer.fills({"Your name": "Maria", "Your time zone": "lon"})
    newcomer.sees("Did you mean London?")


async def test_a_question_of_a_prompt_is_asked_whole_with_its_hint(student: Student) -> None:
    await student.types("/run FC1")
    student.sees("What is the headline on your front page?")
    student.sees("Copy it word for word, with the line under it")


async def test_a_form_for_a_grid_says_which_it_is(student: Student) -> None:
    await student.types("/foundation")
    await student.presses("Edit market")
    student.sees("Your Foundation: Market")


async def test_buttons_bear_one_number_and_not_the_modules_beside_it(student: Student) -> None:
    await student.types("/module")
    await student.presses("Gift")
    student.sees("Module 2, Gift")
    await student.presses("Start Gift")
    await student.presses("Item 3")
    assert re.search(r"3\. \[x\] |\[x\] Item 3: ", student.shown)
    assert re.search(r"1\. \[ \] |\[ \] Item 1: ", student.shown)


async def test_items_that_are_said_to_be_done_are_ticked(student: Student) -> None:
    await student.types("/module start gift")
    await student.types("did item 1")
    student.sees("Item 1 is done.")
    await student.types("3 and 4 done")
    student.sees("Items 3 and 4 are done.")
    assert re.search(r"3\. \[x\] |\[x\] Item 3: ", student.shown)


async def test_the_report_is_about_what_was_logged(student: Student) -> None:
    await student.types("/kpi log ctr 2.1% leads 240")
    await student.presses("Save")
    await student.presses("See the report")
    student.sees("/kpi show")
    student.offers("Click-through rate", "New leads")
    student.sees_no("Klaviyo")
    student.offers_no("Churn", "Assisted orders")
    await student.presses("New leads")
    student.sees("New leads (Leads)")


async def test_erasing_can_be_thought_better_of(student: Student) -> None:
    await student.types("/mydata delete")
    await student.fills({})
    student.sees("Nothing was erased")
    await student.types("/me")
    student.sees("Known since")


async def test_the_list_of_assets_says_what_its_buttons_narrow(student: Student) -> None:
    await student.types("/assets add")
    await student.fills({"Step": "Hook", "What it is": "Headline", "The text itself": "Fuzzy jar? It was the lid."})
    await student.types("/assets")
    student.sees("Show only")
    await student.presses("Archived")
    student.sees("You have kept nothing that is archived yet.")


async def test_a_run_that_broke_off_offers_one_way_to_try_again(coached: Student, claude: ClaudeServer) -> None:
    claude.replies.append(Drops(("1. Fuzzy jar?",)))
    await coached.types("/run H1")
    await coached.fills(ANSWERS)
    coached.sees("Try again")
    coached.sees_no("Run again")
