"""The reply to one interaction, for as long as Discord takes one: a first response, more messages after it, and their changes."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from datetime import timedelta
from typing import TypeVar

import discord
import structlog
from discord.app_commands import Choice

from bots.discord.calling import Act, Calling
from bots.discord.posts import Component, Post
from bots.discord.remedies import Remedy, mended, remedy
from bots.discord.responses import Responses
from bots.discord.troubles import DiscordRefused, DiscordTrouble
from bots.discord.views import Dialog, Layout, enclosed
from core.holding import Clock
from core.ui import Option

log = structlog.get_logger()

LASTS = timedelta(minutes=13)
"""How long a token is used. Discord takes it for fifteen minutes; what begins shortly before that could end after it."""
SUGGESTIONS_AT_MOST, CHOICE_AT_MOST = 25, 100
"""Choices of an option, and characters of their names and values.
https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-choice-structure
"""
NOBODY = discord.AllowedMentions.none()
ORIGINAL = "@original"
"""The first response by the name that its reply alone has for it, as Discord's API does."""
Result = TypeVar("Result")


class Spent(Exception):
    """The interaction takes nothing more: it is too old, was answered in another way, or Discord knows nothing of it."""


class AnsweredBefore(Spent):
    """There is a first response, by us, of which we never heard that it was taken."""


