"""/help names what the person may use, and nothing that would be refused them."""

from __future__ import annotations

from bots.features import catalog
from core.help.commands import About, show
from core.people.model import Person
from core.plain import message
from core.roles import Role
from core.ui import Message

COMMANDS = catalog()


async def told(person: Person, command: str | None = None) -> str:
    shown = await show(About(command), person, COMMANDS)
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
    assert "/staff give" not in await told(coach, "staff")
    assert "/staff give" in await told(nora.model_copy(update={"role": Role.ADMIN}), "staff")
