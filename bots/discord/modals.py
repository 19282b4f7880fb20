"""Modals: opened as a first response or led to by a message, kept so that they can be read whenever they are sent, and what was
sent while the record was away."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bots.discord import forms
from bots.discord.arrived import Origin, Submitted, Turned
from bots.discord.posts import Component, Post
from bots.discord.replies import Spent
from core.errors import Trouble
from core.holding import Clock
from core.ids import new_id
from core.parcels import pack_form, unpack_form
from core.request import Actor
from core.sharing.model import Shown
from core.sharing.ports import ShownStore
from core.ui import Form

log = structlog.get_logger()

HELD_FOR = timedelta(hours=1)
HELD_AT_MOST = 200
"""Pages of forms that could not be kept; the oldest goes first."""
TOO_OLD = "I do not have this form any more. Please ask for it again."


class Replies(Protocol):
    """What of `bots.discord.replies.Reply` forms need; each of its methods raises `Spent` where Discord takes nothing more."""

    @property
    def answered(self) -> bool:
        """Whether there was a first response."""
        ...

    async def defer(self, hidden: bool) -> None:
        """Say that an answer will come."""
        ...

    async def acknowledge(self) -> None:
        """Let nothing wait for a response, and show nothing."""
        ...

    async def modal(self, modal: Component) -> None:
        """Open a form, as the first response."""
        ...

    async def update(self, post: Post) -> None:
        """Change the message that was pressed, as the first response."""
        ...

    async def show(self, post: Post, hidden: bool) -> str:
        """Show a message."""
        ...

    async def edit(self, message_id: str, post: Post) -> None:
        """Change a message."""
        ...

    async def nothing(self) -> None:
        """There is nothing to show."""
        ...


@dataclass(frozen=True, slots=True)
class _Sent:
    """A page that was sent and could not be kept."""

    page: int
    components: tuple[Component, ...]
    at: datetime


class Modals:
    """The modals of everybody."""

    def __init__(self, shown: ShownStore, *, now: Clock) -> None:
        self._shown = shown
        self._now = now
        self._held: OrderedDict[tuple[str, str], _Sent] = OrderedDict()

    async def form(self, actor: Actor, form_id: str) -> Form | None:
        """The form that a modal of theirs shows, or None where it is too old.

        Raises:
            Trouble: the record is away.
        """
        found = await self._shown.find(actor.identity, form_id)
        return unpack_form(found.parcel) if found else None

    async def keep(self, form: Form, actor: Actor, form_id: str = "") -> str:
        """Keep the form, in place of what is kept under the id where there is one; returns its id.

        Raises:
            Trouble: it cannot be kept.
        """
        kept = form_id or new_id("shn")
        await self._shown.keep(Shown(id=kept, identity=actor.identity, parcel=pack_form(form), shown_at=self._now()))
        return kept

    async def open(self, form: Form, origin: Origin, actor: Actor, reply: Replies) -> bool:
        """Open the form, or lead to it by a message where something was said before or has no room in it; False where the reply
        takes neither.

        Raises:
            Trouble: it cannot be kept, or Discord does not take it.
        """
        kept, page = await self.keep(form, actor), forms.first_wrong(form)
        if not reply.answered and forms.opens_alone(form, page):
            try:
                await reply.modal(forms.modal(form, kept, page))
            except Spent:
                log.info("discord form not opened")
            else:
                return True
        try:
            await reply.show(forms.going_on(form, kept, page), hidden=not origin.direct)
        except Spent:
            return False
        return True

    async def turned(self, turned: Turned, origin: Origin, reply: Replies) -> None:
        """Open the page that a message leads to, with what was typed."""
        try:
            try:
                form = await self.form(turned.actor, turned.form)
            except Trouble as trouble:
                log.warning("discord form not read", trouble=type(trouble).__name__)
                await reply.show(forms.told(trouble.message), hidden=not origin.direct)
                return
            if form is None:
                await reply.show(forms.told(TOO_OLD), hidden=not origin.direct)
                return
            held = self._held.get((turned.actor.identity, turned.form))
            if held is not None and self._now() - held.at < HELD_FOR:
                form = forms.as_sent(form, held.page, held.components)
            await reply.modal(forms.modal(form, turned.form + forms.LED, turned.page))
        except Spent:  # they press it again
            log.info("discord form not opened")

    def hold(self, sent: Submitted, form_id: str) -> None:
        """Hold on to a page that cannot be kept just now, until it can."""
        self._held[sent.actor.identity, form_id] = _Sent(sent.page, sent.components, self._now())
        self._held.move_to_end((sent.actor.identity, form_id))
        while len(self._held) > HELD_AT_MOST:
            self._held.popitem(last=False)

    def let_go(self, sent: Submitted, form_id: str) -> None:
        """The page was kept."""
        self._held.pop((sent.actor.identity, form_id), None)