class Reply:
    """Answers one interaction. Whatever is called side by side goes one after the other."""

    def __init__(self, came: discord.Interaction, now: Clock, responses: Responses) -> None:
        self._came = came
        self._now = now
        self._responses = responses
        self._until = came.created_at + LASTS
        self._calling = Calling(now)
        self._turn = asyncio.Lock()
        self._deferred: bool | None = None
        """Whether what was deferred is hidden; None where nothing waits to be completed."""
        self._original = ""
        self._begun = False
        self._over = False

    @property
    def answered(self) -> bool:
        """Whether there was a first response."""
        return self._begun or self._came.response.is_done()

    @property
    def expired(self) -> bool:
        """Whether nothing can be shown by it any more."""
        return self._over or self._now() >= self._until

    async def defer(self, hidden: bool) -> None:
        """Say that an answer will come; nothing where there was a response. `hidden`: the answer is for the asker's eyes alone.

        Raises:
            Spent, DiscordTrouble: it could not be said.
        """
        async with self._turn:
            if not self.answered:
                try:
                    await self._first(self._came.response.defer(ephemeral=hidden, thinking=True))
                except AnsweredBefore:
                    log.info("discord reply found deferred")
                self._deferred = hidden

    async def modal(self, modal: Component) -> None:
        """Open a form.

        Raises:
            Spent: there was a response before, which a form cannot follow.
            DiscordTrouble: Discord does not take it.
        """
        async with self._turn:
            if self.answered:
                raise Spent
            await self._first(self._came.response.send_modal(Dialog(modal)))

    async def suggest(self, options: Sequence[Option]) -> None:
        """Show what could complete an option of a command.

        Raises:
            Spent, DiscordTrouble: it came too late.
        """
        choices = [Choice(name=each.label[:CHOICE_AT_MOST], value=each.value) for each in options if _short(each)]
        async with self._turn:
            await self._first(self._came.response.autocomplete(choices[:SUGGESTIONS_AT_MOST]))

    async def update(self, post: Post) -> None:
        """Change the message whose button was pressed.

        Raises:
            Spent: there was a response before.
            DiscordTrouble: Discord does not take it.
        """
        async with self._turn:
            if self.answered:
                raise Spent
            view, files = Layout(post.components), enclosed(post)
            await self._first(self._came.response.edit_message(view=view, attachments=files, allowed_mentions=NOBODY))

    async def acknowledge(self) -> None:
        """Let nothing wait for a response, and show nothing: for what was pressed.

        Raises:
            Spent, DiscordTrouble: it could not be said.
        """
        async with self._turn:
            if not self.answered:
                await self._first(self._came.response.defer())

    async def show(self, post: Post, hidden: bool, *, last: bool = False) -> str:
        """Show a message: as the first response, in place of what was deferred, or after it. Returns its id.

        `last`: it stands as it is, and nobody but this reply will ever name it: `ORIGINAL` is id enough.

        Raises:
            Spent: an ordinary message has to be sent instead.
            DiscordTrouble: Discord does not take it.
        """
        async with self._turn:
            try:
                return await self._shown(post, hidden, last=last)
            except DiscordRefused as refused:
                plainer = mended(post, refused)
                if not plainer:
                    raise
                first, *others = [await self._shown(each, hidden) for each in plainer]
                log.info("discord reply simplified", parts=1 + len(others))
                return first

    async def edit(self, message_id: str, post: Post) -> None:
        """Change a message that was shown by this reply.

        Raises:
            Spent: it cannot be changed by this reply any more.
            DiscordTrouble: Discord does not take it.
        """
        async with self._turn:
            try:
                await self._changed(message_id, post)
            except DiscordRefused as refused:
                plainer = mended(post, refused)
                if not plainer:
                    raise
                await self._changed(message_id, plainer[0])
                for each in plainer[1:]:
                    await self._shown(each, hidden=False)

    async def delete(self, message_id: str) -> None:
        """Take a message away that was shown by this reply.

        Raises:
            Spent, DiscordTrouble: it stays.
        """
        async with self._turn:
            if message_id == self._original:
                await self._call(self._came.delete_original_response())
            else:
                await self._call(self._came.followup.delete_message(int(message_id)))

    async def nothing(self) -> None:
        """There is nothing to show: what was deferred goes, and nobody waits for a response. It raises nothing of Discord's."""
        async with self._turn:
            if self.expired or (self.answered and self._deferred is None):
                return
            try:
                if not self.answered:
                    hidden = self._came.type is discord.InteractionType.application_command
                    await self._first(self._came.response.defer(ephemeral=hidden))
                    self._deferred = hidden or None
                if self._deferred is not None:
                    await self._call(self._came.delete_original_response())
            except (Spent, DiscordTrouble) as trouble:
                log.info("discord reply left open", trouble=type(trouble).__name__)
            self._deferred = None

    async def _shown(self, post: Post, hidden: bool, *, last: bool = False) -> str:
        if not self.answered:
            try:
                return await self._responded(post, hidden, last=last)
            except AnsweredBefore:
                return await self._completed(post)
        if self._deferred is not None and self._deferred != hidden:
            # Discord gives what follows the kind of what was deferred, until that is gone.
            await self._call(self._came.delete_original_response())
            self._deferred = None
        if self._deferred is not None:
            return await self._completed(post)
        view, files = Layout(post.components), enclosed(post)
        following = self._came.followup.send(
            view=view, files=files, ephemeral=hidden, suppress_embeds=True, wait=True, allowed_mentions=NOBODY
        )
        return str((await self._call(following)).id)

    async def _responded(self, post: Post, hidden: bool, *, last: bool) -> str:
        if last and not post.files and await self._first(self._responses.message(self._came, post, hidden=hidden)):
            self._begun, self._original = True, ORIGINAL
            return ORIGINAL
        view, files = Layout(post.components), enclosed(post)
        sending = self._came.response.send_message(
            view=view, files=files, ephemeral=hidden, suppress_embeds=True, allowed_mentions=NOBODY
        )
        sent = await self._first(sending)
        self._original = str(sent.message_id or "") or str((await self._call(self._came.original_response())).id)
        return self._original

    async def _completed(self, post: Post) -> str:
        view, files = Layout(post.components), enclosed(post)
        changing = self._came.edit_original_response(view=view, attachments=files, allowed_mentions=NOBODY)
        self._original = str((await self._call(changing)).id)
        self._deferred = None
        return self._original

    async def _changed(self, message_id: str, post: Post) -> None:
        view, files = Layout(post.components), enclosed(post)
        if message_id == self._original:
            await self._call(self._came.edit_original_response(view=view, attachments=files, allowed_mentions=NOBODY))
        else:
            message = int(message_id)
            await self._call(self._came.followup.edit_message(message, view=view, attachments=files, allowed_mentions=NOBODY))

    async def _first(self, responding: Coroutine[object, object, Result]) -> Result:
        """A first response.

        Raises:
            AnsweredBefore: no answer had come to a first one, and it was taken all the same.
        """
        try:
            return await self._call(responding)
        except AnsweredBefore:
            self._begun = True
            raise

    async def _call(self, responding: Coroutine[object, object, Result]) -> Result:
        if self.expired:
            responding.close()
            raise Spent
        try:
            return await self._calling(Act.REPLY, responding)
        except DiscordRefused as refused:
            if remedy(refused) not in (Remedy.SPENT, Remedy.NO_WEBHOOK):
                raise
            log.warning("discord reply refused", code=refused.code)
            if refused.code == 40060:
                raise AnsweredBefore from None
            self._over = True
            raise Spent from None


def _short(option: Option) -> bool:
    """A name may be cut, a value may not."""
    return len(option.value) <= CHOICE_AT_MOST and bool(option.label)
