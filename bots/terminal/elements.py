"""The elements that look at the width before they decide how to stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.panel import Panel
from rich.table import Table as Grid
from rich.text import Text as Words

from bots.terminal.charts import draw, legend, spark
from core.charted import heading
from core.ui import Button, Chart, Facts, Link, Meter, Table

EDGE = 6
"""Signs of a frame's upper edge that its title cannot have."""
BAR_AT_LEAST, BAR_AT_MOST = 8, 30
GAP, NARROW_GAP = 3, 2
"""Signs between two columns of a table, and where room is short."""


@dataclass(frozen=True, slots=True)
class Named:
    """Names with values: side by side, the values in one line."""

    facts: Facts

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        grid = Grid.grid(padding=(0, 2, 0, 0))
        grid.add_column(style="dim", max_width=max(10, options.max_width * 2 // 5))
        grid.add_column(overflow="fold")
        for name, value in self.facts.rows:
            grid.add_row(Words(name), Words(value))
        yield grid


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table; where it is too wide for its columns, each row becomes a small list."""

    table: Table

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if self.table.caption:
            yield Words(self.table.caption, style="bold")
        gaps = len(self.table.columns) - 1
        wide = sum(map(max, self._widths())) + GAP * gaps <= options.max_width
        room = options.max_width - (GAP if wide else NARROW_GAP) * gaps
        if len(self.table.columns) > 2 and sum(map(min, self._widths())) > room:
            yield from self._listed()
        else:
            yield self._ruled(shared(self._widths(), room), narrow=not wide)

    def _widths(self) -> list[tuple[int, int]]:
        """For each column the width of its longest word, below which it would have to be broken, and of its longest cell."""
        columns = zip(self.table.columns, *self.table.rows, strict=True)
        return [
            (max(cell_len(word) for cell in cells for word in (cell.split() or [""])), max(map(cell_len, cells)))
            for cells in columns
        ]

    def _ruled(self, widths: list[int], *, narrow: bool) -> Grid:
        grid = Grid(
            box=box.SIMPLE_HEAD,
            pad_edge=False,
            show_edge=False,
            # Rich puts a sign of its own between two columns.
            padding=(0, 1, 0, 0) if narrow else (0, 1),
            header_style="bold",
            border_style="dim",
        )
        for at, name in enumerate(self.table.columns):
            right = at in self.table.numeric
            grid.add_column(Words(name), justify="right" if right else "left", overflow="fold", width=widths[at])
        for row in self.table.rows:
            grid.add_row(*(Words(cell) for cell in row))
        return grid

    def _listed(self) -> RenderResult:
        for row in self.table.rows:
            yield Words(row[0], style="bold")
            for name, cell in zip(self.table.columns[1:], row[1:], strict=True):
                if cell:
                    yield Words.assemble(("  " + name + " ", "dim"), cell)


def shared(widths: list[tuple[int, int]], room: int) -> list[int]:
    """The room given to columns: each gets its widest, and while that is too much, the widest that can gives a sign away."""
    given = [most for _, most in widths]
    while sum(given) > room:
        can = [at for at, (least, _) in enumerate(widths) if given[at] > least]
        # Where no column can, words are broken: the widest column bears it best.
        widest = max(can or range(len(given)), key=lambda at: given[at])
        if given[widest] <= 1:
            break
        given[widest] -= 1
    return given


@dataclass(frozen=True, slots=True)
class Framed:
    """A card in a frame; a title that the frame's edge has no room for stands in it, whole."""

    body: RenderableType
    title: Words | None
    border: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        above = self.title is not None and self.title.cell_len > options.max_width - EDGE
        body = Group(self.title, Words(""), self.body) if above and self.title else self.body
        title = None if above else self.title
        yield Panel(body, title=title, title_align="left", border_style=self.border, box=box.ROUNDED, padding=(0, 1))


@dataclass(frozen=True, slots=True)
class Bars:
    """Meters, one a line and all alike; where a line is too short, the labels stand above."""

    meters: tuple[Meter, ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        counts = [f"{each.done} of {each.total}" for each in self.meters]
        labels = max(cell_len(each.label) for each in self.meters)
        room = options.max_width - labels - max(map(len, counts)) - 2
        above = room < BAR_AT_LEAST
        width = min(BAR_AT_MOST, options.max_width - max(map(len, counts)) - 1 if above else room)
        for each, count in zip(self.meters, counts, strict=True):
            if above:
                yield Words(each.label)
            label = "" if above else each.label + " " * (labels - cell_len(each.label) + 1)
            yield Words.assemble(label, bar(each, max(1, width)), f" {count}")


def bar(meter: Meter, width: int) -> Words:
    """The share that is done, as a line: green when it is all."""
    filled = 0 if meter.total <= 0 else max(0, min(width, round(width * meter.done / meter.total)))
    colour = "green" if 0 < meter.total <= meter.done else "cyan"
    return Words.assemble(("━" * filled, colour), ("─" * (width - filled), "dim"))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart."""

    chart: Chart

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Words(heading(self.chart), style="bold")
        for line in draw(self.chart, options.max_width, ascii_only=options.ascii_only):
            yield Words(line, style="cyan", no_wrap=True, overflow="crop")
        for line in legend(self.chart, ascii_only=options.ascii_only):
            yield Words(line)


@dataclass(frozen=True, slots=True)
class Sparks:
    """Charts that follow each other, one a line: each is drawn large where it is shown by itself."""

    charts: tuple[Chart, ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        names = min(max(cell_len(each.title) for each in self.charts), max(10, options.max_width // 3))
        for each in self.charts:
            line = spark(each, options.max_width, names, ascii_only=options.ascii_only)
            yield Words(line, style="cyan", no_wrap=True, overflow="crop")


@dataclass(frozen=True, slots=True)
class Row:
    """Buttons, as many in a line as there is room for; a label is only broken where it alone is too long."""

    items: tuple[Words, ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        line: list[Words] = []
        for item in self.items:
            if line and sum(each.cell_len + 3 for each in line) + item.cell_len > options.max_width:
                yield Words("   ").join(line)
                line = []
            line.append(item)
        if line:
            yield Words("   ").join(line)


def pressable(shown: Button | Link) -> Words:
    """A button by its number and label, a link by its label and address."""
    match shown:
        case Button():
            number, _, label = shown.label.partition(" ")
            return Words.assemble((number, "bold cyan"), " ", (label, "bold" if shown.primary else ""))
        case Link():
            return Words.assemble(shown.label, " ", (shown.url, "blue underline"))
        case _:
            assert_never(shown)
