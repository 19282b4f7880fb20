"""Discord's messages and interactions: kept, answered beside everything else, and shown where they came from."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Container, Mapping
from datetime import datetime
from typing import TypeVar

import discord
import structlog

from bots.boundary import complete, refused
from bots.desk import Desk, names_of
from bots.discord import interactions, messages
from bots.discord.arrived import NO_GUILD, Arrived, Origin, Stopped, Submitted, Turned, Wish, set_aside
from bots.discord.filling import Filling
from bots.discord.homes import home_of
from bots.discord.means import Means
from bots.discord.payload import Junk
from bots.discord.readings import Readings
from bots.discord.replies import Reply, Spent
from bots.discord.showing import Showing
from bots.reception import Received, Reception
from core.command import Command, Pace
from core.errors import StoreDown, StoreFull, StoreTrouble, Trouble, UnknownCommand
from core.request import Asked, Platform, Reworded, Said, Suggesting, Withdrawn
from core.ui import Message

log = structlog.get_logger()

Kept = TypeVar("Kept")

KEPT_WITHIN = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 30.0, 30.0, 30.0, 30.0, 60.0, 60.0)
"""Seconds between tries to keep what somebody wrote while the record is away: Discord does not send it again."""
MENTION_ME = (
    "Here I can only read messages that mention me, so start yours with @ and my name, or write to me directly. "
    "Whoever runs me can let me read this thread by switching on the Message Content Intent."
)


class Adapter:
    """What the gateway hands everything to. Implements `bots.discord.listening.Hearer`.

    `on_message` names the field that takes a message's text, by the command's label.
    """

    def __init__(
        self,
        reception: Reception,
        *,
        desk: Desk,
        means: Means,
        showing: Showing,
        filling: Filling,
        on_message: Mapping[str, tuple[str, str]],
        coaches: Container[str],
        now: Callable[[], datetime],
        wait: Callable[[float], Awaitable[object]],
    ) -> None:
        self._reception = reception
        self._desk = desk
        self._directs = means.directs
        self._threads = means.threads
        self._responses = means.responses
        self._showing = showing
        self._filling = filling
        self._readings = Readings(reception, showing)
        self._on_message = on_message
        self._coaches = coaches
        self._owners = means.owners
        self._now = now
        self._wait = wait
        self._told: set[str] = set()

    async def written(self, came: discord.Message, me: discord.ClientUser) -> None:
        """Take in what somebody wrote."""
        home = home_of(messages.answer_to(came)) or await self._patiently(lambda: self._home(came.author.id, came.guild))
        roles = _own_roles(came.guild)
        arrived = messages.said(came, me=me.id, roles=roles, home=home, at=self._now())
        match arrived:
            case None:
                self._overhear(came, home)
            case messages.Unreadable(origin):
                self._desk.begin(self._ask_for_mention(origin))
            case Arrived():
                there = await self._patiently(lambda: self._set_aside(arrived, came.channel))
                wish, origin = there.wish, there.origin
                if not origin.direct:  # where there are no threads
                    self._threads.asked(origin.message, messages.question(came, me=me.id, roles=roles))
                await self._met(origin)
                self._take(wish, origin)

    def _overhear(self, came: discord.Message, home: str) -> None:
        """That a coach writes to students where we read along is of interest, though it is not for us."""
        arrived = messages.overheard(came, home=home, at=self._now())
        if arrived is not None and arrived.wish.actor.identity in self._coaches:
            self._take(arrived.wish, arrived.origin)

    async def reworded(self, came: discord.RawMessageUpdateEvent, me: discord.ClientUser) -> None:
        """Take in that somebody changed what they had written."""
        there = came.message
        home = await self._patiently(lambda: self._home(there.author.id, there.guild))
        arrived = messages.reworded(came, me=me.id, home=home, at=self._now(), roles=_own_roles(there.guild))
        if arrived is not None:
            changed = await self._patiently(lambda: self._set_aside(arrived, there.channel))
            self._take(changed.wish, changed.origin)

    async def withdrawn(self, came: discord.RawMessageDeleteEvent) -> None:
        """Take in that a message was deleted: Discord does not say whose it was, but we know whose words we were told."""
        author = await self._patiently(lambda: self._reception.whose(Platform.DISCORD, str(came.message_id)))
        if author is None:
            return
        _, home, user = author.split(":", 2)
        arrived = messages.withdrawn(came, author=user, home=home, at=self._now())
        if arrived is not None:
            self._take(arrived.wish, arrived.origin)

    def known(self, guild: discord.Guild) -> None:
        """There is this guild, as it is by now."""
        self._owners.note(guild)

    def pressed(self, came: discord.Interaction) -> None:
        """Take in what somebody used; Discord waits three seconds for a first response."""
        self._desk.begin(self._pressed(came))

    async def _pressed(self, came: discord.Interaction) -> None:
        reply, home, away = Reply(came, self._now, self._responses), NO_GUILD, None
        try:
            home = home_of(came.message) or await self._home(came.user.id, came.guild if came.is_guild_integration() else None)
        except StoreTrouble as trouble:
            away = trouble
        try:
            arrived = interactions.interaction(came, home=home, on_message=self._on_message, at=self._now())
        except Junk as junk:
            log.warning("discord interaction not understood", reason=str(junk))
            return
        if arrived is None:
            return
        origin = (
            arrived.origin
        )  # in the private thread as well: whoever moderates reads there, and what is pressed need not stand
        if away is None:
            await self._met(origin)
        match arrived.wish:
            case Suggesting() as wish:
                await self._suggest(wish, reply)
            case Stopped() as wish:
                await self._stop(wish, reply)
            case wish if away is not None:
                sorry = Message(away.message, private=True)
                await self._showing.show(sorry, origin, wish, key=wish.id, reply=reply)
            case Turned() as wish:
                await self._filling.turned(wish, origin, reply)
            case Submitted() as wish:
                await self._filling.sent(wish, origin, reply)
            case Asked() as wish:
                await self._asked(wish, origin, reply)
            case _:
                pass

    def _take(self, wish: Wish, origin: Origin) -> None:
        """Begin to keep and answer what came as a message."""
        if isinstance(wish, Said | Asked | Reworded | Withdrawn):
            self._desk.begin(self._heard(wish, origin))

    async def _heard(self, wish: Said | Asked | Reworded | Withdrawn, origin: Origin) -> None:
        """Keep it, however long the record is away, and answer it."""
        try:
            received = await self._patiently(lambda: self._kept(wish))
        except Trouble as trouble:
            log.error("discord event not kept", trouble=type(trouble).__name__)
            if isinstance(wish, Said | Asked):
                await self._showing.show(refused(trouble, wish), origin, wish, key=wish.id, reply=None)
            return
        if received is not None:
            await self._answer(received, wish, origin, None)

    async def _kept(self, wish: Said | Asked | Reworded | Withdrawn) -> Received | None:
        with self._desk.keeping():
            if self._desk.busy:
                await self._reception.put_by(wish)
                return None
            return await self._reception.receive(wish)

    async def _patiently(self, ask: Callable[[], Awaitable[Kept]]) -> Kept:
        """Ask the record, for as long as it is away: Discord does not send it again.

        Raises:
            Trouble: it stays away, or takes this never.
        """
        for pause in KEPT_WITHIN:
            try:
                return await ask()
            except (StoreDown, StoreFull) as trouble:
                log.warning("discord event kept waiting", trouble=type(trouble).__name__)
            await self._wait(pause)
        return await ask()

    async def _asked(self, wish: Asked, origin: Origin, reply: Reply) -> None:
        command = self._command(wish)
        hidden = (command is None or command.private) and not origin.direct
        if command is not None and command.reads and not wish.form:
            await self._readings.answer(wish, origin, reply, hidden=hidden)
            return
        pace = Pace.FORM if wish.form else command.pace if command is not None else Pace.NOW
        async with self._showing.in_time(reply, pace, hidden=hidden):
            try:
                received = await self._reception.receive(wish)
            except Trouble as trouble:  # whoever pressed it is told, and presses again
                log.warning("discord event not kept", trouble=type(trouble).__name__)
                await self._showing.show(refused(trouble, wish), origin, wish, key=wish.id, reply=reply)
                return
            if received is not None:
                await self._answer(received, wish, origin, reply)

    async def _answer(
        self, received: Received, wish: Said | Asked | Reworded | Withdrawn, origin: Origin, reply: Reply | None
    ) -> None:
        async with self._reception.answered(received) as answer:
            # Not before its turn: whoever stops an answer wants the next one all the more.
            with self._desk.going_by(*names_of(received.arrival.id, wish)):
                await self._showing.show(answer, origin, wish, key=received.arrival.id, reply=reply)

    async def _suggest(self, wish: Suggesting, reply: Reply) -> None:
        try:
            await reply.suggest(await complete(self._reception.door, wish))
        except Spent:  # they have typed on meanwhile
            log.info("discord suggestions refused")

    async def _stop(self, wish: Stopped, reply: Reply) -> None:
        """Only whoever asked stops an answer: it goes by their name."""
        if not self._desk.stop(f"{wish.arrival} {wish.actor.user}"):
            # Another process may be answering it.
            await self._reception.stop(wish.actor.identity, event_id=wish.arrival)
        try:
            await reply.acknowledge()
        except Spent:
            log.info("discord reply refused")

    async def _ask_for_mention(self, origin: Origin) -> None:
        """Say once a thread why nobody answers there."""
        if origin.thread in self._told:
            return
        self._told.add(origin.thread)
        await self._showing.tell(Message(MENTION_ME), origin)

    async def _home(self, user: int, guild: discord.Guild | None) -> str:
        """The workspace that this belongs to: the guild, or in direct messages the one in which the person was met last.

        Raises:
            StoreTrouble: the record does not say where that was.
        """
        return str(guild.id) if guild is not None else await self._directs.home(str(user)) or NO_GUILD

    async def _set_aside(self, came: Arrived, channel: object) -> Arrived:
        """What was written in the private thread that stands for somebody's direct messages counts as if it came from those.

        Raises:
            StoreTrouble: the record does not say.
        """
        private = isinstance(channel, discord.Thread) and channel.is_private()
        stands = private and await self._directs.stands_for(came.origin.user, came.origin.thread)
        return set_aside(came) if stands else came

    async def _met(self, origin: Origin) -> None:
        """Remember how whoever turned to us is reached."""
        if origin.aside:
            return
        if origin.direct:
            await self._directs.heard(origin.home, origin.user, origin.channel)
        elif origin.guild and origin.present:
            await self._directs.met(origin.user, origin.guild, origin.channel)

    def _command(self, wish: Asked) -> Command | None:
        """What is asked for, where there is such a command."""
        try:
            return self._reception.door.catalog.find(wish.command, wish.words)[0]
        except UnknownCommand:
            return None


def _own_roles(guild: discord.Guild | None) -> frozenset[int]:
    """The roles by which we can be mentioned as well."""
    role = guild.self_role if guild is not None else None
    return frozenset({role.id} if role else ())
