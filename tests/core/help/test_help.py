"""/help names what the person may use, and nothing that would be refused them."""

from __future__ import annotations

from dataclasses import replace

from bots.features import catalog
from core.help.commands import About, show
from core.help.hearing import HelpWords
from core.people.model import Person
from core.plain import message
from core.request import Actor, Asked, Platform, Said
from core.roles import Role
from core.ui import Message
from tests.core.conftest import ADDRESS, AT, actor

COMMANDS = catalog()


async def told(person: Person, command: str | None = None, who: Actor | None = None) -> str:
    asked = Asked(id="e1", actor=who or actor(), address=ADDRESS, at=AT, command="help")
    shown = await show(asked, About(command), person, COMMANDS)
    assert isinstance(shown, Message)
    return message(shown)


async def test_a_student_reads_of_no_command_for_coaches(nora: Person) -> None:
    everything, cohort = await told(nora), await told(nora, "cohort")
    assert "/kpi" in everything
    assert "/cohort" in everything
    assert not any(each in everything + cohort for each in ("/staff", "/usage", "/cohort members", "For coaches"))
    assert "/cohort join" in cohort


async def test_a_coach_reads_of_all_but_what_admins_do(nora: Person) -> None:
    coach = nora.model_copy(update={"role": Role.COACH})
    assert "/staff" in await told(coach)
    assert "/cohort members" in await told(coach, "cohort")
    assert "sort:" in await told(coach, "cohort members")
    assert "sort:" not in await told(coach, "cohort dates")
    assert "/staff give" not in await told(coach, "staff")
    assert "/staff give" in await told(nora.model_copy(update={"role": Role.ADMIN}), "staff")


async def test_a_terminal_alone_is_told_how_it_is_left(nora: Person) -> None:
    assert "/quit: Leave; exit, bye and Ctrl-D do the same" in await told(nora)
    assert "/quit" not in await told(nora, who=Actor(Platform.SLACK, "T1", "U1", "Nora"))
    said = Said(id="e1", actor=actor(), address=ADDRESS, at=AT, text="help")
    shown = await HelpWords(COMMANDS).hear(said, nora)
    assert isinstance(shown, Message)
    assert "/quit" in message(shown)


async def test_help_alone_is_shown_the_commands_and_more_than_that_goes_to_an_agent(nora: Person) -> None:
    def said(words: str) -> Said:
        return Said(id="e1", actor=actor(), address=ADDRESS, at=AT, text=words)

    hearing = HelpWords(COMMANDS)
    assert isinstance(await hearing.hear(said("Help!"), nora), Message)
    assert await hearing.hear(said("help me with my hook"), nora) is None
    assert await hearing.hear(said("help me"), nora) is None, "it is said to somebody, who asks what for"
    assert await hearing.hear(replace(said("help"), direct=False), nora) is None
