"""The commands as Discord registers them: in the shape that it publishes, of all that the product has, sent once."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import discord
import jsonschema_rs
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from discord.http import Route
from structlog.testing import capture_logs

from bots.discord.register import NotRegistered, Registered, commands, differs, on_message, register
from bots.features import catalog
from core.catalog import Catalog
from core.command import Arg, Command, Pace
from core.ui import Kind, Message

CATALOG = catalog()
WANTED = commands(CATALOG)
CHARACTERS = 4000
"""In the names, descriptions and values of one command with all its options.

https://docs.discord.com/developers/interactions/application-commands#slash-commands
"""
ON_MESSAGES = 5
APP = "1400000000000000001"
OPENAPI = Path(__file__).parents[2] / "servers" / "discord" / "discord-openapi.json"


@cache
def published() -> jsonschema_rs.Validator:
    """What `PUT /applications/{application_id}/commands` takes."""
    described = json.loads(OPENAPI.read_text(encoding="utf-8"))
    body = described["paths"]["/applications/{application_id}/commands"]["put"]["requestBody"]
    return jsonschema_rs.validator_for({**body["content"]["application/json"]["schema"], "components": described["components"]})


def options(command: Registered) -> list[Registered]:
    """All options of a command, those of its parts too."""
    own: list[Registered] = command.get("options", [])
    return [each for option in own for each in (option, *options(option))]


def test_what_is_sent_has_the_shape_that_discord_publishes() -> None:
    assert [each.message for each in published().iter_errors(WANTED)] == []


def test_every_command_of_the_catalog_can_be_used() -> None:
    named = {each["name"]: each for each in WANTED if each["type"] == 1}
    assert set(named) == set(CATALOG.groups)
    for group, parts in CATALOG.groups.items():
        parts_named = [each["name"] for each in named[group]["options"] if each["type"] == 1]
        assert [f"{group} {each}" for each in parts_named] == [each.name for each in parts if " " in each.name]
    assert [each["name"] for each in WANTED if each["type"] == 3] == list(on_message(CATALOG))
    assert len(on_message(CATALOG)) <= ON_MESSAGES
    assert on_message(CATALOG)["Save as asset"] == ("assets add", "content")


@pytest.mark.parametrize("command", WANTED, ids=lambda each: str(each["name"]))
def test_a_command_keeps_what_discord_checks_besides(command: Registered) -> None:
    assert (command["contexts"], command["integration_types"]) == ([0, 1, 2], [0, 1])
    texts = [command["name"], command.get("description", "")]
    for each in options(command):
        texts += [each["name"], each["description"], *(choice["value"] + choice["name"] for choice in each.get("choices", []))]
        assert not (each.get("autocomplete") and each.get("choices"))
        needed = [option["required"] for option in each.get("options", [])]
        assert needed == sorted(needed, reverse=True)
    assert sum(map(len, texts)) <= CHARACTERS


@dataclass(frozen=True, slots=True)
class Everything:
    """One argument of each kind."""

    loose: Annotated[str, Arg("Loose", "What comes to mind")] = ""
    text: Annotated[str, Arg("Text", kind=Kind.LONG, max_length=40_000)] = field(kw_only=True)
    count: Annotated[int, Arg("Count")] = field(kw_only=True)
    sure: Annotated[bool, Arg("Sure")] = field(kw_only=True)
    hidden: Annotated[str, Arg("Hidden", hidden=True)] = ""


async def nothing(args: Everything) -> Message:
    """Answer nothing."""
    return Message(args.text)


def command(pace: Pace = Pace.NOW) -> Command:
    """A command that takes everything."""
    return Command(name="all", summary="Take everything", handler=nothing, args=Everything, pace=pace)


def test_each_argument_gets_the_input_that_fits_and_what_is_needed_comes_first() -> None:
    (made,) = commands(Catalog([command()]))
    told = [(each["name"], each["type"], each["required"], each.get("max_length")) for each in made["options"]]
    assert told == [("count", 4, True, None), ("sure", 5, True, None), ("loose", 3, False, 300), ("text", 3, False, 6000)]
    assert [each["description"] for each in made["options"]] == ["Count", "Sure", "What comes to mind", "Text"]


def test_what_a_form_asks_for_may_be_left_out() -> None:
    (made,) = commands(Catalog([command(Pace.FORM)]))
    assert not any(each["required"] for each in made["options"])


def as_discord_has_them(wanted: list[Registered]) -> list[Registered]:
    """What Discord answers: with ids and what was not said, without what is as it would be anyway."""
    added = {"application_id": APP, "version": "9", "default_member_permissions": None, "nsfw": False, "dm_permission": True}
    told = json.loads(json.dumps(wanted))
    for each in told:
        each |= {"id": "7", "description": each.get("description", ""), "name_localizations": None, **added}
        for option in options(each):
            if not option.get("required", True):
                del option["required"]
            if not option.get("options", True):
                del option["options"]
    return list(reversed(told))


def test_what_discord_adds_is_no_difference_and_what_changed_is() -> None:
    there = as_discord_has_them(WANTED)
    assert not differs(there, WANTED)
    assert differs(there[1:], WANTED)
    for change in ({"description": "Otherwise"}, {"contexts": [0]}, {"options": [*there[-1].get("options", []), WANTED[1]]}):
        assert differs([*there[:-1], {**there[-1], **change}], WANTED)


BOT = {"id": APP, "username": "elevate", "discriminator": "0", "avatar": None, "bot": True}
ABOUT: dict[str, object] = {
    "id": APP,
    "name": "Elevate",
    "icon": None,
    "description": "",
    "verify_key": "",
    "flags": 0,
    "owner": BOT,
    "team": None,
    "bot_public": True,
    "bot_require_code_grant": False,
    "rpc_origins": [],
}


@dataclass
class Registry:
    """Discord's, as far as commands go."""

    there: list[Any] = field(default_factory=list)
    puts: int = 0
    refuse: int = 0

    async def me(self, _: web.Request) -> web.Response:
        """The bot's account."""
        return told(BOT)

    async def about(self, _: web.Request) -> web.Response:
        """The application."""
        return told(ABOUT)

    async def get(self, _: web.Request) -> web.Response:
        """What is registered."""
        return told(self.there)

    async def put(self, request: web.Request) -> web.Response:
        """Register others instead."""
        if self.refuse:
            return told({"message": "Invalid Form Body", "code": 50035}, self.refuse)
        self.puts += 1
        self.there = as_discord_has_them(await request.json())
        return told(self.there)


