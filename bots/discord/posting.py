"""One post on its way: into a channel, a thread or direct messages, as ourselves or by a webhook; or changed afterwards."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

import discord
import structlog

from bots.discord.calling import Act, Calling
from bots.discord.faces import Face
from bots.discord.marks import Mark, Seen, look
from bots.discord.posts import Post
from bots.discord.remedies import Remedy, headed, mended, remedy
from bots.discord.threads import Spot, Threads
from bots.discord.troubles import DiscordRefused, DiscordUnreachable
from bots.discord.views import Layout, enclosed
from bots.discord.webhooks import Webhooks
from core.holding import Wait

log = structlog.get_logger()

PAUSES = (0.5, 2.0)
"""Seconds before another try, where no answer came."""
SLOWLY_SECONDS = 5.0
NOBODY = discord.AllowedMentions.none()


class Posting:
    """Sends single posts. What people would see twice is looked for before it is sent again."""

    def __init__(self, client: discord.Client, calling: Calling, threads: Threads, webhooks: Webhooks, wait: Wait) -> None:
        self._client = client
        self._calling = calling
        self._threads = threads
        self._webhooks = webhooks
        self._wait = wait

    async def post(self, spot: Spot, post: Post, mark: Mark, face: Face) -> str:
        """Post it; returns its id. The face is a webhook's; without a picture and a name, we speak as ourselves.

        Raises:
            DiscordTrouble: it could not be posted, or nobody knows whether it was.
        """
        try:
            return await self._surely(spot, post, mark, face)
        except DiscordRefused as refused:
            instead = mended(post, refused)
            if not instead:
                raise
            try:
                first = await self._surely(spot, instead[0], mark, face)
            except DiscordRefused:
                raise refused from None
            for number, each in enumerate(instead[1:], start=1):
                await self._surely(spot, each, Mark(f"{mark.key}:{mark.part}", number), face)
            return first

    async def change(self, spot: Spot, message: str, post: Post, mark: Mark | None, face: Face) -> None:
        """Put the post in the place of one that is there. To do so twice does no harm.

        Raises:
            DiscordTrouble: it cannot be changed; 10008 where it is gone.
        """
        try:
            await self._changed(spot, message, mark.on(post) if mark else post, face)
        except DiscordRefused as refused:
            instead = mended(post, refused)
            if not instead:
                raise
            await self._changed(spot, message, mark.on(instead[0]) if mark else instead[0], face)
            for number, each in enumerate(instead[1:], start=1):
                await self._surely(spot, each, Mark(f"{message}:rest", number), face)

    async def delete(self, spot: Spot, message: str, face: Face) -> None:
        """Take it away, as whoever has posted it. That it is gone already is no trouble.

        Raises:
            DiscordTrouble: it stays.
        """
        webhook = await self._webhooks.of(spot) if face.name and spot.guild else None
        ours = self._client.get_partial_messageable(spot.id).get_partial_message(int(message))
        ways: list[Callable[[], Awaitable[None]]] = [ours.delete]
        if webhook is not None:
            ways.insert(0, partial(webhook.delete_message, int(message), thread=_thread(spot)))
        for each in ways:
            try:
                return await self._calling(Act.CHANGE, each(), guild=spot.guild)
            except DiscordRefused as refused:
                if remedy(refused) not in (Remedy.MISSING, Remedy.NO_WEBHOOK, Remedy.SPENT):
                    raise
        return None

    async def typing(self, spot: Spot) -> None:
        """Show that somebody is at work."""
        place = self._client.get_partial_messageable(spot.id)

        async def shown() -> None:
            await place.typing()

        await self._calling(Act.SEND, shown(), guild=spot.guild, channel=str(spot.id))

    async def react(self, spot: str, message: str, sign: str, *, guild: str) -> None:
        """Put the sign on a message; twice is once.

        Raises:
            DiscordTrouble: it cannot be set.
        """
        there = self._client.get_partial_messageable(int(spot)).get_partial_message(int(message))
        await self._calling(Act.REACT, there.add_reaction(sign), guild=guild, channel=spot)

    async def found(self, spot: Spot, key: str) -> Seen:
        """What of the message with this key is there."""
        place = self._client.get_partial_messageable(spot.id)
        return await look(self._calling, place, key, after=spot.after, guild=spot.guild)

    async def seen(self, spot: Spot, mark: Mark) -> str | None:
        """The id of the post with this mark, where it is there."""
        return (await self.found(spot, mark.key)).parts.get(mark.part)

    async def _surely(self, spot: Spot, post: Post, mark: Mark, face: Face) -> str:
        """Sent; where no answer came, again after a look."""
        unsure = False
        for pause in (*PAUSES, None):
            if unsure and (there := await self.seen(spot, mark)):
                return there
            try:
                return await self._opened(spot, lambda: self._sent(spot, mark.on(post), mark, face))
            except DiscordUnreachable as trouble:
                unsure = unsure or trouble.perhaps_done
                if pause is None:
                    raise
                await self._wait(pause)
            except DiscordRefused as refused:
                if remedy(refused) is not Remedy.TOO_FAST or pause is None:
                    raise
                await self._wait(SLOWLY_SECONDS)
        raise AssertionError("the last try ends it")

    async def _opened(self, spot: Spot, act: Callable[[], Awaitable[str]]) -> str:
        """Done; where the thread is in the archive, after it was taken out."""
        try:
            return await act()
        except DiscordRefused as refused:
            if remedy(refused) is not Remedy.ARCHIVED:
                raise
        await self._threads.open_again(spot)
        return await act()

    async def _sent(self, spot: Spot, post: Post, mark: Mark, face: Face) -> str:
        webhook = await self._webhooks.of(spot) if face.name and spot.guild else None
        if webhook is None:
            return await self._as_ourselves(spot, headed(post, face.opening) if face.name else post, mark)
        try:
            return await self._by(webhook, spot, post, face)
        except DiscordRefused as refused:
            if remedy(refused) not in (Remedy.NO_WEBHOOK, Remedy.SPENT):  # an unknown one, or one with another token
                raise
        self._webhooks.forget(spot)
        webhook = await self._webhooks.of(spot)
        if webhook is None:
            return await self._as_ourselves(spot, headed(post, face.opening), mark)
        return await self._by(webhook, spot, post, face)

    async def _as_ourselves(self, spot: Spot, post: Post, mark: Mark) -> str:
        place = self._client.get_partial_messageable(spot.id)
        sending = partial(
            place.send,
            view=Layout(post.components),
            files=enclosed(post),
            nonce=mark.nonce(spot.id),
            suppress_embeds=True,
            allowed_mentions=NOBODY,
        )
        if spot.answering is not None:
            asked = discord.MessageReference(message_id=spot.answering, channel_id=spot.id, fail_if_not_exists=False)
            sending = partial(sending, reference=asked)
        act = Act.ATTACH if post.files else Act.SEND_IN_THREAD if spot.thread else Act.SEND
        return str((await self._calling(act, sending(), guild=spot.guild, channel=str(spot.id))).id)

    async def _by(self, webhook: discord.Webhook, spot: Spot, post: Post, face: Face) -> str:
        sending = webhook.send(
            view=Layout(post.components),
            files=enclosed(post),
            username=face.name,
            avatar_url=face.picture,
            thread=_thread(spot),
            suppress_embeds=True,
            allowed_mentions=NOBODY,
            wait=True,
        )
        return str((await self._calling(Act.WEBHOOK, sending, guild=spot.guild, channel=str(spot.id))).id)

    async def _changed(self, spot: Spot, message: str, post: Post, face: Face) -> None:
        """Changed by whoever has posted it, as far as that is known; else by the other of the two."""

        async def as_ourselves() -> str:
            ours = self._client.get_partial_messageable(spot.id).get_partial_message(int(message))
            shown = headed(post, face.opening) if face.name and spot.guild else post
            view, files = Layout(shown.components), enclosed(shown)
            changing = ours.edit(view=view, attachments=files, allowed_mentions=NOBODY)
            await self._calling(Act.CHANGE, changing, guild=spot.guild, channel=str(spot.id))
            return message

        async def by_webhook() -> str:
            webhook = await self._webhooks.of(spot)
            if webhook is None:
                raise DiscordRefused(10015, 404)
            view, files = Layout(post.components), enclosed(post)
            changing = webhook.edit_message(
                int(message), view=view, attachments=files, allowed_mentions=NOBODY, thread=_thread(spot)
            )
            await self._calling(Act.CHANGE, changing, guild=spot.guild, channel=str(spot.id))
            return message

        ways = (by_webhook, as_ourselves) if face.name and spot.guild else (as_ourselves, by_webhook)
        try:
            await self._opened(spot, ways[0])
        except DiscordRefused as refused:
            others = {Remedy.NOT_OURS, Remedy.NO_WEBHOOK, Remedy.SPENT}
            if face.name:
                others |= {Remedy.MISSING}
            by_either = bool(face.name) or self._webhooks.knows(spot)
            if not spot.guild or not by_either or remedy(refused) not in others:
                raise
            try:
                await self._opened(spot, ways[1])
            except DiscordRefused:
                raise refused from None


def _thread(spot: Spot) -> discord.Object:
    """As discord.py's webhooks take a thread, or none."""
    return discord.Object(spot.id) if spot.thread else discord.utils.MISSING
