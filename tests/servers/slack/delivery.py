"""What Slack sends an app: events, until they are acknowledged, and interactions, once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Literal, Protocol

from tests.servers.activity import Activity
from tests.servers.slack.conversations import READ_SCOPES
from tests.servers.slack.events import SCOPES, callback, check_event, subscription
from tests.servers.slack.shapes import Json
from tests.servers.slack.things import Acked, Team
from tests.servers.slack.workspace import Workspace

Kind = Literal["events_api", "interactive", "slash_commands"]


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is sent; `answerable` where the app may put an answer into its acknowledgement."""

    kind: Kind
    payload: Json
    answerable: bool = False


@dataclass(frozen=True, slots=True)
class Ack:
    """The app acknowledged, with an answer or without."""

    answer: Json | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """The app did not acknowledge; `final` where it asked not to be told again."""

    reason: str
    final: bool = False


class Way(Protocol):
    """How envelopes reach the app: over a socket, or by HTTP."""

    async def carry(self, envelope: Envelope, attempt: int, reason: str, patience: float) -> Ack | Missed:
        """Bring it once."""
        ...


class Deliveries:
    """Sends events and interactions, and keeps what was acknowledged.

    `patience`: seconds until an envelope counts as missed. `pauses`: seconds before each further attempt. `copies`: how many
    times more each event is sent, as when an acknowledgement is lost. `echoes`: whether the bot hears itself, as it does.
    """

    def __init__(self, world: Workspace, activity: Activity) -> None:
        self.patience = 3.0
        self.pauses: tuple[float, ...] = (0.0, 60.0, 300.0)
        self.copies = 0
        self.echoes = True
        self.acks: list[Acked] = []
        self.missed: list[tuple[Envelope, Missed]] = []
        self.lost: list[Envelope] = []
        self.way: Way | None = None
        self._world = world
        self._activity = activity
        self._held: list[Envelope] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def event(self, team: Team, event: Json) -> None:
        """Tell the app, where it subscribed to such events and may have them."""
        check_event(event)
        if self._wants(team, event):
            self.send(Envelope("events_api", callback(self._world, team, event)))

    def send(self, envelope: Envelope) -> None:
        """Send an event; it is brought in the background."""
        if self._held is not None:
            self._held.append(envelope)
            return
        for copy in range(1 + self.copies):
            self._start(envelope, copy)

    def hold(self) -> None:
        """Keep events back from now on."""
        self._held = []

    def release(self, order: Callable[[list[Envelope]], list[Envelope]] = list) -> None:
        """Send what was kept back, in another order if need be."""
        held, self._held = self._held or [], None
        for each in order(held):
            self.send(each)

    async def ask(self, envelope: Envelope) -> Ack | None:
        """Send an interaction, which is not repeated; None where it was not acknowledged in time."""
        with self._activity.doing(f"an envelope: {envelope.kind}"):
            came = await self._carry(envelope, 0, "")
        return came if isinstance(came, Ack) else None

    async def stop(self) -> None:
        """Send nothing more."""
        for each in self._tasks:
            each.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _wants(self, team: Team, event: Json) -> bool:
        name = subscription(event)
        manifest = self._world.manifest
        if manifest is not None:
            asked = manifest.get("settings", {}).get("event_subscriptions", {}).get("bot_events", [])
            if name not in asked:
                return False
        if event["type"] in {"tokens_revoked", "app_uninstalled"}:
            return True
        scopes = self._world.bot_token(team).scopes if self._has_token(team) else ()
        if event["type"] in {"message", "app_mention"} and not self._heard(team, event):
            return False
        if event["type"] == "member_joined_channel" and not self._saw(team, event, scopes):
            return False
        return self._has_token(team) and (name not in SCOPES or SCOPES[name] in scopes)

    def _has_token(self, team: Team) -> bool:
        return any(each.kind == "bot" and each.team == team.id and not each.revoked for each in self._world.tokens.values())

    def _heard(self, team: Team, event: Json) -> bool:
        """Whether the bot is where it was said, and hears itself."""
        said = event.get("message") or event.get("previous_message") or event
        there = team.bot_user in self._world.channels[event["channel"]].members
        return there and (self.echoes or said.get("bot_id") != team.bot_id)

    def _saw(self, team: Team, event: Json, scopes: tuple[str, ...]) -> bool:
        """Whether the bot is there, and may know who is. https://docs.slack.dev/reference/events/member_joined_channel"""
        channel = self._world.channels[event["channel"]]
        return team.bot_user in channel.members and READ_SCOPES[channel.kind] in scopes

    def _start(self, envelope: Envelope, attempt: int) -> None:
        end = self._activity.begin(f"an event: {envelope.payload['event']['type']}")
        task = asyncio.create_task(self._deliver(envelope, attempt))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(lambda done: end())

    async def _deliver(self, envelope: Envelope, attempt: int) -> None:
        """Try until it is acknowledged, or Slack gives up."""
        reason = "timeout" if attempt else ""
        for number, pause in enumerate((0.0, *self.pauses)):
            if pause:
                await asyncio.sleep(pause)  # Slack's own pause before it tries again
            came = await self._carry(envelope, attempt + number, reason)
            if isinstance(came, Ack):
                return
            reason = came.reason
            if came.final:
                break
        self.lost.append(envelope)

    async def _carry(self, envelope: Envelope, attempt: int, reason: str) -> Ack | Missed:
        assert self.way is not None
        began = monotonic()
        came = await self.way.carry(envelope, attempt, reason, self.patience)
        if isinstance(came, Ack):
            self.acks.append(Acked(envelope.kind, envelope.payload, monotonic() - began, attempt, came.answer))
        else:
            self.missed.append((envelope, came))
        return came