def told(body: object, status: int = 200) -> web.Response:
    """An answer as Discord writes it: discord.py reads it only with this very type."""
    return web.Response(body=json.dumps(body), status=status, headers={"Content-Type": "application/json"})


@asynccontextmanager
async def logged_in(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[discord.Client]:
    """discord.py's client, logged in there."""
    app = web.Application()
    app.router.add_get("/users/@me", registry.me)
    app.router.add_get("/oauth2/applications/@me", registry.about)
    app.router.add_get(f"/applications/{APP}/commands", registry.get)
    app.router.add_put(f"/applications/{APP}/commands", registry.put)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    monkeypatch.setattr(Route, "BASE", str(server.make_url("")).rstrip("/"))
    try:
        async with discord.Client(intents=discord.Intents.none()) as client:
            await client.login("right.discord.token")
            yield client
    finally:
        await server.close()


async def test_commands_are_sent_once_and_again_only_when_they_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    registry = Registry()
    async with logged_in(registry, monkeypatch) as client:
        for _ in range(2):
            await register(client, CATALOG)
        assert registry.puts == 1
        registry.there = [{**each, "name": "old"} if each["name"] == "run" else each for each in registry.there]
        registry.there = [{**each, "description": "Once"} if each["name"] == "home" else each for each in registry.there]
        with capture_logs() as logged:
            await register(client, CATALOG)
    assert registry.puts == 2
    assert [(each["added"], each["removed"], each["changed"]) for each in logged] == [(["run"], ["old"], ["home"])]


async def test_a_refusal_is_told_with_what_discord_says(monkeypatch: pytest.MonkeyPatch) -> None:
    async with logged_in(Registry(refuse=400), monkeypatch) as client:
        with pytest.raises(NotRegistered, match=r"status 400, code 50035"):
            await register(client, CATALOG)
