"""Every command, tool, page and address, asked for by nobody, a student, a coach of elsewhere, a coach and an Admin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from bots.web.ingest import figures
from bots.web.server import faces
from core.abilities.hand_over import hand_over
from core.abilities.toolbox import ABILITIES
from core.command import parameters
from core.contents import SHIPPED
from core.plain import message
from core.request import Actor, Asked, Platform, Typed
from core.roles import Role
from core.ui import Answer, Form, Live, Message, Page
from tests.bots.web.access import ADDRESSES, COMMANDS, MAY, PAGES, TOOLS, Who
from tests.bots.web.dashboards import Browser, Served, browsing

NOON = datetime(2026, 4, 8, 12, tzinfo=UTC)
STUDENT = Actor(Platform.SLACK, "T1", "U1", "Nora Verysecretname", "Europe/London")
COACH = Actor(Platform.SLACK, "T1", "U2", "Omar", "Europe/London")
ADMIN = Actor(Platform.SLACK, "T1", "U3", "Ida", "Europe/London")
STRANGER = Actor(Platform.SLACK, "T2", "U4", "Zed", "Europe/London")
ROLES = {"student": (STUDENT, Role.STUDENT), "coach": (COACH, Role.COACH), "admin": (ADMIN, Role.ADMIN)}
SECRET = "a very secret question"
REFUSED = ("That is for coaches. Ask yours if you need it.", "That is for Admins. Ask yours if you need it.")


@dataclass(frozen=True, slots=True)
class World:
    """A community with a student, a coach and an Admin, a coach of another, and what is the student's."""

    served: Served
    ids: Mapping[str, str]


@pytest.fixture(scope="module")
async def world(dashboard: Served) -> World:
    people, ids = dashboard.program.people, {}
    for actor, role in (*ROLES.values(), (STRANGER, Role.COACH)):
        person = await people.appoint(await people.meet(actor, NOON), role)
        ids[actor.user] = person.id
    asked = await ask(dashboard, STUDENT, "person ask", {"about": SECRET}, submitted=True)
    assert "A person will answer you" in text(asked)
    opened = await ask(dashboard, COACH, "cohort asked")
    assert SECRET in text(opened)
    [exchange] = {
        option.call.values["exchange"]
        for card in getattr(opened, "cards", ())
        for element in card.body
        for option in getattr(element, "options", ())
    }
    return World(dashboard, {"student": ids["U1"], "person": ids["U1"], "exchange": str(exchange)})


async def ask(
    served: Served, actor: Actor, command: str, values: Mapping[str, Typed] | None = None, *, submitted: bool = False
) -> Answer:
    """What the program answers in direct messages."""
    event = f"ev {actor.user} {command} {submitted}"
    asked = Asked(id=event, actor=actor, address=actor.direct, at=NOON, command=command, values=values or {}, direct=True)
    return await served.program.app.handle(replace(asked, submitted=submitted))


def text(answer: Answer) -> str:
    """An answer in plain words."""
    match answer:
        case Message():
            return message(answer)
        case Page(title=title, cards=cards):
            return message(Message(title, cards))
        case Form(title=title, intro=intro, values=values):
            return f"{title} {intro} {values}"
        case Live() | None:
            return ""


def is_refused(answer: Answer) -> bool:
    return any(words in text(answer) for words in REFUSED)


def test_the_table_has_every_command_and_tool(dashboard: Served) -> None:
    assert set(COMMANDS) == set(dashboard.program.app.catalog.commands)
    assert set(TOOLS) == {*ABILITIES, hand_over.name}


def test_the_table_has_every_page_and_address(dashboard: Served) -> None:
    other = [faces(SHIPPED / "agents"), figures(dashboard.program.webhooks, lambda: NOON)]
    found = {f"{each.method} {each.path}" for each in (*dashboard.frame.routes(), *other)}
    assert found | {"GET /healthz", "GET /readyz", "GET /metrics", "GET /open/{secret}"} == {
        *(f"GET {path}" for path in PAGES),
        *ADDRESSES,
    }


@pytest.mark.parametrize("role", ROLES)
async def test_each_command_is_for_those_whom_the_table_names(world: World, role: str) -> None:
    actor, held = ROLES[role]
    wrong = []
    for name, who in COMMANDS.items():
        answer = await ask(world.served, actor, name)
        if isinstance(answer, Live):
            await answer.updates.aclose()
        if is_refused(answer) is (held in MAY[who]):
            wrong.append(name)
    assert wrong == []


async def test_a_coach_of_elsewhere_learns_nothing_by_any_command(world: World) -> None:
    told = []
    for name, command in world.served.program.app.catalog.commands.items():
        values: dict[str, Typed] = {}
        for each in parameters(command.args):
            options = each.options()
            values[each.name] = world.ids.get(each.name) or (options[0].value if options else "1")
        for submitted in (False, True):
            answer = await ask(world.served, STRANGER, name, values, submitted=submitted)
            if isinstance(answer, Live):
                await answer.updates.aclose()
            if SECRET in repr(answer) or "Verysecretname" in repr(answer):
                told.append(name)
    assert told == []


@pytest.mark.parametrize("role", [*ROLES, "stranger", "nobody"])
async def test_each_page_is_for_those_whom_the_table_names(world: World, role: str) -> None:
    async with browsing(world.served) as browser:
        if role != "nobody":
            await browser.sign_in(STRANGER if role == "stranger" else ROLES[role][0])
        for path, who in PAGES.items():
            answer = await browser.get(f"{path}?student={world.ids['student']}")
            if role == "nobody":
                assert answer.status == 401, path
            elif role == "stranger":
                assert answer.status in (200, 404), path
                assert "Verysecretname" not in answer.text, path
                assert SECRET not in answer.text, path
            else:
                may = ROLES[role][1] in MAY[who]  # who came this minute is on no list yet
                assert answer.status in ((200, 404) if may and "student" in path else (200 if may else 403,)), path


async def test_whoever_is_not_signed_in_is_asked_to_or_needs_the_secret(world: World, browser: Browser) -> None:
    for address, who in ADDRESSES.items():
        method, path = address.split(" ", 1)
        if who in (Who.ANYBODY, Who.TOKEN) or "{" in path.split("/")[1]:
            continue
        path = path.replace("{command:.+}", "me show").replace("{field}", "name")
        answer = await (browser.get(path) if method == "GET" else browser.post(path, {}))
        assert answer.status == 401, address
