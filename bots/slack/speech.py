"""One speaker's turn, shown as it grows: in a stream, and in the next where that one is full or old."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bots.seams import between_blocks, boundary, cut, ready, seam
from bots.slack import limits
from bots.slack.elements import STATES
from bots.slack.marks import Mark
from bots.slack.posts import Block
from bots.slack.stream import Over, Sealed, Stream
from core.holding import Clock
from core.plans import Step

FLUSHED_AT = 600
"""Characters that are not held back any longer."""
FLUSHED_AFTER = 0.8
"""Seconds. Slack takes some 100 appends a minute from a workspace: https://docs.slack.dev/apis/web-api/rate-limits (tier 4)"""
BEATS_AFTER = 30.0
"""Seconds without anything, after which a step that goes on is shown again."""
FULL, SIGNS_AT_MOST = 9_000, 11_000
"""Of one stream, in what it comes to for Slack, which takes 12,000: from the first on a block's end is waited for."""
OLD, OLDEST = timedelta(minutes=4), timedelta(minutes=4, seconds=30)
"""Slack ends a stream after about five minutes; from the first on a block's end is waited for."""


@dataclass(slots=True)
class Steps:
    """The pieces of work: all of them, and those whose news were not shown yet."""

    known: dict[str, Step] = field(default_factory=dict)
    fresh: dict[str, None] = field(default_factory=dict)

    def take(self, step: Step) -> None:
        """Some news."""
        self.known[step.key] = step
        self.fresh[step.key] = None

    @property
    def running(self) -> list[str]:
        """The keys of those that go on."""
        return [key for key, step in self.known.items() if step.state == "running"]

    def chunks(self) -> list[Block]:
        """The news as chunks of a stream."""
        return [_task(self.known[key], STATES[self.known[key].state]) for key in self.fresh]

    def broken_off(self) -> list[Block]:
        """Those that will not be finished, as chunks."""
        return [_task(self.known[key], "error") for key in self.running]

    def moved_on(self) -> list[Block]:
        """Those that go on in the next stream, as chunks of this one: nothing may turn there for ever."""
        return [_task(self.known[key], "complete") for key in self.running]


