"""/module and /progress, which says where somebody is in it, on the embedded store, as a student uses them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.assets.service import Assets
from core.cohort.service import Cohorts
from core.contents import SHIPPED
from core.course.commands import COMMANDS, NoSuchLesson, suggest_module
from core.course.modules import Course, NoSuchModule
from core.course.service import NoSuchItem, Progress
from core.course.steps import Step
from core.foundation.cells import Cells
from core.foundation.service import Foundations
from core.home.commands import COMMANDS as HOME
from core.home.panels import Beginning, NextStep
from core.home.service import Home
from core.people.service import People
from core.plain import message
from core.ui import Form, Message
from persistence.assets import AssetRecord
from persistence.cohorts import CohortRecord
from persistence.foundation import FoundationRecord
from persistence.people import PeopleRecord
from persistence.progress import ProgressRecord
from tests.blank import record_in
from tests.core.course.world import ACTOR, NOON, Foundation, Student, pressables, student

COURSE = Course()
FOUNDATION = Foundation()
CELLS = Cells(SHIPPED)


@pytest.fixture
async def nora(tmp_path: Path) -> AsyncIterator[Student]:
    FOUNDATION.is_unlocked = True
    database = await record_in(tmp_path)
    people = People(PeopleRecord(database))
    person = await people.meet(ACTOR, NOON)
    record = AssetRecord(database)
    progress = Progress(ProgressRecord(database), COURSE, record, FOUNDATION)
    foundations = Foundations(FoundationRecord(database), CELLS)
    home = Home(NextStep(progress, Cohorts(CohortRecord(database), PeopleRecord(database))), (), Beginning(progress))
    commands = (*COMMANDS, *HOME)
    yield student(people, person, commands, COURSE, progress, Assets(record, (progress,)), foundations, home)
    await database.close()


async def _keep_hook(assets: Assets, nora: Student) -> None:
    await assets.keep(nora.person, step=Step.HOOK, asset_type="Headlines", content="Fuzzy jar?", at=NOON)


async def _tick_all(nora: Student, module: str) -> Message:
    for item in range(1, len(COURSE.named(module).checklist) + 1):
        shown = await nora.message("module tick", f"{module} {item}")
    return shown


async def test_the_list_shows_every_module_with_its_ticks(nora: Student) -> None:
    shown = await nora.message("module")
    text = message(shown)
    assert text.count("Not started") == len(COURSE.numbers)
    assert "0 of 8" in text
    assert pressables(shown)[0].label == "Go on with Foundation"


@pytest.mark.parametrize("typed", ["1", "hook", "Hook", "HOOK", "module 1", "Module 1"])
async def test_a_bare_module_with_a_name_opens_it(nora: Student, typed: str) -> None:
    text = await nora.text("module", typed)
    assert "Module 1, Hook" in text
    assert "1. [ ]" in text


@pytest.mark.parametrize("typed", ["12", "10", "-1", "hok", "1.5", "one", "²", "１"])
async def test_an_unknown_module_says_which_there_are(nora: Student, typed: str) -> None:
    with pytest.raises(NoSuchModule, match=r"There are modules 0 to 9\. /module lists them"):
        await nora.ask("module", typed)


async def test_the_first_tick_puts_a_module_in_progress(nora: Student) -> None:
    text = await nora.text("module tick", "hook 2")
    assert "In progress" in text
    assert "2. [x]" in text
    assert "1. [ ]" in text


async def test_the_next_item_is_offered_with_its_prompts(nora: Student) -> None:
    await nora.ask("module start", "1")
    shown = await nora.message("module tick", "1 1")
    labels = [each.label for each in pressables(shown)]
    assert labels[:4] == ["Item 2 is done", "Run H1: Pain headlines", "Run H2: Benefit headlines", "Run H3: Intrigue hooks"]


@pytest.mark.parametrize("item", ["0", "9", "-1", "99"])
async def test_an_item_that_is_not_there_is_refused(nora: Student, item: str) -> None:
    with pytest.raises(NoSuchItem, match="items 1 to 8"):
        await nora.ask("module tick", f"1 {item}")
    with pytest.raises(NoSuchItem, match="items 1 to 8"):
        await nora.ask("module untick", f"1 {item}")


async def test_a_single_number_is_an_item_of_the_module_that_they_are_in(nora: Student) -> None:
    await nora.ask("module start", "2")
    assert "3. [x]" in await nora.text("module tick", "3")
    with pytest.raises(NoSuchItem, match="items 1 to 8"):
        await nora.text("module tick", "99")
    assert "Gift" in message(await nora.message("module", "2"))
    form = await nora.form("module tick", "hook")
    assert "which item" in form.problems["item"]


async def test_what_is_under_way_is_said_once(nora: Student) -> None:
    await nora.ask("module tick", "0 1")
    told = await nora.text("progress")
    assert "You are in module 0, Foundation\n" in told
    assert "1 of 8 items is done." in told
    assert "in the middle" not in told


async def test_an_item_that_is_no_number_comes_back_as_a_form(nora: Student) -> None:
    form = await nora.form("module untick", "1 first")
    assert "not a whole number" in form.problems["item"]
    with pytest.raises(NoSuchModule, match="“1 first” is no module"):
        await nora.ask("module tick", "1 first")


async def test_all_ticks_and_a_saved_asset_complete_a_module(nora: Student) -> None:
    await nora.services.call(_keep_hook, nora)
    shown = await _tick_all(nora, "1")
    assert "Hook is completed" in message(shown)
    assert "Completed" in await nora.text("module", "1")


async def test_all_ticks_wait_for_the_asset_and_it_completes_the_module(nora: Student) -> None:
    shown = await _tick_all(nora, "1")
    assert "Save one piece of work" in message(shown)
    assert "In progress" in message(shown)
    await nora.services.call(_keep_hook, nora)
    assert "Completed" in await nora.text("module", "1")


async def test_completing_early_asks_once(nora: Student) -> None:
    for item in range(1, 7):
        await nora.ask("module tick", f"1 {item}")
    asked = await nora.message("module complete", "1")
    assert "2 of 8 items are open. Complete it all the same?" in message(asked)
    done = await nora.press(asked, "Complete it")
    assert isinstance(done, Message)
    assert "Hook is completed" in message(done)
    again = await nora.message("module complete", "1")
    assert "Hook is completed" in message(again)


async def test_completing_without_anything_saved_asks_too(nora: Student) -> None:
    await _tick_all(nora, "1")
    asked = await nora.message("module complete", "1")
    assert "nothing from Hook is saved yet" in message(asked)


async def test_one_open_item_is_spoken_of_as_one(nora: Student) -> None:
    for item in range(1, 8):
        await nora.ask("module tick", f"1 {item}")
    assert "1 of 8 items is open" in await nora.text("module complete", "1")


async def test_unticking_reopens_a_completed_module(nora: Student) -> None:
    await nora.ask("module complete", "", {"module": "1", "all_the_same": "yes"})
    text = await nora.text("module untick", "1 2")
    assert "In progress" in text


async def test_notes_are_kept_shown_and_opened_again(nora: Student) -> None:
    form = await nora.form("module note", "1")
    noted = await nora.send(form, {"text": "Pins first"})
    assert isinstance(noted, Message)
    assert "Pins first" in message(noted)
    assert "Not started" in message(noted)
    assert (await nora.form("module note", "1")).values["text"] == "Pins first"
    assert "Reels then" in await nora.text("module note", "1 Reels then")


async def test_a_lesson_leads_on_and_back(nora: Student) -> None:
    first = await nora.message("module lesson", "1 1")
    assert [each.label for each in pressables(first)] == ["Next lesson", "To the checklist"]
    second = await nora.press(first, "Next lesson")
    assert isinstance(second, Message)
    assert [each.label for each in pressables(second)] == ["Back", "Next lesson", "To the checklist"]
    with pytest.raises(NoSuchLesson, match="lessons 1 to 3"):
        await nora.ask("module lesson", "1 4")
    assert "lesson 1 of 3" in await nora.text("module lesson", "1")


@pytest.mark.parametrize("module", COURSE.numbers)
async def test_every_module_can_be_read_in_every_part(nora: Student, module: int) -> None:
    for part in ("show", "lesson", "grid", "example", "guide"):
        shown = await nora.message(f"module {part}", str(module))
        assert len(message(shown)) > 200
        for each in pressables(shown):
            assert len(each.label) <= 75
            assert each.call.command in nora.catalog.commands or each.call.command in ("run", "kpi module")


async def test_progress_says_where_what_is_next_and_why(nora: Student) -> None:
    first = await nora.text("progress")
    assert "You are in module 0, Foundation" in first
    assert "Everything later reads from the Foundation" in first
    assert "Foundation #########........... 4 of 9" in first
    await nora.ask("module complete", "", {"module": "0", "all_the_same": "yes"})
    then = await nora.text("progress")
    assert "Hook is the next step in order. What it needs is ready: Foundation is completed." in then
    await nora.ask("module tick", "1 1")
    assert "1 of 8 items is done" in await nora.text("progress")
    assert "Next, item 2" in await nora.text("progress")


async def test_a_thin_foundation_comes_before_the_next_module(nora: Student) -> None:
    FOUNDATION.is_unlocked = False
    closed = await nora.message("module complete", "", {"module": "0", "all_the_same": "yes"})
    assert "Fill them first" in message(closed)
    assert [each.label for each in pressables(closed)] == ["Fill the Foundation", "Go on with Hook"]
    shown = await nora.message("progress")
    assert "Fill them first" in message(shown)
    assert pressables(shown)[0].label == "Fill the Foundation"
    assert "still empty" in await nora.text("module", "1")


async def test_a_finished_course_points_to_the_figures(nora: Student) -> None:
    for number in COURSE.numbers:
        shown = await nora.message("module complete", "", {"module": str(number), "all_the_same": "yes"})
    assert "All modules are completed" in message(shown)
    ways = ["kpi report", "kpi diagnosis", "home"]
    assert [each.call.command for each in pressables(shown)] == ways
    shown = await nora.message("progress")
    assert "You have been through all ten" in message(shown)
    assert [each.call.command for each in pressables(shown)] == ways


async def test_suggestions_find_modules_by_number_step_or_title(nora: Student) -> None:
    assert [each.value for each in await suggest_module("hoo", COURSE)] == ["1"]
    assert len(await suggest_module("", COURSE)) == len(COURSE.numbers)
    assert isinstance(await nora.ask("module show"), Form)


async def _topics(foundations: Foundations, nora: Student) -> object:
    return (await foundations.of(nora.person, NOON)).value("customerAvatar.hookTopics")


async def test_a_worksheet_keeps_its_answers_and_fills_the_foundation(nora: Student) -> None:
    form = await nora.form("module worksheet", "1")
    assert "These fill your Foundation too" in form.intro
    kept = await nora.send(form, {"topics": "Fuzz\nSalt", "channel": "Pinterest", "stage": "problem-aware"})
    assert isinstance(kept, Message)
    assert "your Foundation with it" in message(kept)
    assert await nora.services.call(_topics, nora) == ("Fuzz", "Salt")
    again = await nora.form("module worksheet", "1")
    assert again.values["channel"] == "Pinterest"
    assert again.values["topics"] == "Fuzz\nSalt"


async def test_a_worksheet_with_a_wrong_choice_comes_back_with_everything_typed(nora: Student) -> None:
    typed = {"stage": "half-aware", "channel": "Pinterest", "hookOne": "x" * 5_000}
    again = await nora.send(await nora.form("module worksheet", "1"), typed)
    assert isinstance(again, Form)
    assert "Choose one of these" in again.problems["stage"]
    assert "at most 4,000" in again.problems["hookOne"]
    assert typed.items() <= again.values.items()


async def test_a_worksheet_does_not_write_over_a_cell_that_changed_meanwhile(nora: Student) -> None:
    form = await nora.form("module worksheet", "1")
    await nora.send(await nora.form("module worksheet", "1"), {"topics": "Fuzz"})
    again = await nora.send(form, {"topics": "Salt"})
    assert isinstance(again, Form)
    assert "topics" in again.problems
    assert again.values["topics"] == "Salt"
    assert await nora.services.call(_topics, nora) == ("Fuzz",)
    assert isinstance(await nora.send(again, {}), Message)
    assert await nora.services.call(_topics, nora) == ("Salt",)


@pytest.mark.parametrize("module", COURSE.numbers)
async def test_every_worksheet_can_be_opened_and_sent_empty(nora: Student, module: int) -> None:
    form = await nora.form("module worksheet", str(module))
    assert all(len(each.label) <= 45 and len(each.hint) <= 100 for each in form.fields)
    assert isinstance(await nora.send(form, {}), Message)


async def test_items_are_ticked_and_taken_back_in_place(nora: Student) -> None:
    shown = await nora.message("module", "2")
    ticked = await nora.press(shown, "Item 3")
    assert isinstance(ticked, Message)
    assert "In progress" in message(ticked)
    assert "3. [x]" in message(ticked)
    back = next(each for each in pressables(ticked) if each.call.command == "module untick")
    assert back.label == "Item 3"
    assert "3. [ ]" in await nora.text(back.call.command, "", back.call.values)


async def test_a_module_s_prompts_are_buttons_and_its_end_is_stated_before_it_is_closed(nora: Student) -> None:
    gift, labels = COURSE.named("2"), [each.label for each in pressables(await nora.message("module", "2"))]
    assert "Run G1: Gift ideas" in labels
    assert [each for each in labels if each.startswith("Run ")] == [gift.run(code) for code in gift.prompts]
    assert "All that are ready" in labels
    await nora.ask("module start", "2")
    asked = await nora.text("module complete", "2")
    assert "Done when:" in asked
    assert COURSE.named("2").done[0].strip() in asked
