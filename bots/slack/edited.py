"""A growing answer where there are no streams: a message that is changed at most once a second, with a button to stop it."""

from __future__ import annotations

import structlog

from bots.pace import Pace
from bots.seams import seam
from bots.slack.delivery import Part, delivered
from bots.slack.marks import Mark, look
from bots.slack.means import Means
from bots.slack.patience import LONG, NONE, Patience, surely
from bots.slack.posts import Block, Feature, Post
from bots.slack.remedies import REMEDIES, Remedy
from bots.slack.stream import Thread
from bots.slack.troubles import SlackBusy, SlackRefused, SlackUnreachable
from core.ids import new_id
from core.plans import Step
from core.ui import Message, Speaker

log = structlog.get_logger()

CHANGED_AFTER = 1.0
"""Seconds. https://docs.slack.dev/apis/web-api/rate-limits: some 50 chat.update calls a minute."""
STOP = "stop"
"""The action id of the button; its value is the arrival that is being answered."""
MARKS = {"waiting": "·", "running": "•", "done": "✓", "failed": "✗"}
LINES_AT_MOST = 10
LINE_AT_MOST = 200


class Edited:
    """The text of a speaker in messages that are posted once and changed as it grows. `text` is what they are to hold."""

    def __init__(self, means: Means, where: Thread, *, speaker: Speaker | None, stop: str) -> None:
        self.text = ""
        self.posted: list[str] = []
        self._means = means
        self._where = where
        self._speaker = speaker
        self._stop = stop
        self._steps: dict[str, Step] = {}
        self._shows: list[Post] = []
        self._unsure: Mark | None = None
        self._fresh = False
        self._pace = Pace(means.now, CHANGED_AFTER)

    def grow(self, text: str) -> None:
        """The words go on."""
        self.text += text
        self._fresh = True

    def step(self, step: Step) -> None:
        """A piece of work."""
        self._steps[step.key] = step
        self._fresh = True

    def due(self) -> float | None:
        """The seconds until there is something to show; None where there is nothing."""
        return self._pace.due() if self._fresh else None

    async def show(self) -> None:
        """Show how far it is. Where Slack does not take that just now, the next change shows it, or the end.

        Raises:
            SlackRefused: we may not write there.
        """
        self._fresh = False
        self._pace.begun()
        try:
            await self._show(await self._so_far())
            self._pace.made()
        except (SlackBusy, SlackUnreachable) as trouble:
            self._pace.failed()
            self._fresh = True
            log.info("slack change delayed", team=self._where.team, trouble=type(trouble).__name__)
        except SlackRefused as refused:
            if REMEDIES.get(refused.code) is not Remedy.PLAINER:
                raise
            log.warning("slack change refused", team=self._where.team, error=refused.code)

    async def end(self, message: Message, key: str) -> list[str]:
        """Show the message as it is in the end, in place of what was shown on the way."""
        where = self._where

        async def send(part: Part) -> str:
            placed, missing = await self._means.uploads.placed(where.team, part.post, pictured=part.pictured)
            mark = Mark(key, part.number, part.of)
            ts = await self._put(part.number - 1, placed, mark, LONG)
            await self._means.uploads.share(where.team, (*missing, *part.post.files), where.channel, where.ts)
            return ts

        draw = self._means.draw
        sent = await delivered(self._means.abilities, where.team, lambda without: draw.posts(message, without), send)
        for surplus in self.posted[len(sent) :]:
            await self._means.api.call(where.team, "chat.delete", channel=where.channel, ts=surplus)
        return sent

    async def break_off(self, words: str, key: str) -> list[str]:
        """Show what came until now, and these words, without the button."""
        shut = seam(self.text).closes
        text = "\n\n".join(each for each in (self.text + shut, words) if each.strip())
        return await self.end(Message(text, speaker=self._speaker), key) if text else self.posted

    async def _so_far(self) -> list[Post]:
        without = self._means.abilities.without(self._where.team)
        text = self.text + seam(self.text).closes
        posts = [Post("At work")]
        if text.strip():
            posts = list(await self._means.draw.posts(Message(text, speaker=self._speaker), without))
        if Feature.BLOCKS not in without:
            last = posts[-1]
            shown = last.blocks or ({"type": "section", "text": {"type": "plain_text", "text": last.text}},)
            posts[-1] = Post(last.text, (*shown, *self._working(), self._button()))
        return posts

    async def _show(self, posts: list[Post]) -> None:
        for number, post in enumerate(posts):
            if number >= len(self._shows) or self._shows[number] != post:
                await self._put(number, post, None)

    async def _put(self, number: int, post: Post, mark: Mark | None, patience: Patience = NONE) -> str:
        """Change the message of this number, or post it; while Slack is away, with this patience."""
        where, means = self._where, self._means
        await self._look(patience)
        if number < len(self.posted):
            there = self.posted[number]
            try:
                await surely(lambda: means.posting.change(where.team, where.channel, there, post, mark), means.wait, patience)
            except SlackRefused as refused:
                if REMEDIES.get(refused.code) not in (Remedy.MISSING, Remedy.FROZEN):
                    raise
            else:
                self._shows[number] = post
                return there
        mark = mark or Mark(new_id("msg"))
        face = means.faces.of(self._speaker, means.abilities.without(where.team))
        async with means.lanes.lane(where.team, where.channel):
            try:
                ts = await means.posting.post(where.team, where.channel, where.ts, post, face, mark, patience)
            except SlackUnreachable as trouble:
                self._unsure = mark if trouble.perhaps_done else None
                raise
        self.posted[number:] = [ts, *self.posted[number + 1 :]]
        self._shows[number:] = [post, *self._shows[number + 1 :]]
        return ts

    async def _look(self, patience: Patience) -> None:
        """Find out whether the message is there that was posted without an answer."""
        mark, where, means = self._unsure, self._where, self._means
        if mark is None:
            return
        seen = await surely(lambda: look(means.api, where.team, where.channel, where.ts, mark.key), means.wait, patience)
        self._unsure = None
        if mark.part in seen.parts:
            self.posted.append(seen.parts[mark.part])
            self._shows.append(Post(""))

    def _working(self) -> list[Block]:
        lines = [f"{MARKS[step.state]} {step.title}"[:LINE_AT_MOST] for step in self._steps.values()][-LINES_AT_MOST:]
        return [{"type": "context", "elements": [{"type": "plain_text", "text": "\n".join(lines)}]}] if lines else []

    def _button(self) -> Block:
        label = {"type": "plain_text", "text": "Stop"}
        return {"type": "actions", "elements": [{"type": "button", "action_id": STOP, "text": label, "value": self._stop}]}
