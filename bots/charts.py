"""Charts as pictures, for surfaces that cannot draw one of their own: drawn by another process, so that nobody waits."""

from __future__ import annotations

import asyncio
import io
import math
import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

import structlog

from core.ui import Chart, Series

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

log = structlog.get_logger()

INCHES = (4.8, 3.1)
DOTS = 250
"""To the inch: 1,200 by 775 in all, more than twice what a phone shows; words of 10 points have 10 pixels there."""
COLOURS_IN_FILE = 64
PATIENCE_SECONDS = 30.0
"""The first picture takes some two seconds on two cores; the next ones a third of one."""
DRAWN_BY_ONE = 500
"""Pictures after which the process is replaced: matplotlib keeps a little of each."""
TICKS = 5
"""Labels that fit beside each other on a phone."""
ROW, HEADS = 0.22, 0.8
"""Inches that a lying bar takes, and what stands over and under them all."""
LYING = 14
"""Characters of a label from which bars lie, so that it can be read."""

INK, FAINT, PAPER = "#1d1c1d", "#5f5e60", "#ffffff"
VOICES = (
    ("#0072b2", "o", "-", ""),
    ("#b3470a", "s", "--", "//"),
    ("#007a55", "^", "-.", ".."),
    ("#8a3a78", "D", ":", "xx"),
    ("#1d1c1d", "v", "-", "\\\\"),
    ("#7a6000", "P", "--", "++"),
)
"""Colour, mark, line and hatching of each series, so that nobody needs to see colours. The colours are Okabe and Ito's, some of
them darkened until they have 4.5 to 1 on white (https://jfly.uni-koeln.de/color/)."""


class Charts:
    """Draws in one process of its own, which starts with the first picture. `cache` is a folder for what fonts are known by."""

    def __init__(self, cache: Path | None = None) -> None:
        self._cache = cache
        self._pool: ProcessPoolExecutor | None = None

    async def drawn(self, charts: Iterable[Chart]) -> Mapping[Chart, bytes]:
        """Each chart's PNG. One that could not be drawn is missing, which is logged: a surface shows its text then."""
        found: dict[Chart, bytes] = {}
        for chart in charts:
            try:
                found[chart] = await self._draw(chart)
            except (BrokenProcessPool, TimeoutError) as trouble:
                log.warning("chart not drawn", kind=chart.kind, trouble=type(trouble).__name__)
                await self.close()
        return found

    async def close(self) -> None:
        """End the process. The next picture would start it again."""
        pool, self._pool = self._pool, None
        if pool is not None:
            await asyncio.to_thread(pool.shutdown, cancel_futures=True)

    async def _draw(self, chart: Chart) -> bytes:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, get_context("spawn"), _prepare, (self._cache,), max_tasks_per_child=DRAWN_BY_ONE)
        drawing = asyncio.get_running_loop().run_in_executor(self._pool, draw, chart)
        return await asyncio.wait_for(drawing, PATIENCE_SECONDS)


def alt(chart: Chart) -> str:
    """The chart in words: what it shows, and each series from its first to its last value."""
    unit = chart.unit
    told = []
    for series in chart.series:
        known = [(label, value) for label, value in series.points if value is not None]
        if not known:
            told.append(f"{series.name}: nothing measured yet")
        elif chart.kind == "bar":
            told.append(f"{series.name}: " + ", ".join(f"{label} {said(value, unit)}" for label, value in known))
        else:
            (first, low), (last, high) = known[0], known[-1]
            told.append(f"{series.name}: {said(low, unit)} ({first}) to {said(high, unit)} ({last})")
    return f"{chart.title}. {'. '.join(told)}"


def said(value: float, unit: str) -> str:
    """A value as it is read: `1,204`, `2.1%`, `12.5 GBP`."""
    number = f"{value:,.0f}" if value == round(value) or abs(value) >= 1000 else f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{number}{unit if unit in ('', '%', '×') else f' {unit}'}"


