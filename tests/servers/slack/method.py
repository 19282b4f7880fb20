"""How a method of the Web API is declared: what it takes, which scopes it needs, how often it may be called."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from tests.servers.slack.shapes import Json, Refused
from tests.servers.slack.things import Channel, Team, Token, User
from tests.servers.slack.workspace import Workspace

TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
"""Calls a minute. https://docs.slack.dev/apis/web-api/rate-limits"""
ALWAYS = frozenset({"token", "team_id"})
"""Bolt puts `team_id` into every call."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call that was let in: its arguments, decoded."""

    world: Workspace
    method: str
    args: Json
    token: Token

    @property
    def team(self) -> Team:
        """The team of the token."""
        return self.world.teams[self.token.team]

    def text(self, name: str) -> str:
        """An argument as text; empty where it is not given."""
        value = self.args.get(name)
        return "" if value is None else str(value)

    def flag(self, name: str) -> bool:
        """An argument as a yes or no: `true`, `1`."""
        return str(self.args.get(name, "")).lower() in {"true", "1"}

    def parsed(self, name: str) -> Any:
        """An argument that forms carry as JSON; None where it is not given."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise Refused("invalid_arguments", f"{name} is not JSON [json-pointer:/{name}]") from None

    def channel(self, name: str = "channel") -> Channel:
        """The conversation that an argument names, where the bot may know of it."""
        channel = self.world.channels.get(self.text(name))
        if channel is None or channel.team != self.token.team:
            raise Refused("channel_not_found")
        if channel.kind != "public" and self.team.bot_user not in channel.members:
            raise Refused("channel_not_found")
        return channel

    def user(self, name: str = "user") -> User:
        """The person whom an argument names."""
        user = self.world.users.get(self.text(name))
        if user is None or user.team != self.token.team:
            raise Refused("user_not_found")
        return user


Does: TypeAlias = Callable[[Call], Json]
Kind: TypeAlias = Literal["bot", "app", "config", "any", "none"]


@dataclass(frozen=True, slots=True)
class Method:
    """A method: what carries it out, its arguments, and the scopes of which the token needs one."""

    does: Does
    takes: frozenset[str]
    needs: frozenset[str]
    scopes: tuple[str, ...]
    tier: int
    kind: Kind


def method(does: Does, takes: str = "", scopes: str = "", tier: int = 3, kind: Kind = "bot") -> Method:
    """Declare one: `takes` names its arguments, those that it needs with a star behind."""
    named = takes.split()
    needs = frozenset(each.removesuffix("*") for each in named if each.endswith("*"))
    return Method(does, frozenset(each.removesuffix("*") for each in named), needs, tuple(scopes.split()), tier, kind)
