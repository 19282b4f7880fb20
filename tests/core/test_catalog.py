"""Finding the command that was meant."""

from __future__ import annotations

import pytest

from core.catalog import Catalog
from core.command import Command
from core.errors import UnknownCommand
from core.ui import Answer


async def nothing() -> Answer:
    return None


def command(name: str, *, listed: bool = True) -> Command:
    return Command(name=name, summary=name, handler=nothing, listed=listed)


CATALOG = Catalog([command("help"), command("kpi report"), command("kpi log"), command("run"), command("run keep", listed=False)])


@pytest.mark.parametrize(
    ("name", "words", "found", "left"),
    [
        ("help", "run", "help", "run"),
        ("kpi", "log ctr 2", "kpi log", "ctr 2"),
        ("KPI", "LOG", "kpi log", ""),
        ("kpi log", "ctr 2", "kpi log", "ctr 2"),
        ("kpi", "", "kpi report", ""),
        ("kpi", "last month", "kpi report", "last month"),
        ("run", "keep calm", "run", "keep calm"),
        ("run keep", "run_1", "run keep", "run_1"),
    ],
)
def test_a_command_is_found_by_its_name_and_its_first_word(name: str, words: str, found: str, left: str) -> None:
    command, rest = CATALOG.find(name, words)
    assert (command.name, rest) == (found, left)


@pytest.mark.parametrize(
    ("typed", "near"), [("hlep", "/help"), ("kip", "/kpi"), ("rum", "/run"), ("log", "/kpi log"), ("LOG", "/kpi log")]
)
def test_a_slip_is_answered_with_the_nearest_name(typed: str, near: str) -> None:
    with pytest.raises(UnknownCommand, match=f"Did you mean {near}"):
        CATALOG.find(typed)


def test_what_is_near_to_nothing_points_to_help() -> None:
    with pytest.raises(UnknownCommand, match="/help lists all"):
        CATALOG.find("xyzzy")


def test_what_only_buttons_do_is_never_suggested() -> None:
    assert CATALOG.nearest("run kep") != "run keep"
    assert [CATALOG.typeable(each) for each in ("run", "run kep", "run keep")] == [True, True, False]


def test_two_commands_of_one_name_are_a_mistake_that_shows_at_once() -> None:
    with pytest.raises(ValueError, match="help"):
        Catalog([command("help"), command("help")])
