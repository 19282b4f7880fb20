"""The dashboard's speed: its pages, and charts as pictures, each beside a rival: `python benchmarks/dashboard.py`.

The pages are those of a student with three years of weekly figures and sixty assets, over a real socket; their time is the
server's, from the request to the whole answer, as its own measuring tells it. In the same server and run, a bare aiohttp handler
sends as many bytes from memory, and a plain Jinja template draws as many from a list of rows: what no page could be quicker than.

Each picture shows a metric of three years of weeks with its range and six marks, and no two are alike. Ours are drawn by the
worker process, light and dark in turns, as a surface asks for them; the cache is asked in memory and, by another owner of the
same folder, on disk. Bare pyplot draws the same lines in this process, warm as well, without range, marks, wrapped title or small
files. How long the loop was held meanwhile is told of both.
"""

from __future__ import annotations

import asyncio
import io
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from pathlib import Path

import aiohttp
import psutil
from aiohttp import web
from jinja2 import Environment

from benchmarks._student import seed
from bots.backing import now
from bots.charts.pictures import Charts
from bots.charts.shelf import Shelf
from bots.settings import Settings
from bots.web.frame import framed
from bots.web.place import Place
from bots.web.server import serving
from bots.web.signing import Signing
from bots.wiring import build
from core.request import Actor, Platform
from core.signals import PageServed, Signal
from core.ui import Band, Chart, Mark, Series

WEEKS, PICTURES, ASKED = 156, 20, 200
DRAWN_MS, CACHED_MS = 600.0, 5.0
FIRST = date(2023, 11, 6)
STUDENT = Actor(Platform.SLACK, "T1", "U7", "Maya", "Europe/London")
PAGES = ("/", "/foundation", "/kpis", "/assets", "/settings")
BARE, PLAIN = "/rival/memory", "/rival/template"
RIVALS = frozenset({BARE, PLAIN})
PAGE_MS, WARM, TURNS, ROWS = 50.0, 3, 30, 700


@dataclass(frozen=True, slots=True)
class Part:
    """What a part of the benchmark found: its lines, and whether it kept its promises."""

    lines: Sequence[str]
    kept: bool


async def pictures() -> Part:
    """A chart image drawn by a warm worker, from memory and from disk, beside bare pyplot."""
    charts = [_chart(number) for number in range(PICTURES)]
    with tempfile.TemporaryDirectory() as folder:
        shelf = Shelf(Path(folder), now)
        ours = Charts(shelf)
        try:
            began = time.perf_counter()
            await ours.drawn((_chart(-1),))
            first = time.perf_counter() - began
            drawn, held = await _timed(lambda at: ours.drawn((charts[at],), dark=bool(at % 2)))
            memory, _ = await _timed(lambda at: ours.drawn((charts[at % PICTURES],), dark=bool(at % 2)), ASKED)
            disk, _ = await _timed(lambda at: Charts(shelf).drawn((charts[at % PICTURES],), dark=bool(at % 2)), ASKED)
            worker = psutil.Process(ours.pid).memory_full_info().uss / 1e6
        finally:
            await ours.close()
    bare, bare_held = await _timed(_bare(charts))
    lines = (
        f"a picture, worker warm      {_told(drawn)}  promised {DRAWN_MS:.0f} ms; loop held {held:.0f} ms at most",
        f"bare pyplot, in the loop    {_told(bare)}  loop held {bare_held:.0f} ms at most",
        f"from memory                 {_told(memory)}  promised {CACHED_MS:.0f} ms",
        f"from disk                   {_told(disk)}  promised {CACHED_MS:.0f} ms",
        f"the very first, with the worker's start: {first:.2f} s; the worker holds {worker:.0f} MB of its own while it is warm",
    )
    return Part(lines, max(drawn) <= DRAWN_MS and max(_most(memory), _most(disk)) <= CACHED_MS)


async def pages() -> Part:
    """Every page of a student with three years of weeks, in turns with a bare handler and a plain template."""
    taken: dict[str, list[float]] = defaultdict(list)
    sizes: dict[str, int] = {}

    def noted(signal: Signal) -> None:
        if isinstance(signal, PageServed):
            taken[signal.route].append(signal.seconds * 1000)

    with tempfile.TemporaryDirectory() as folder:
        async with build(Settings.model_validate({"ELEVATE_DATA_DIR": folder})) as program:
            await seed(program, STUDENT, now())
            place: list[Place] = []
            frame = framed(program, lambda: place[0])
            async with serving([*frame.routes(), *_rivals()], "127.0.0.1", 0, note=noted) as address:
                place.append(Place(address))
                entered = await program.paged.dashboard.admit(STUDENT, now())
                cookies = {place[0].cookie: Signing(program.paged.key).sealed(entered.token)}
                async with aiohttp.ClientSession(address, cookies=cookies) as session:
                    for turn in range(WARM + TURNS):
                        if turn == WARM:
                            taken.clear()
                        for path in (*PAGES, BARE, PLAIN):
                            async with session.get(path) as answer:
                                sizes[path] = len(await answer.read())
                                assert answer.status == HTTPStatus.OK, path
                frame.end()
    lines = [
        f"{path:27} {_told(taken[path])}  {sizes[path] / 1000:.0f} kB{'' if path in RIVALS else f', promised {PAGE_MS:.0f} ms'}"
        for path in (*PAGES, BARE, PLAIN)
    ]
    return Part(lines, all(statistics.median(taken[path]) <= PAGE_MS for path in PAGES))


