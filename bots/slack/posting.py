"""One post on its way: into a channel, to one person's eyes alone, or changed afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

import structlog
from aiohttp import ClientError

from bots.payload import words
from bots.slack.api import Api
from bots.slack.marks import Mark, look
from bots.slack.patience import SHORT, Patience, surely
from bots.slack.posts import Post
from bots.slack.remedies import REMEDIES, Remedy
from bots.slack.troubles import SlackRefused, SlackUnreachable
from core.holding import Wait

log = structlog.get_logger()

EDITED_TEXT_AT_MOST = 4_000
"""Of `text` in chat.update. https://docs.slack.dev/reference/methods/chat.update"""
PLAINER = [code for code, remedy in REMEDIES.items() if remedy is Remedy.PLAINER]
QUIET: Mapping[str, object] = {"unfurl_links": False, "unfurl_media": False}
"""Nothing that an agent writes makes Slack fetch a page: that could carry off what a student said."""


class Spent(Exception):
    """The response URL takes nothing more: it was used five times, or is older than half an hour, or Slack is in trouble."""


class Posting:
    """Sends single posts. What people would see twice is looked for before it is sent again."""

    def __init__(self, api: Api, wait: Wait) -> None:
        self._api = api
        self._wait = wait

    async def post(
        self,
        team: str,
        channel: str,
        thread: str,
        post: Post,
        face: Mapping[str, str],
        mark: Mark,
        patience: Patience = SHORT,
    ) -> str:
        """Post it; returns its time stamp.

        Raises:
            SlackTrouble: it could not be posted, or nobody knows whether it was.
        """
        arguments = {**_content(post), **face, **QUIET, "thread_ts": thread or None, "metadata": mark.metadata}
        unsure = False

        async def once() -> str:
            nonlocal unsure
            if unsure:
                there = (await look(self._api, team, channel, thread, mark.key)).parts.get(mark.part)
                if there is not None:
                    return there
            try:
                return words(await self._api.call(team, "chat.postMessage", channel=channel, **arguments), "ts")
            except SlackUnreachable as trouble:
                unsure = unsure or trouble.perhaps_done
                raise

        return await surely(once, self._wait, patience)

    async def whisper(self, team: str, channel: str, thread: str, user: str, post: Post, face: Mapping[str, str]) -> None:
        """Show it to one person in a shared place, for as long as Slack keeps it there.

        Where no answer comes it is sent again: seen twice it does less harm than not at all.
        """
        arguments = {**_content(post), **face, "thread_ts": thread or None}
        await surely(
            lambda: self._api.call(team, "chat.postEphemeral", channel=channel, user=user, **arguments), self._wait, SHORT
        )

    async def respond(self, url: str, thread: str, post: Post, *, to_all: bool = False) -> None:
        """Show it to whoever did something, or to everybody there, by the response URL of what they did.

        Raises:
            Spent: the URL takes nothing more, or not now.
            SlackRefused: Slack does not take the post.
            SlackUnreachable: no answer came.
        """
        body = {**_content(post), "response_type": "in_channel" if to_all else "ephemeral", "replace_original": False, **QUIET}
        if thread:
            body["thread_ts"] = thread
        try:
            async with self._api.clients.session.post(url, json=body) as answer:
                if answer.status == HTTPStatus.OK:
                    return
                said = await answer.text()
        except (ClientError, TimeoutError) as trouble:
            log.warning("slack response lost", trouble=type(trouble).__name__)
            raise SlackUnreachable(perhaps_done=True) from None
        refused = next((each for each in PLAINER if each in said), None)
        if refused is not None:
            raise SlackRefused(refused)
        log.info("slack response refused", status=answer.status)
        raise Spent

    async def change(self, team: str, channel: str, ts: str, post: Post, mark: Mark | None = None) -> None:
        """Put the post in the place of one that is there. To do so twice does no harm."""
        content = {**_content(post), "blocks": list(post.blocks), "text": post.text[:EDITED_TEXT_AT_MOST]}
        await self._api.call(team, "chat.update", channel=channel, ts=ts, **content, metadata=mark.metadata if mark else None)


def _content(post: Post) -> dict[str, object]:
    return {"text": post.text, **({"blocks": list(post.blocks)} if post.blocks else {})}
