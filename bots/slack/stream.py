"""One message that grows: chat.startStream and what follows it, such that nothing is lost and nothing comes twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bots.slack.marks import Mark, growing
from bots.slack.means import Means
from bots.slack.patience import surely
from bots.slack.payload import ident
from bots.slack.posts import Block, Post
from bots.slack.remedies import REMEDIES, Remedy
from bots.slack.troubles import SlackBusy, SlackRefused, SlackUnreachable

log = structlog.get_logger()


class NoStreams(Exception):
    """There are no streams here, or not now: what Slack refused, or nothing where it only wants a pause."""

    def __init__(self, refused: SlackRefused | None = None) -> None:
        super().__init__(refused.code if refused else "")
        self.refused = refused


class Over(Exception):
    """Slack has ended the stream, and it does not hold what it was given last."""


class Sealed(Exception):
    """The stream was ended, and holds everything that it was given; what follows goes into a new one."""


class StoppedThere(Exception):
    """The person pressed Stop in Slack; the stream does not hold what it was given last."""


@dataclass(frozen=True, slots=True)
class Thread:
    """Where streams go: `user` is who asked."""

    team: str
    channel: str
    ts: str
    user: str


class Stream:
    """A message under a speaker's name. `raw` is the Markdown that was put into it, `signs` what it came to for Slack."""

    def __init__(self, means: Means, where: Thread) -> None:
        self.ts = ""
        self.raw = ""
        self.signs = ""
        self.opened_at: datetime | None = None
        self._api = means.api
        self._posting = means.posting
        self._lanes = means.lanes
        self._where = where
        self._now = means.now
        self._wait = means.wait

    @property
    def age(self) -> timedelta:
        """How long it has been open."""
        return self._now() - self.opened_at if self.opened_at else timedelta()

    async def open(self, chunks: Sequence[Block], face: Mapping[str, str], display: str, known: frozenset[str]) -> None:
        """Open it with these chunks; `known` are our other streams in the thread. Where no answer comes, it is looked for.

        Raises:
            NoStreams: it cannot be opened.
            SlackRefused: we may not write there at all.
            SlackUnreachable: Slack stays away.
        """
        where = self._where
        arguments: dict[str, object] = {
            "channel": where.channel,
            "thread_ts": where.ts,
            "recipient_team_id": where.team,
            "recipient_user_id": where.user,
            "chunks": list(chunks),
            "task_display_mode": display,
            **face,
        }
        unsure = False

        async def start() -> str:
            nonlocal unsure
            if unsure:
                there = await growing(self._api, where.team, where.channel, where.ts, known)
                if there is not None:
                    return there
            try:
                return ident(await self._api.call(where.team, "chat.startStream", **arguments), "ts")
            except SlackBusy:
                raise NoStreams() from None
            except SlackRefused as refused:
                if REMEDIES.get(refused.code) is Remedy.ELSEWHERE:
                    raise
                raise NoStreams(refused) from None
            except SlackUnreachable as trouble:
                unsure = unsure or trouble.perhaps_done
                raise

        async with self._lanes.lane(where.team, where.channel):
            self.ts = await surely(start, self._wait)
        self.opened_at = self._now()

    async def append(self, chunks: Sequence[Block], signs: str) -> None:
        """Put more into it; `signs` is all the text that it then holds.

        Where no answer comes, nobody knows whether it arrived. Then the stream is ended and its message is set to what it is
        to hold, which can be repeated.

        Raises:
            Over, StoppedThere, Sealed: this stream has ended.
            SlackRefused: Slack does not take the chunks.
            SlackUnreachable: Slack stays away.
        """
        where = self._where

        async def append() -> bool:
            try:
                await self._api.call(where.team, "chat.appendStream", channel=where.channel, ts=self.ts, chunks=list(chunks))
            except SlackUnreachable as trouble:
                if not trouble.perhaps_done:
                    raise
                return False
            except SlackRefused as refused:
                raise _meant(refused) from None
            return True

        if await surely(append, self._wait):
            self.signs = signs
            return
        await self._set_right(Post(signs, (_markdown(signs),)), None)
        self.signs = signs
        raise Sealed

    async def stop(
        self, chunks: Sequence[Block], signs: str, blocks: Sequence[Block], mark: Mark | None, session: str | None
    ) -> None:
        """End it with these chunks and blocks.

        Raises:
            Over: it had ended before, and holds none of these.
            SlackRefused: Slack does not take these.
            SlackUnreachable: Slack stays away.
        """
        where, unsure = self._where, False
        arguments = {
            "chunks": list(chunks) or None,
            "blocks": list(blocks) or None,
            "metadata": mark.metadata if mark else None,
            "session_status": session,
        }

        async def stop() -> None:
            nonlocal unsure
            try:
                await self._api.call(where.team, "chat.stopStream", channel=where.channel, ts=self.ts, **arguments)
            except SlackUnreachable as trouble:
                unsure = unsure or trouble.perhaps_done
                raise
            except SlackRefused as refused:
                raise _meant(refused) from None

        try:
            await surely(stop, self._wait)
        except Over:
            if not unsure:
                raise
            text = (_markdown(signs),) if signs.strip() else ()
            await self._set_right(Post(signs or "…", (*text, *blocks)), mark)
        self.signs = signs

    async def _set_right(self, post: Post, mark: Mark | None) -> None:
        """Let the message hold exactly this, whatever of the last call arrived."""
        where = self._where

        async def end() -> None:
            try:
                await self._api.call(where.team, "chat.stopStream", channel=where.channel, ts=self.ts)
            except SlackRefused as refused:
                log.info("slack stream ended", team=where.team, error=refused.code)

        await surely(end, self._wait)
        await surely(lambda: self._posting.change(where.team, where.channel, self.ts, post, mark), self._wait)


def _meant(refused: SlackRefused) -> Exception:
    match REMEDIES.get(refused.code):
        case Remedy.OVER | Remedy.MISSING:
            return Over()
        case Remedy.STOPPED:
            return StoppedThere()
        case _:
            return refused


def _markdown(text: str) -> Block:
    return {"type": "markdown", "text": text}
