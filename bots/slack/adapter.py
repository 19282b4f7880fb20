"""Slack's requests: kept before they are acknowledged, answered beside everything else, and shown where they came from."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from datetime import datetime

import structlog
from slack_bolt.response import BoltResponse

from bots.boundary import complete, refused
from bots.desk import Desk, names_of, place_of
from bots.reception import Received, Reception
from bots.slack import forms
from bots.slack.arrived import Begun, Closed, Known, Origin, Stopped, Submitted
from bots.slack.filling import Filling
from bots.slack.home import Homes, Tab
from bots.slack.parse import Junk, parse
from bots.slack.showing import Showing
from core.command import Pace
from core.errors import Trouble, UnknownCommand
from core.noticing import noticing
from core.request import Asked, Entered, Opened, Reworded, Said, Suggesting, Withdrawn
from core.ui import Live

log = structlog.get_logger()

HEARD = BoltResponse(status=200, body="")
NOT_KEPT = BoltResponse(status=503, body="")
"""Slack sends the event again, at once, after a minute and after five."""


class Adapter:
    """What Bolt's middleware hands every payload to.

    `on_message` names the field that takes a message's text, by the command that can be asked for on one.
    """

    def __init__(
        self,
        reception: Reception,
        *,
        desk: Desk,
        homes: Homes,
        showing: Showing,
        filling: Filling,
        on_message: Mapping[str, str],
        coaches: Container[str],
        now: Callable[[], datetime],
    ) -> None:
        self._reception = reception
        self._desk = desk
        self._homes = homes
        self._showing = showing
        self._filling = filling
        self._on_message = on_message
        self._coaches = coaches
        self._now = now

    async def receive(self, body: Mapping[str, object], bot: str) -> BoltResponse:
        """Take in a payload; returns the acknowledgement, after which nothing of it can be lost. `bot` is our account there."""
        try:
            arrived = parse(body, self._now(), Known(bot, self._on_message, self._coaches))
        except Junk as junk:
            log.warning("slack payload not understood", reason=str(junk))
            return HEARD
        if arrived is None:
            return HEARD
        origin = arrived.origin
        match arrived.wish:
            case Suggesting() as wish:
                found = await complete(self._reception.door, wish)
                return BoltResponse(status=200, body={"options": forms.suggested(found, wish.typed)})
            case Submitted() as wish:
                return await self._filling.sent(wish, origin)
            case Closed() as wish:
                self._desk.begin(self._filling.left(wish))
            case Begun() as wish:
                self._desk.begin(self._showing.openers(wish, origin))
            case Stopped() as wish:
                self._stop(wish)
            case Opened() as wish:
                self._homes.opened(wish.actor, Tab(origin.mark, origin.hash))
            case Entered() as wish:
                return await self._put_by(wish)
            case Said() | Asked() | Reworded() | Withdrawn() as wish:
                return await self._keep(wish, origin)
        return HEARD

    async def _put_by(self, wish: Entered) -> BoltResponse:
        """Keep it for a worker, who tries again where it fails: nobody waits for an answer, and none is given."""
        try:
            with self._desk.keeping():
                await self._reception.put_by(wish)
        except Trouble as trouble:
            log.warning("slack event not kept", trouble=type(trouble).__name__)
            return NOT_KEPT
        return HEARD

    async def _keep(self, wish: Said | Asked | Reworded | Withdrawn, origin: Origin) -> BoltResponse:
        """Keep it, acknowledge it, and begin to answer it."""
        try:
            with self._desk.keeping():
                if self._desk.busy and not origin.trigger_id:
                    await self._reception.put_by(wish)
                    return HEARD
                received = await self._reception.receive(wish)
        except Trouble as trouble:
            log.warning("slack event not kept", trouble=type(trouble).__name__)
            if not origin.trigger_id:
                return NOT_KEPT
            # Slack sends an interaction only once: whoever pressed it is told, and presses again.
            told = refused(trouble, wish)
            self._desk.begin(self._showing.show(told, origin, wish, key=wish.id))
            return HEARD
        if received is not None:
            self._desk.begin(self._answer(received, wish, origin))
        return HEARD

    async def _answer(self, received: Received, wish: Said | Asked | Reworded | Withdrawn, origin: Origin) -> None:
        with noticing() as writes:
            async with (
                self._showing.in_time(origin, self._pace(wish)) as waiting,
                self._reception.answered(received) as answer,
            ):
                # Not before its turn: whoever stops an answer wants the next one all the more.
                with self._desk.going_by(*names_of(received.arrival.id, wish)):
                    await self._showing.show(answer, origin, wish, key=received.arrival.id, waiting=waiting)
        if writes.any or isinstance(answer, Live):  # whose work a job may have done
            self._homes.changed(wish.actor)
        else:
            self._homes.told(wish.actor)

    def _pace(self, wish: Said | Asked | Reworded | Withdrawn) -> Pace:
        if not isinstance(wish, Asked):
            return Pace.LATER
        try:
            return Pace.FORM if wish.form else self._reception.door.catalog.find(wish.command, wish.words)[0].pace
        except UnknownCommand:
            return Pace.NOW

    def _stop(self, wish: Stopped) -> None:
        """Only whoever asked stops an answer: it goes by their name."""
        name = wish.arrival or place_of(wish)
        if not self._desk.stop(f"{name} {wish.actor.user}"):
            # Another process may be answering it.
            place = None if wish.arrival else wish.address
            self._desk.begin(self._reception.stop(wish.actor.identity, event_id=wish.arrival, place=place))
