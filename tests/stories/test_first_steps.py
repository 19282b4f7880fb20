"""The first steps: coming, being asked who one is, finding help, mistyping, leaving and coming back."""

from __future__ import annotations

import pytest

from tests.stories.student import Student


async def test_a_newcomer_is_asked_who_they_are_once_and_shown_what_to_do_next(newcomer: Student) -> None:
    newcomer.sees("Welcome to Elevate", "Your name")
    await newcomer.fills({"Your name": "Maria Ortiz", "Your time zone": "london"})
    newcomer.sees("Thank you, Maria Ortiz", "Europe/London", "Foundation")
    newcomer.offers("Interview me")
    await newcomer.leaves()
    await newcomer.comes_back()
    newcomer.sees("Maria Ortiz", "Foundation")
    newcomer.sees_no("Welcome to Elevate")


async def test_a_wrong_time_zone_is_asked_again_and_the_name_is_kept(newcomer: Student) -> None:
    await newcomer.fills({"Your name": "Maria Ortiz", "Your time zone": "Atlantis"})
    newcomer.sees("I do not know that place. Name your country or the nearest big city")
    await newcomer.fills({"Your time zone": "Europe/Lisbon"})
    newcomer.sees("Thank you, Maria Ortiz", "Europe/Lisbon")


async def test_help_names_every_group_of_commands(student: Student) -> None:
    await student.types("/help")
    student.sees("/foundation", "/run", "/module", "/kpi", "/assets", "/agents", "me: What I know", "/home", "/progress")


@pytest.mark.parametrize(("typed", "meant"), [("/hlep", "help"), ("/foundtion", "foundation"), ("/modul", "module")])
async def test_a_slip_in_a_command_is_answered_with_the_nearest(student: Student, typed: str, meant: str) -> None:
    await student.types(typed)
    student.sees(f"There is no command {typed}.", f"Did you mean /{meant}?")
    await student.presses(f"/{meant}")
    student.sees_no("There is no command")


@pytest.mark.parametrize("typed", ["/quizzical", "/", "/ help", "//"])
async def test_a_command_that_nobody_knows_leads_to_help(student: Student, typed: str) -> None:
    await student.types(typed)
    student.sees("/help")


@pytest.mark.parametrize("typed", ["\x1b[2J\x07", "\ud800\udfff", "x" * 100_000, "@" * 500, "`" * 999, "# " * 200, "\u202eabc"])
async def test_strange_words_are_answered_and_the_talk_goes_on(student: Student, typed: str) -> None:
    await student.types(typed)
    assert student.shown.strip()
    student.sees_no("Something went wrong on our side", "\x1b", "\u202e")
    await student.types("/me")
    student.sees("Time zone")


async def test_a_form_that_is_left_is_taken_up_again(student: Student) -> None:
    await student.types("/me edit")
    await student.begins({"Your name": "Maria Ortiz"})
    await student.types("/me")
    student.sees("Name: Maria\n")
    await student.types("/me edit")
    student.sees("Now: Maria Ortiz")


async def test_the_form_about_oneself_opens_with_what_is_known(student: Student) -> None:
    await student.types("/me edit")
    student.sees("Now: Maria")
    await student.fills({"Your time zone": "Europe/Lisbon"})
    student.sees("Thank you, Maria. I take your time as Europe/Lisbon")


async def test_the_second_start_takes_up_where_the_first_ended(student: Student) -> None:
    await student.types("/me edit")
    await student.fills({"Your name": "Maria Ortiz", "Your time zone": "Europe/London"})
    await student.leaves()
    await student.comes_back()
    await student.types("/me")
    student.sees("Name: Maria Ortiz", "Europe/London")
