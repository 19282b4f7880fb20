"""Pictures of charts: from memory, from the shelf that processes share, or drawn by a process that is ended when it rests."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager

import structlog

from bots.charts.drawer import Drawer, NotDrawn
from bots.charts.packed import name, packed
from bots.charts.shelf import Shelf
from core.signals import ChartDrawn, Note, unnoted
from core.ui import Band, Chart, Mark, Series

log = structlog.get_logger()

AT_HAND_BYTES = 8_000_000
"""Some 300 pictures."""
PATIENCE_SECONDS = 30.0
"""For a picture with its wait for others; then its text is shown."""
DRAWING_SECONDS = 15.0
"""For the drawing itself, with a process to be started: a tenth of a second, and one second more."""
IDLE_SECONDS = 300.0
"""Without a picture to draw, after which the process is ended: it holds some 100 MB, and is back within a second."""
WARM_AFTER_SECONDS = 5.0
"""The start of the program comes first."""
SWEPT_EVERY_SECONDS = 3600.0
WARMING = Chart(
    "line",
    "Click rate",
    "%",
    (Series("CTR", (("1 Nov", 1.0), ("8 Nov", None), ("15 Nov", 2.0))),),
    Band(1.0, 2.0, "Others reach"),
    (Mark("8 Nov", "New headline"),),
)


class Charts:
    """Draws charts for a program. Without a `shelf` nothing is kept on disk."""

    def __init__(self, shelf: Shelf | None = None, idle_seconds: float = IDLE_SECONDS, note: Note = unnoted) -> None:
        self._note = note
        self._shelf = shelf
        self._idle_seconds = idle_seconds
        self._drawer = Drawer(shelf.fonts if shelf else None)
        self._drawing = asyncio.Lock()
        self._at_hand: OrderedDict[str, bytes] = OrderedDict()
        self._held = 0
        self._rest: asyncio.TimerHandle | None = None
        self._resting: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """The drawing process, while there is one."""
        return self._drawer.pid

    async def drawn(self, charts: Iterable[Chart], *, dark: bool = False) -> Mapping[Chart, bytes]:
        """Each chart's PNG. One that could not be drawn is missing, which is logged: a surface shows its text then."""
        found: dict[Chart, bytes] = {}
        clock = asyncio.get_running_loop().time
        for chart in charts:
            began = clock()
            try:
                async with asyncio.timeout(PATIENCE_SECONDS):
                    found[chart] = await self._picture(packed(chart, dark=dark))
            except (NotDrawn, TimeoutError, OSError) as trouble:
                log.warning("chart not drawn", kind=chart.kind, trouble=type(trouble).__name__)
            self._note(ChartDrawn(chart in found, clock() - began))
        return found

    @asynccontextmanager
    async def kept_warm(self, wait: Callable[[float], Awaitable[object]] = asyncio.sleep) -> AsyncIterator[None]:
        """Until the end of the block the first picture is drawn as fast as the next, and the shelf is swept."""
        keeping = asyncio.create_task(self._keep_warm(wait))
        try:
            yield
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)
            await self.close()

    async def close(self) -> None:
        """End the process. The next picture would start it again."""
        if self._rest is not None:
            self._rest.cancel()
        if self._resting is not None:
            await self._resting
        await self._drawer.end()

    async def _keep_warm(self, wait: Callable[[float], Awaitable[object]]) -> None:
        await wait(WARM_AFTER_SECONDS)
        try:
            await self._draw(packed(WARMING, dark=False))
        except (NotDrawn, TimeoutError, OSError) as trouble:
            log.warning("charts not warmed", trouble=type(trouble).__name__)
        while self._shelf is not None:
            gone = await asyncio.to_thread(self._shelf.sweep)
            log.debug("charts cleared", gone=gone)
            await wait(SWEPT_EVERY_SECONDS)

    async def _picture(self, content: bytes) -> bytes:
        key = name(content)
        picture = self.near(key) or await self._from_shelf(key)
        if picture is None:
            async with self._drawing:
                picture = self.near(key)  # whoever went before may have wanted the same
                if picture is None:
                    picture = await self._drawn(content)
                    self.put_near(key, picture)
                    await self._to_shelf(key, picture)
        return picture

    async def _draw(self, content: bytes) -> bytes:
        async with self._drawing:
            return await self._drawn(content)

    async def _drawn(self, content: bytes) -> bytes:
        """Drawn once more where the process was ended meanwhile, as it is by a system that is short of memory."""
        if self._rest is not None:
            self._rest.cancel()
        try:
            try:
                return await self._tried(content)
            except NotDrawn:
                return await self._tried(content)
        finally:
            self._rest = asyncio.get_running_loop().call_later(self._idle_seconds, self._begin_rest)

    async def _tried(self, content: bytes) -> bytes:
        async with asyncio.timeout(DRAWING_SECONDS):
            return await self._drawer.draw(content)

    def _begin_rest(self) -> None:
        self._resting = asyncio.create_task(self._end_idle())

    async def _end_idle(self) -> None:
        if not self._drawing.locked():  # else somebody draws again, and it rests after that
            async with self._drawing:
                await self._drawer.end()

    def near(self, key: str) -> bytes | None:
        """The picture of this name, where it is at hand."""
        if key in self._at_hand:
            self._at_hand.move_to_end(key)
        return self._at_hand.get(key)

    def put_near(self, key: str, picture: bytes) -> None:
        """Keep it at hand, in place of those that were asked for longest ago."""
        if key not in self._at_hand:
            self._held += len(picture)
        self._at_hand[key] = picture
        while self._held > AT_HAND_BYTES:
            self._held -= len(self._at_hand.popitem(last=False)[1])

    async def _from_shelf(self, key: str) -> bytes | None:
        if self._shelf is None:
            return None
        picture = await asyncio.to_thread(self._shelf.find, key)
        if picture is not None:
            self.put_near(key, picture)
        return picture

    async def _to_shelf(self, key: str, picture: bytes) -> None:
        if self._shelf is None:
            return
        try:
            await asyncio.to_thread(self._shelf.keep, key, picture)
        except OSError as trouble:  # it is drawn again where it is wanted again
            log.warning("chart not kept", trouble=type(trouble).__name__)