def draw(chart: Chart) -> bytes:
    """The chart as a PNG of 1,200 by 775 dots on white, which is readable on a light and on a dark ground."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - 0.5 s, in the drawing process
    from matplotlib.figure import Figure  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    figure = Figure((INCHES[0], max(INCHES[1], HEADS + ROW * len(_labels(chart)) * _lying(chart))), DOTS, facecolor=PAPER)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.11, 0.12, 0.85, 0.68))
    _frame(axes)
    match chart.kind:
        case "line":
            _lines(axes, chart)
        case "bar":
            _bars(axes, chart)
        case _:
            assert_never(chart.kind)
    _heading(figure, axes, chart)
    _fitted(figure, axes)
    plain, file = io.BytesIO(), io.BytesIO()
    figure.savefig(plain, format="png")
    with Image.open(plain) as picture:
        picture.convert("RGB").quantize(COLOURS_IN_FILE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _prepare(cache: Path | None) -> None:
    """In the drawing process, before matplotlib is loaded."""
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
        os.environ["MPLCONFIGDIR"] = str(cache)


def _frame(axes: Axes) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color("#b4b3b5")
    axes.tick_params(colors=FAINT, labelsize=10, length=0, pad=6)
    axes.set_axisbelow(True)


def _heading(figure: Figure, axes: Axes, chart: Chart) -> None:
    unit = f" ({chart.unit})" if chart.unit else ""
    figure.text(
        0.035,
        1 - 0.19 / figure.get_figheight(),
        f"{chart.title}{unit}",
        fontsize=14,
        fontweight="bold",
        color=INK,
        va="center",
        parse_math=False,
    )
    if len(chart.series) > 1:
        legend = axes.legend(
            loc="lower left",
            bbox_to_anchor=(-0.02, 1.0),
            ncols=3 if max(len(each.name) for each in chart.series) <= 10 else 2,
            frameon=False,
            fontsize=10,
            labelcolor=INK,
            handlelength=2.6,
        )
        for text in legend.get_texts():
            text.set_parse_math(False)


def _fitted(figure: Figure, axes: Axes) -> None:
    """Room at the left for the longest label, and over the lines for the names of many series."""
    from matplotlib.transforms import Bbox  # noqa: PLC0415

    figure.draw_without_rendering()
    wide = max((each.get_window_extent().width for each in axes.get_yticklabels() if each.get_text()), default=0.0)
    left = min(0.5, 0.05 + wide / (INCHES[0] * DOTS))
    legend = axes.get_legend()
    high = figure.get_figheight()
    tall = legend.get_window_extent().height / DOTS if legend else 0.0
    axes.set_position(Bbox.from_extents(left, 0.37 / high, 0.95, 1 - (0.43 + tall) / high))


def _lines(axes: Axes, chart: Chart) -> None:
    labels = _labels(chart)
    axes.grid(axis="y", color="#e3e2e4", linewidth=0.8)
    for series, (colour, mark, line, _) in zip(chart.series, _voices(chart), strict=True):
        values = _values(series, labels)
        axes.plot(range(len(labels)), values, color=colour, linestyle=line, linewidth=2.2, label=series.name)
        alone = [at for at, value in enumerate(values) if not math.isnan(value) and (len(labels) <= 31 or _by_itself(values, at))]
        axes.plot(alone, [values[at] for at in alone], mark, color=colour, markersize=5.5, markeredgecolor=PAPER)
        if len(chart.series) == 1:
            _last(axes, values, chart.unit, colour)
    if len(chart.series) > 1:  # the marks belong into the names too
        for handle, (_, mark, _, _) in zip(axes.lines[::2], _voices(chart), strict=True):
            handle.set_marker(mark)
            handle.set_markevery([])
    shown = _spread(len(labels))
    axes.set_xticks(shown, [labels[at] for at in shown], parse_math=False)
    axes.margins(x=0.03, y=0.12)
    _plain_numbers(axes.yaxis, chart.unit)
    _from_nought(axes, [value for series in chart.series for value in _values(series, labels)])


def _bars(axes: Axes, chart: Chart) -> None:
    labels = _labels(chart)
    lying = _lying(chart)
    width = 0.72 / len(chart.series)
    for number, (series, (colour, _, _, hatch)) in enumerate(zip(chart.series, _voices(chart), strict=True)):
        values = _values(series, labels)
        offset = (number - (len(chart.series) - 1) / 2) * width
        places = [at + offset for at in range(len(labels))]
        bars = axes.barh if lying else axes.bar
        drawn = bars(places, values, width, color=colour, hatch=hatch, edgecolor=PAPER, linewidth=0.5, label=series.name)
        words = ["" if math.isnan(value) else said(value, chart.unit) for value in values]
        if lying or len(labels) * len(chart.series) <= 8:
            axes.bar_label(drawn, words, padding=4, fontsize=10, color=INK)
    if lying:
        axes.set_yticks(range(len(labels)), [_short(each) for each in labels], parse_math=False)
        axes.tick_params(axis="y", labelcolor=INK)
        axes.invert_yaxis()
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        axes.margins(x=0.16)
    else:
        axes.grid(axis="y", color="#e3e2e4", linewidth=0.8)
        shown = _spread(len(labels))
        axes.set_xticks(shown, [_short(labels[at], 14) for at in shown], parse_math=False)
        axes.margins(y=0.12)
        _plain_numbers(axes.yaxis, chart.unit)


def _lying(chart: Chart) -> bool:
    """Bars of one series lie where there are few of them, or where their labels are long."""
    labels = _labels(chart)
    return chart.kind == "bar" and len(chart.series) == 1 and (max(map(len, labels), default=0) > LYING or len(labels) <= 12)


def _last(axes: Axes, values: Sequence[float], unit: str, colour: str) -> None:
    """The latest value, written at its point."""
    known = [at for at, value in enumerate(values) if not math.isnan(value)]
    if known:
        words, at = said(values[known[-1]], unit), known[-1]
        near = max(values[each] for each in known if each >= at - len(values) // 5)
        side = "right" if at > len(values) // 2 else "center"
        written = axes.annotate(words, (at, near), (0, 9), textcoords="offset points", ha=side, color=colour)
        written.set(fontsize=12, fontweight="bold", parse_math=False)


def _from_nought(axes: Axes, values: Sequence[float]) -> None:
    """Values that are never negative are shown from nought, so that a small change looks small."""
    known = [value for value in values if not math.isnan(value)]
    if not known:
        axes.set_yticks([])
        axes.text(0.5, 0.5, "Nothing measured yet", transform=axes.transAxes, ha="center", color=FAINT, fontsize=12)
    elif min(known) >= 0:
        axes.set_ylim(bottom=0, top=max(known) * 1.18 or 1)


def _plain_numbers(axis: object, unit: str) -> None:
    from matplotlib.axis import Axis  # noqa: PLC0415
    from matplotlib.ticker import FuncFormatter, MaxNLocator  # noqa: PLC0415

    assert isinstance(axis, Axis)
    axis.set_major_locator(MaxNLocator(5))
    axis.set_major_formatter(FuncFormatter(lambda value, _: said(value, unit if unit in ("%", "×") else "")))


def _voices(chart: Chart) -> Sequence[tuple[str, str, str, str]]:
    return [VOICES[at % len(VOICES)] for at in range(len(chart.series))]


def _labels(chart: Chart) -> Sequence[str]:
    return [label for label, _ in chart.series[0].points] if chart.series else []


def _values(series: Series, labels: Sequence[str]) -> Sequence[float]:
    """A value for each label; not a number where nothing was measured, which leaves a gap."""
    return [math.nan if value is None else float(value) for _, value in series.points[: len(labels)]]


def _by_itself(values: Sequence[float], at: int) -> bool:
    beside = [values[each] for each in (at - 1, at + 1) if 0 <= each < len(values)]
    return all(math.isnan(each) for each in beside)


def _spread(count: int) -> Sequence[int]:
    """Places of labels at even steps, the last among them."""
    step = max(1, math.ceil(count / TICKS))
    return list(range(count - 1, -1, -step))[::-1]


def _short(label: str, at_most: int = 28) -> str:
    return label if len(label) <= at_most else label[: at_most - 1] + "…"