PARTS: Sequence[Callable[[], Awaitable[Part]]] = (pages, pictures)


async def main() -> int:
    """Run all parts; the exit status says whether every promise was kept."""
    kept = True
    for part in PARTS:
        found = await part()
        kept = kept and found.kept
        print(*found.lines, sep="\n")
    print("promises kept" if kept else "promises NOT kept")
    return 0 if kept else 1


def _rivals() -> list[web.RouteDef]:
    """A page of the same size from memory, and one that a plain template draws."""
    rows = [{"name": f"Figure {at}", "now": at * 3.1, "before": at * 2.9} for at in range(ROWS)]
    template = Environment(autoescape=True).from_string(
        "<!doctype html><title>Rows</title><table>{% for row in rows %}<tr><th>{{ row.name }}</th><td>{{ '%.2f' % row.now }}</td>"
        "<td>{{ '%.2f' % row.before }}</td></tr>{% endfor %}</table>"
    )
    ready = template.render(rows=rows)

    async def bare(_: web.Request) -> web.Response:
        return web.Response(text=ready, content_type="text/html")

    async def plain(_: web.Request) -> web.Response:
        return web.Response(text=template.render(rows=rows), content_type="text/html")

    return [web.get(BARE, bare), web.get(PLAIN, plain)]


async def _timed(call: Callable[[int], Awaitable[object]], times: int = PICTURES) -> tuple[list[float], float]:
    """The milliseconds of each call, and the longest for which the loop was held meanwhile."""
    gaps = [0.0]
    beating = asyncio.create_task(_beat(gaps))
    await asyncio.sleep(0.02)
    taken = []
    for at in range(times):
        began = time.perf_counter()
        await call(at)
        taken.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(0)
    await asyncio.sleep(0.005)
    beating.cancel()
    return taken, max(gaps)


async def _beat(gaps: list[float]) -> None:
    last = time.perf_counter()
    while True:
        await asyncio.sleep(0.002)
        gaps.append((time.perf_counter() - last) * 1000 - 2)
        last = time.perf_counter()


def _bare(charts: Sequence[Chart]) -> Callable[[int], Awaitable[None]]:
    import matplotlib as mpl  # noqa: PLC0415 - the rival's library is loaded before it is timed

    mpl.use("agg")
    from matplotlib import pyplot  # noqa: PLC0415

    def picture(chart: Chart) -> bytes:
        figure, axes = pyplot.subplots(figsize=(4.8, 3.1), dpi=250)
        for series in chart.series:
            axes.plot(range(WEEKS), [value if value is not None else float("nan") for _, value in series.points])
        axes.set_title(chart.title)
        axes.set_xticks(range(0, WEEKS, 30), [label for label, _ in chart.series[0].points][::30])
        file = io.BytesIO()
        figure.savefig(file)
        pyplot.close(figure)
        return file.getvalue()

    async def drawn(at: int) -> None:
        picture(charts[at])

    picture(_chart(-1))
    return drawn


def _chart(number: int) -> Chart:
    weeks = [(FIRST + timedelta(weeks=at)).strftime("%-d %b %y") for at in range(WEEKS)]
    values = tuple((week, None if at % 41 == 40 else 1000.0 + number + (at * 37 + number) % 400) for at, week in enumerate(weeks))
    marks = tuple(Mark(weeks[at], f"Asset {at} of picture {number}") for at in range(4, WEEKS, 30))
    return Chart("line", "Revenue a week", "GBP", (Series("Revenue", values),), Band(800, 1200, "Others reach"), marks)


def _told(taken: Sequence[float]) -> str:
    return f"{statistics.median(taken):6.1f} ms (95 of 100 {_most(taken):.1f}, slowest {max(taken):.1f})"


def _most(taken: Sequence[float]) -> float:
    """The milliseconds within which 95 of 100 are."""
    return statistics.quantiles(taken, n=20)[-1]


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
