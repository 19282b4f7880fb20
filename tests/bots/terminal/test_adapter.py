"""The conversation: lines, buttons, forms, and what happens when it is broken off."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from decimal import Decimal
from pathlib import Path

import pytest

from bots.terminal.forms import HOURS, not_offered, read, shown, without_hours
from core.ui import Field, Kind, Message, Option
from tests.bots.tiny import GALLERY, Desk, tiny
from tests.stories.terminal import TerminalStudent, at_the_terminal


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def student(tmp_path: Path, desk: Desk) -> AsyncGenerator[TerminalStudent, None]:
    async with at_the_terminal(lambda: tiny(tmp_path, desk), tmp_path) as came:
        yield came


async def test_free_words_are_heard_as_they_were_typed(student: TerminalStudent, desk: Desk) -> None:
    await student.types("What is a hook?\nAnd why?")
    student.sees("Teacher:", "I heard 24 characters")
    assert desk.heard == ["What is a hook?\nAnd why?"]


async def test_a_command_answers_and_its_buttons_are_pressed_by_number(student: TerminalStudent) -> None:
    await student.types("/gallery")
    await student.presses("Run H1")
    student.sees("Ran H1.")


async def test_a_number_that_no_button_of_a_card_has_is_told_and_asked_of_nobody(student: TerminalStudent, desk: Desk) -> None:
    await student.types("/galery")
    await student.types("49")
    student.sees("There is no button 49 here: there is only 1.")
    await student.types("/run H1")
    await student.types("7")
    student.sees("There is no button 7: what stands here has none.")
    assert desk.heard == []


async def test_a_number_after_an_agents_answer_or_a_question_is_free_words(student: TerminalStudent, desk: Desk) -> None:
    await student.types("hello")
    await student.types("2")
    for spoken in ("/grow", "/gallery"):
        await student.types(spoken)
        await student.types("40")
    assert desk.heard == ["hello", "2", "40", "40"]


async def test_an_answer_without_buttons_takes_the_old_ones_away(student: TerminalStudent, desk: Desk) -> None:
    await student.types("/gallery")
    await student.types("hello")
    await student.types("3")
    assert desk.heard == ["hello", "3"]


async def test_an_unknown_command_is_told_with_the_nearest(student: TerminalStudent) -> None:
    await student.types("/galery")
    student.sees("There is no command /galery. Did you mean /gallery?")
    await student.presses("/gallery")
    student.sees("everything")


async def test_a_growing_answer_is_written_whole_with_its_buttons(student: TerminalStudent) -> None:
    await student.types("/grow")
    student.sees("- Looking it up: done", "Teacher:", "A hook is the first line", "3. Prove it.", "[1 Save]")
    assert student.shown.count("Prove it") == 1
    await student.presses("Save")
    student.sees("Ran H1.")


async def test_a_form_asks_field_by_field(student: TerminalStudent, desk: Desk) -> None:
    await student.types("/note")
    student.sees("Keep a note", "Title: A few words")
    await student.types("Spring hooks")
    student.sees("Where", "  1 Ad", "  3 E-mail")
    await student.types("3")
    await student.types("dull knives; cold soup")
    student.sees("Price (optional): In pounds")
    await student.types("12.50")
    await student.types("")
    student.sees("Noted", "Spring hooks for mail.")
    assert desk.noted == [
        {"title": "Spring hooks", "where": "mail", "pains": ("dull knives", "cold soup"), "price": Decimal("12.50"), "body": 0}
    ]


async def test_a_needed_field_is_asked_again(student: TerminalStudent) -> None:
    await student.types("/note")
    await student.types("")
    student.sees("! This is needed.", "Title")


async def test_problems_are_asked_again_alone_and_everything_else_is_kept(student: TerminalStudent, desk: Desk) -> None:
    await student.types("/note")
    for line in ("Spring", "nowhere", "one; two", "cheap", "body"):
        await student.types(line)
    student.sees("! “nowhere” is not one of: Ad, Page, E-mail.")
    student.sees_no("Now: nowhere")
    await student.types("page")
    student.sees("! “cheap” is not a number.")
    await student.types("3")
    student.sees("Noted")
    assert [each["where"] for each in desk.noted] == ["page"]


async def test_a_refused_word_is_offered_no_more_and_what_stood_there_before_is(student: TerminalStudent, desk: Desk) -> None:
    await student.types("/note")
    for line in ("Spring", "page", "one; two", "12.50", "/gallery"):
        await student.types(line)
    await student.types("/note")
    for line in ("", "nowhere", "", "cheap", ""):
        await student.types(line)
    student.sees("is not one of", "Now: Page")
    await student.types("")
    student.sees("“cheap” is not a number", "Now: 12.50")
    await student.types("/gallery")
    await student.types("/note")
    for line in ("", "", "", "", ""):
        await student.types(line)
    assert [(each["where"], each["price"]) for each in desk.noted] == [("page", Decimal("12.50"))]


async def test_a_refused_word_that_is_not_needed_may_be_left_out(student: TerminalStudent, desk: Desk) -> None:
    await student.types("/note")
    for line in ("Spring", "page", "one", "cheap", "body", ""):
        await student.types(line)
    assert [each["price"] for each in desk.noted] == [None]


async def test_a_slash_leaves_the_form_and_runs_and_what_was_typed_is_there_later(student: TerminalStudent) -> None:
    await student.types("/note")
    await student.types("Spring hooks")
    await student.types("/run H1")
    student.sees("Ran H1.")
    await student.types("/note")
    student.sees("What you had typed before is still here.", "Now: Spring hooks")


async def test_what_is_typed_now_is_not_put_back_to_what_a_left_form_held(student: TerminalStudent) -> None:
    await student.types("/note")
    await student.types("Spring hooks")
    await student.types("/gallery")
    await student.types("/note Summer")
    student.sees("Now: Summer")
    student.sees_no("What you had typed before")


async def test_what_is_typed_now_loses_nothing_else_of_a_left_form(student: TerminalStudent) -> None:
    await student.types("/note")
    for line in ("Spring hooks", "page", "/gallery", "/note Summer"):
        await student.types(line)
    student.sees("What you had typed before is still here.", "Now: Summer")
    await student.types("")
    student.sees("Now: Page")


async def test_leaving_an_untouched_form_keeps_an_older_draft(student: TerminalStudent) -> None:
    await student.types("/note")
    await student.types("Spring hooks")
    await student.types("/gallery")
    await student.types("/note")
    await student.types("/gallery")
    await student.types("/note")
    student.sees("Now: Spring hooks")


async def test_what_the_bot_says_by_itself_waits_until_no_form_is_open(student: TerminalStudent, desk: Desk) -> None:
    await student.types("/note")
    shown, sent = student.showing("It is Friday."), student.is_sent(Message("It is Friday.", GALLERY))
    await student.types("1")
    assert not shown.is_set()
    for line in ("page", "one", "12.50", "body"):
        await student.types(line)
    await sent
    assert shown.is_set()
    assert [each["title"] for each in desk.noted] == ["1"]


async def test_a_choice_that_is_not_offered_is_asked_again_at_once(tmp_path: Path, desk: Desk) -> None:
    async with at_the_terminal(lambda: tiny(tmp_path, desk), tmp_path, attended=True) as student:
        await student.types("/note")
        await student.types("Spring")
        await student.types("nowhere")
        student.sees("“nowhere” is none of these. Type the number of one, 1 to 3.", "1 Ad")
        await student.types("PAGE")
        student.sees_no("is none of these")


async def test_the_end_of_input_in_a_form_keeps_what_was_typed(tmp_path: Path, desk: Desk) -> None:
    async with at_the_terminal(lambda: tiny(tmp_path, desk), tmp_path) as student:
        await student.types("/note")
        await student.types("Spring hooks")
        await student.leaves()
        await student.comes_back()
        await student.types("/note")
        student.sees("Now: Spring hooks")


async def test_the_end_of_input_after_problems_keeps_what_was_sent(tmp_path: Path, desk: Desk) -> None:
    async with at_the_terminal(lambda: tiny(tmp_path, desk), tmp_path) as student:
        await student.types("/note")
        for line in ("Spring", "nowhere", "one", "", ""):
            await student.types(line)
        await student.leaves()
        await student.comes_back()
        await student.types("/note")
        student.sees("Now: Spring")


async def test_quit_ends_the_conversation_in_a_form_too(student: TerminalStudent) -> None:
    await student.types("/note")
    await student.types("/quit")
    assert not student.here


@pytest.mark.parametrize("word", ["exit", "Quit", "bye."])
async def test_a_word_with_which_people_leave_other_programs_leaves(student: TerminalStudent, desk: Desk, word: str) -> None:
    await student.types("hello")
    await student.types(word)
    assert not student.here
    assert desk.heard == ["hello"]


async def test_such_a_word_leaves_a_form_where_it_can_be_no_answer(tmp_path: Path, desk: Desk) -> None:
    async with at_the_terminal(lambda: tiny(tmp_path, desk), tmp_path, attended=True) as student:
        for line in ("", "", "/note", "Spring", "exit"):
            await student.types(line)
        student.sees("You left the form. What you typed into it is kept.")
        await student.types("/note")
        student.sees("Now: Spring")
    assert desk.noted == []


async def test_such_a_word_is_asked_about_once_where_it_may_be_the_answer(tmp_path: Path, desk: Desk) -> None:
    async with at_the_terminal(lambda: tiny(tmp_path, desk), tmp_path, attended=True) as student:
        for line in ("", "", "/note", "Exit"):
            await student.types(line)
        student.sees("If “Exit” is your answer, type it once more. Ctrl-C leaves the form")
        for line in ("Exit", "ad", "dull knives", "quit"):
            await student.types(line)
        student.sees("If “quit” is your answer")
        for line in ("cold soup", "", "", ""):
            await student.types(line)
    assert [(each["title"], each["pains"]) for each in desk.noted] == [("Exit", ("dull knives", "cold soup"))]


async def test_on_a_pipe_such_a_word_is_a_forms_answer(student: TerminalStudent, desk: Desk) -> None:
    for line in ("/note", "exit", "ad", "quit", "", ""):
        await student.types(line)
    assert [(each["title"], each["pains"]) for each in desk.noted] == [("exit", ("quit",))]


async def test_a_label_as_it_was_shown_presses_its_button_and_a_forms_question_takes_it_for_words(
    student: TerminalStudent, desk: Desk
) -> None:
    await student.types("/gallery")
    await student.types("run h1")
    student.sees("Ran H1.")
    await student.types("run h1")
    for line in ("/gallery", "/note", "run h1", "ad", "one", "", ""):
        await student.types(line)
    assert desk.heard == ["run h1"]
    assert [each["title"] for each in desk.noted] == ["run h1"]


async def test_stopping_an_answer_keeps_what_came_and_goes_on(student: TerminalStudent, desk: Desk) -> None:
    await student.breaks_off("/endless", after=desk.growing)
    student.sees("The first words came.", "Stopped. What came until then is kept.")
    assert desk.kept == ["The first words came. "]
    await student.types("still here?")
    student.sees("I heard 11 characters")


async def test_an_unexpected_mistake_is_told_and_the_conversation_goes_on(student: TerminalStudent) -> None:
    await student.types("/boom")
    student.sees("Something went wrong on our side.", "reference", "[1 Try again]")
    await student.types("/run H1")
    student.sees("Ran H1.")


async def test_an_answer_that_breaks_off_shows_what_came(student: TerminalStudent) -> None:
    await student.types("/break off")
    student.sees("Half of an", "Something went wrong on our side.", "[1 Try again]")


@pytest.mark.parametrize("line", ["/", "//", "/ ", "/\t", "/\x00help", "\x1b[2J", "🫙" * 10, "x" * 100_000, "\ud800"])
async def test_strange_lines_are_answered_and_harm_nothing(student: TerminalStudent, line: str) -> None:
    await student.types(line)
    assert student.shown.strip()
    assert "\x1b" not in student.shown
    await student.types("/run H1")
    student.sees("Ran H1.")


async def test_someone_who_sits_there_is_greeted_and_asked_who_they_are_once(tmp_path: Path, desk: Desk) -> None:
    async with at_the_terminal(lambda: tiny(tmp_path, desk), tmp_path, attended=True) as student:
        student.sees("Welcome to Elevate", "Now: Maria")
        await student.types("Maria Ortiz")
        await student.types("")
        student.sees("Thank you, Maria Ortiz.", ", Maria Ortiz")
        await student.leaves()
        await student.comes_back()
        student.sees(", Maria Ortiz")
        student.sees_no("Welcome")


async def test_a_question_at_the_first_question_is_no_name(tmp_path: Path, desk: Desk) -> None:
    async with at_the_terminal(lambda: tiny(tmp_path, desk), tmp_path, attended=True) as student:
        for line in ("what is this?", ""):
            await student.types(line)
        student.sees("! That reads like a question", "Your name", "Now: Maria")
        await student.types("")
        student.sees("Thank you, Maria.")


async def test_a_command_leaves_the_welcome_too(tmp_path: Path, desk: Desk) -> None:
    async with at_the_terminal(lambda: tiny(tmp_path, desk), tmp_path, attended=True) as student:
        await student.types("/run H1")
        student.sees("Ran H1.")


async def test_a_list_takes_a_line_for_each_item_from_someone_who_sits_there(tmp_path: Path, desk: Desk) -> None:
    async with at_the_terminal(lambda: tiny(tmp_path, desk), tmp_path, attended=True) as student:
        for line in ("", "", "/note", "Spring", "ad", "dull; knives", "cold soup\nwet socks", "", "", ""):
            await student.types(line)
        assert desk.noted[0]["pains"] == ("dull; knives", "cold soup", "wet socks")


async def test_a_dash_empties_an_optional_field(student: TerminalStudent, desk: Desk) -> None:
    await student.types("/note")
    for line in ("Spring", "ad", "one", "12", "/gallery", "/note", "", "", "", "-", ""):
        await student.types(line)
    assert desk.noted[0]["price"] is None


def test_a_day_that_stands_in_a_form_is_shown_in_words() -> None:
    field = Field("on", "Live since", Kind.DATE)
    assert (shown(field, "2026-11-17"), shown(field, "soon"), shown(field, "")) == ("17 November 2026", "soon", "")


async def test_every_request_has_an_id_of_its_own(student: TerminalStudent) -> None:
    await student.types("/ids")
    first = student.shown
    await student.types("/ids")
    assert first.startswith("evt_")
    assert student.shown != first


async def test_two_presses_of_ctrl_c_end_it(student: TerminalStudent, desk: Desk) -> None:
    await student.breaks_off("/endless", after=desk.growing)
    await student.presses_ctrl_c()
    assert not student.here


async def test_what_was_typed_after_the_command_is_told_and_not_asked_again(tmp_path: Path, desk: Desk) -> None:
    async with at_the_terminal(lambda: tiny(tmp_path, desk), tmp_path, attended=True) as student:
        for line in ("", "", "/note Spring ad"):
            await student.types(line)
        student.sees("Title: Spring", "Where: Ad", "Pains: One a line")
        for line in ("dull knives", "", "12.50", "body"):
            await student.types(line)
    assert [(each["title"], each["where"], each["body"]) for each in desk.noted] == [("Spring", "ad", 4)]


def test_nine_is_nine_oclock_where_an_hour_is_asked_for_and_no_list_of_hours_is_shown() -> None:
    field = Field("at", "At what time", Kind.CHOICE, options=tuple(Option(each, each) for each in HOURS))
    assert [read(field, typed) for typed in ("9", "09:00", "18.00", "0", "23")] == ["09:00", "09:00", "18:00", "00:00", "23:00"]
    assert not_offered(field, read(field, "01:30")) == "“01:30” is no full hour. Type an hour from 0 to 23, such as 9 or 18:00."
    assert not_offered(field, read(field, "24"))
    assert without_hours(field).options == ()
