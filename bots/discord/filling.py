"""Forms that are filled in: page by page, with what is wrong in words, and what was typed kept whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

import structlog

from bots.desk import Desk, names_of
from bots.discord import forms
from bots.discord.arrived import Origin, Submitted, Turned
from bots.discord.modals import TOO_OLD, Modals, Replies
from bots.discord.posts import Post
from bots.discord.replies import Reply, Spent
from bots.reception import Received, Reception
from core.errors import Trouble
from core.holding import Wait
from core.request import Asked, Event, Left
from core.ui import Answer, Form

log = structlog.get_logger()

SOON_SECONDS = 0.8
"""Discord waits three seconds for a first response: what takes longer than this is deferred."""
HELD = "What you typed is not lost: for an hour from now, “Try again” opens the form with it."


class Shows(Protocol):
    """Shows an answer where its question came from."""

    async def show(self, answer: Answer, origin: Origin, event: Event, *, key: str, reply: Reply | None) -> None:
        """Show it; its parts are known by the key."""
        ...


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a page is answered: in the message that led to it, or as an answer of its own."""

    origin: Origin
    reply: Reply
    led: bool

    @property
    def hidden(self) -> bool:
        """Whether others could read along."""
        return not self.origin.direct

    async def say(self, post: Post) -> None:
        """Show it.

        Raises:
            Spent, Trouble: it could not be shown.
        """
        if not self.led:
            await self.reply.show(post, self.hidden)
            return
        if not self.reply.answered:
            await self.reply.update(post)
            return
        await self.reply.edit(self.origin.message, post)

    async def soon(self, wait: Wait) -> None:
        """Say that an answer will come, once the time for it runs short."""
        await wait(SOON_SECONDS)
        try:
            await (self.reply.acknowledge() if self.led else self.reply.defer(self.hidden))
        except (Spent, Trouble) as trouble:
            log.info("discord form not acknowledged", trouble=type(trouble).__name__)


class Filling:
    """What is sent with modals, and the buttons that lead to their pages."""

    def __init__(self, reception: Reception, *, desk: Desk, modals: Modals, showing: Shows, wait: Wait) -> None:
        self._reception = reception
        self._desk = desk
        self._modals = modals
        self._showing = showing
        self._wait = wait

    async def turned(self, turned: Turned, origin: Origin, reply: Replies) -> None:
        """Open the page that a message leads to."""
        await self._modals.turned(turned, origin, reply)

    async def sent(self, page: Submitted, origin: Origin, reply: Reply) -> None:
        """Take in a page, and show what comes after it: the way to the next one, what is wrong, or the answer."""
        place = _Place(origin, reply, led=page.form.endswith(forms.LED) and bool(origin.message))
        form_id = page.form.removesuffix(forms.LED)
        async with _in_time(place, self._wait):
            try:
                before = await self._modals.form(page.actor, form_id)
                if before is None:
                    await _said(place, forms.told(TOO_OLD))
                    return
                form = before if page.whole else forms.filled(before, page.page, page.components)
                following = None if page.whole else forms.following(before, form, page.page)
                asked = forms.asked(form, page)
                if following is not None:
                    await self._modals.keep(form, page.actor, form_id)
                    received = None
                else:
                    received = await self._reception.receive(asked)
            except Trouble as trouble:
                log.warning("discord form not kept", trouble=type(trouble).__name__)
                if not page.whole:
                    self._modals.hold(page, form_id)
                await _said(place, forms.trying_again(form_id, page.page, f"{trouble.message}\n\n{HELD}"))
                return
            self._modals.let_go(page, form_id)
            if following is not None:
                await self._led_on(form, form_id, following, page, place)
            elif received is None:
                await reply.nothing()
            else:
                await self._answered(received, asked, form, page, place)

    async def _led_on(self, form: Form, form_id: str, following: int, page: Submitted, place: _Place) -> None:
        """Lead to the next page; what was typed so far is a draft as well, because Discord never tells that a form was closed."""
        try:
            await place.say(forms.going_on(form, form_id, following))
        except Spent:
            await self._showing.show(form, place.origin, page, key=page.id, reply=None)
        await self._draft(forms.left(form, page))

    async def _answered(self, received: Received, asked: Asked, form: Form, page: Submitted, place: _Place) -> None:
        key = received.arrival.id
        draft: Left | None = None
        async with self._reception.answered(received) as answer:
            if isinstance(answer, Form):
                draft = await self._again(form, answer, asked, page, place, key)
            else:
                if place.led:
                    await _said(place, forms.was_sent(form))
                with self._desk.going_by(*names_of(key, asked)):
                    await self._showing.show(answer, place.origin, asked, key=key, reply=place.reply)
        if draft is not None:
            await self._draft(draft)

    async def _again(self, before: Form, form: Form, asked: Asked, page: Submitted, place: _Place, key: str) -> Left | None:
        """A form answers a form: what is wrong, with a way back to it, or another form in its place."""
        kept = await self._modals.keep(form, page.actor)
        try:
            await place.say(forms.going_on(form, kept, forms.first_wrong(form)))
        except Spent:
            await self._showing.show(form, place.origin, asked, key=key, reply=None)
        return forms.left(form, page, whole=True) if form.problems and form.command == before.command else None

    async def _draft(self, left: Left) -> None:
        if left.values:
            async with self._reception.answering(left):
                pass


@asynccontextmanager
async def _in_time(place: _Place, wait: Wait) -> AsyncIterator[None]:
    """While an answer is being made, a word to Discord at the last moment that is safe."""
    waiting = asyncio.create_task(place.soon(wait))
    try:
        yield
    finally:
        waiting.cancel()
        await asyncio.wait({waiting})


async def _said(place: _Place, post: Post) -> None:
    """Show what is not worth an ordinary message where the reply takes no more."""
    try:
        await place.say(post)
    except Spent:
        log.info("discord form not answered")
