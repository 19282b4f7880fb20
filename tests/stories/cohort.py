"""Three people of one cohort on one surface: two students, and a coach."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bots.reception import Reception
from bots.settings import Settings
from bots.wiring import build
from core.people.service import People
from core.request import Actor, Platform
from core.roles import Role
from persistence.embedded import open_embedded
from persistence.people import PeopleRecord
from tests.stories.discord import DiscordStudent, a_server
from tests.stories.slack import SlackStudent, an_office
from tests.stories.student import Student
from tests.stories.terminal import TerminalStudent
from tests.students import NOON

NAMES = ("Maria", "Nora", "Cora")
Waiting = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Cohort:
    """Maria and Nora are students, Cora coaches. `told` waits for a letter to Cora with these words."""

    maria: Student
    nora: Student
    cora: Student
    told: Waiting | None = None


@asynccontextmanager
async def a_cohort(surface: str, settings: Mapping[str, object], folder: Path) -> AsyncGenerator[Cohort, None]:
    """The cohort, until the end of the block."""
    places = {"terminal": _at_terminals, "slack": _in_slack, "discord": _in_discord}
    async with places[surface](settings, folder) as cohort:
        yield cohort


async def becomes_coach(folder: Path, actor: Actor) -> None:
    """Make somebody a coach while the program is closed."""
    database = await open_embedded(folder / "data")
    try:
        await database.prepare()
        record = PeopleRecord(database)
        await record.change(await People(record).meet(actor, NOON), {"role": Role.COACH})
    finally:
        await database.close()


@asynccontextmanager
async def _at_terminals(settings: Mapping[str, object], folder: Path) -> AsyncGenerator[Cohort, None]:
    actors = [Actor(Platform.TERMINAL, "terminal", name.casefold(), name, "Europe/London") for name in NAMES]
    await becomes_coach(folder, actors[2])
    async with build(Settings.model_validate(settings)) as program, AsyncExitStack() as visits:

        @asynccontextmanager
        async def opening() -> AsyncGenerator[Reception, None]:
            yield program.reception

        students = [TerminalStudent(opening, folder, actor=actor) for actor in actors]
        for each in students:
            await each.comes_back()
            visits.push_async_callback(each.leaves)
        maria, nora, cora = students
        yield Cohort(maria, nora, cora)


@asynccontextmanager
async def _in_slack(settings: Mapping[str, object], folder: Path) -> AsyncGenerator[Cohort, None]:
    async with an_office(settings) as office:
        people = [office.server.person(name) for name in NAMES]
        await office.closes()
        await becomes_coach(folder, Actor(Platform.SLACK, office.server.team.id, people[2].id, "Cora"))
        await office.opens()
        maria, nora, cora = (SlackStudent(office, each) for each in people)

        async def told(words: str) -> None:
            await office.server.settled(until=lambda: any(words in each.text for each in people[2].answers))

        yield Cohort(maria, nora, cora, told)
        assert [each.troubles for each in people] == [[], [], []]


@asynccontextmanager
async def _in_discord(settings: Mapping[str, object], folder: Path) -> AsyncGenerator[Cohort, None]:
    async with a_server(settings) as office:
        people = [office.server.person(name) for name in NAMES]
        await office.closes()  # nobody has been met yet; they belong to the guild that they are in
        await becomes_coach(folder, Actor(Platform.DISCORD, str(office.server.guild.id), str(people[2].id), "Cora"))
        await office.opens()
        maria, nora, cora = (DiscordStudent(office, each) for each in people)

        async def told(words: str) -> None:
            await office.settled(until=lambda: any(words in each.text for each in people[2].answers))

        yield Cohort(maria, nora, cora, told)
        assert [each.troubles for each in people] == [[], [], []]