class Speech:
    """The text and the steps of a speaker. `begin` makes a stream; `marked` is what Markdown comes to for Slack."""

    def __init__(
        self, begin: Callable[[], Stream], face: Mapping[str, str], *, marked: Callable[[str], str], now: Clock, opening: str = ""
    ) -> None:
        self.posted: list[str] = []
        self._begin = begin
        self._face = face
        self._marked = marked
        self._now = now
        self._opening = opening
        self._carried = ""
        self._pending = ""
        self._steps = Steps()
        self._stream: Stream | None = None
        self._flushed_at: datetime | None = None
        self._held = 0

    @property
    def untold(self) -> str:
        """What was said and is in no stream yet; in the middle of a fence or a table with what that begins with."""
        return self._carried + self._pending if self._pending else ""

    @property
    def steps(self) -> Iterable[Step]:
        """The pieces of work."""
        return self._steps.known.values()

    def grow(self, text: str) -> None:
        """The words go on."""
        self._pending += text

    def step(self, step: Step) -> None:
        """A piece of work."""
        self._steps.take(step)

    def due(self) -> float | None:
        """The seconds until there is something to show; None where that may take as long as it will."""
        since = (self._now() - self._flushed_at).total_seconds() if self._flushed_at else FLUSHED_AFTER
        if len(self._pending) >= FLUSHED_AT + self._held:
            return 0.0
        if self._steps.fresh or self._pending:
            return max(0.0, FLUSHED_AFTER - since)
        waits = [BEATS_AFTER - since] if self._steps.running and self._stream else []
        if self._stream is not None:
            waits.append((OLDEST - self._stream.age).total_seconds())
        return max(0.0, min(waits)) if waits else None

    async def show(self) -> None:
        """Show what there is, up to the last whole word.

        Raises:
            NoStreams, StoppedThere: it goes on in another way, or not at all.
            SlackTrouble: we may not write there, or Slack stays away.
        """
        if not self._steps.fresh and not self._pending and self._stream is not None:
            self._steps.fresh.update(dict.fromkeys(self._steps.running))
        await self._put(self._ready)
        self._flushed_at, self._held = self._now(), len(self._pending)

    async def end(self, blocks: Sequence[Block], mark: Mark | None, session: str | None) -> None:
        """Show the rest, with these blocks after it, and end the stream. May be called again where the blocks were refused.

        Raises:
            Over: the stream ended before it could hold the rest; `untold` and the blocks are still to be shown.
            SlackRefused: Slack does not take the blocks.
            SlackTrouble: Slack stays away.
        """
        stream, text = await self._last(), self._pending
        chunks, signs = self._chunks(stream, text)
        try:
            await stream.stop(chunks, signs, blocks, mark, session)
        except Over:
            self._carried, self._stream = seam(stream.raw).opens, None
            raise
        self._taken(stream, text)
        self._stream = None

    async def break_off(self, words: str, mark: Mark | None, session: str | None) -> None:
        """End the stream at once, with what came until now and these words.

        Raises:
            Over: it had ended before, or never begun.
            SlackTrouble: Slack does not take it.
        """
        if self._stream is None:
            raise Over
        stream = await self._last()
        shut = seam(stream.raw + self._pending).closes
        self._pending += f"{shut}\n\n{words}" if words else shut
        self._steps.fresh.clear()
        text = self._pending
        chunks, signs = self._chunks(stream, text)
        await stream.stop([*self._steps.broken_off(), *chunks], signs, (), mark, session)
        self._taken(stream, text)
        self._stream = None

    def _ready(self, text: str) -> int:
        return ready(self._stream.raw if self._stream else self._carried, text)

    async def _last(self) -> Stream:
        """The stream that holds the end of the text, with room for what is pending."""
        while self._stream is None or (self._pending and len(self._marked(self._stream.raw + self._pending)) > SIGNS_AT_MOST):
            if self._stream is None and not self._pending:
                raise Over
            await self._put(len)
        return self._stream

    async def _put(self, upto: Callable[[str], int]) -> None:
        """Put the text, up to where it says, into the stream, and into as many more as it takes."""
        while True:
            text = self._pending[: upto(self._pending)]
            if not text and not self._steps.fresh and not self._old():
                return
            stream = self._stream
            if stream is None:
                if not text and not self._steps.fresh:
                    return
                await self._open(text)
                continue
            portion, over = self._portion(stream, text)
            if not await self._append(stream, portion):
                continue
            if over:
                await self._turn_over(stream)
            elif portion == text:
                return

    async def _open(self, text: str) -> None:
        """Begin a stream with as much as it holds."""
        stream = self._begin()
        stream.raw = self._carried if self.posted else self._opening
        portion, _ = self._portion(stream, text)
        chunks, signs = self._chunks(stream, portion)
        display = "plan" if self._steps.fresh else "timeline"
        await stream.open(chunks, self._face, display, frozenset(self.posted))
        self.posted.append(stream.ts)
        stream.signs = signs
        self._taken(stream, portion)
        self._stream, self._flushed_at = stream, self._now()

    async def _append(self, stream: Stream, portion: str) -> bool:
        """Put it into the stream; False where the stream turned out to be over: what it does not hold is pending still."""
        chunks, signs = self._chunks(stream, portion)
        try:
            if chunks:
                await stream.append(chunks, signs)
        except Over:
            self._carried = seam(stream.raw).opens
        except Sealed:
            self._taken(stream, portion)
            self._carried = seam(stream.raw).opens
        else:
            self._taken(stream, portion)
            return True
        self._stream = None
        self._steps.fresh.update(dict.fromkeys(self._steps.running))
        return False

    async def _turn_over(self, stream: Stream) -> None:
        """End the stream in good order; the next begins where it was cut."""
        joint = seam(stream.raw)
        closing, signs = self._chunks(stream, joint.closes)
        chunks = [*self._steps.moved_on(), *closing]
        self._carried, self._stream = joint.opens, None
        self._steps.fresh.update(dict.fromkeys(self._steps.running))
        try:
            await stream.stop(chunks, signs, (), None, None)
        except Over:
            return  # Slack was faster; it holds everything but the end of a fence

    def _portion(self, stream: Stream, text: str) -> tuple[str, bool]:
        """How much of the text goes into this stream, and whether the stream is over then."""
        size = len(self._marked(stream.raw))
        room = max(1, SIGNS_AT_MOST - size)
        long = len(self._marked(stream.raw + text)) > SIGNS_AT_MOST
        if not long and size + len(text) < FULL and stream.age < OLD:
            return text, False
        if not text:
            return text, stream.age >= OLDEST or between_blocks(stream.raw)
        if between_blocks(stream.raw) and (size >= FULL or stream.age >= OLD):
            return "", True
        whole = boundary(stream.raw, text[:room])
        if whole:
            return text[:whole], True
        if not long and stream.age < OLDEST:
            return text, False
        if not long:
            return text, True
        if size >= FULL and "\n" not in text[:room]:  # too little room for a line
            return "", True
        return text[: cut(text, room)], True

    def _chunks(self, stream: Stream, text: str) -> tuple[list[Block], str]:
        """The news of the steps and this text as chunks, and all that the stream then holds.

        Where more of a text changes what the earlier part of it came to, as the address of a link does that was named before, the
        new part is taken by itself, and makes no link of what is there.
        """
        whole = self._marked(stream.raw + text)
        apart = text.replace("[", "\\[").replace("](", "]\\(")
        more = whole[len(stream.signs) :] if whole.startswith(stream.signs) else self._marked(apart)
        return [*self._steps.chunks(), *_text(more)], stream.signs + more

    def _taken(self, stream: Stream, text: str) -> None:
        """The stream holds this now."""
        stream.raw += text
        self._pending = self._pending[len(text) :]
        self._steps.fresh.clear()

    def _old(self) -> bool:
        return self._stream is not None and self._stream.age >= OLDEST


def _text(signs: str) -> list[Block]:
    return [{"type": "markdown_text", "text": signs}] if signs else []


def _task(step: Step, status: str) -> Block:
    return {"type": "task_update", "id": step.key, "title": step.title[: limits.TASK] or "…", "status": status}
