"""The sheet that a chart is drawn on: words and lines placed in inches from its top left corner."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bots.charts.fonts import drawable, families
from bots.charts.looks import Look, Voice

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties

WIDE = 4.0
"""Inches; with the dots, 1,200 pixels: three times what a phone shows, where words of 10 points are 11 pixels tall."""
DOTS, POINTS = 300, 72
"""To the inch: of the picture, and of letters."""
EDGE = 0.17
"""Inches at the left and the right that stay empty."""
COLOURS_IN_FILE = 64
SIZE, TITLE, LATEST = 10.0, 14.0, 12.0
"""Points of the words: all others, the title, and the latest value."""


class Sheet:
    """A sheet in a look. Its height is set before anything is written."""

    def __init__(self, look: Look) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - 0.5 s, in the drawing process alone
        from matplotlib.figure import Figure  # noqa: PLC0415

        self.look = look
        self._figure = Figure((WIDE, 3.0), DOTS, facecolor=look.paper)
        FigureCanvasAgg(self._figure)
        self._tall = 3.0

    def stretch(self, inches: float) -> None:
        """Set the height."""
        self._tall = inches = round(inches * DOTS) / DOTS
        self._figure.set_size_inches(WIDE, inches)

    def width(self, words: str, size: float = SIZE, *, bold: bool = False) -> float:
        """How wide the words are, in inches."""
        from matplotlib.textpath import text_to_path  # noqa: PLC0415

        wide, _, _ = text_to_path.get_text_width_height_descent(words, _font(words, size, bold=bold), False)
        return float(wide) / POINTS

    def fitted(self, words: str, room: float, size: float = SIZE, *, bold: bool = False) -> str:
        """The words as far as they can be drawn in one line of the room."""
        words = drawable(words)
        if self.width(words, size, bold=bold) <= room:
            return words
        low, high = 0, len(words)
        while low < high:
            middle = (low + high + 1) // 2
            fits = self.width(f"{words[:middle].rstrip()}…", size, bold=bold) <= room
            low, high = (middle, high) if fits else (low, middle - 1)
        return f"{words[:low].rstrip()}…"

    def wrapped(self, words: str, room: float, size: float, *, bold: bool, at_most: int) -> Sequence[str]:
        """The words in lines, broken at spaces; what is over is left out at the end of the last."""
        lines: list[str] = []
        rest = drawable(words).split(" ")
        while rest and rest[0]:
            if len(lines) == at_most - 1:
                return [*lines, self.fitted(" ".join(rest), room, size, bold=bold)]
            taken = 1
            while taken < len(rest) and self.width(" ".join(rest[: taken + 1]), size, bold=bold) <= room:
                taken += 1
            lines.append(self.fitted(" ".join(rest[:taken]), room, size, bold=bold))
            rest = rest[taken:]
        return lines

    def write(
        self, across: float, down: float, words: str, *, size: float = SIZE, bold: bool = False, faint: bool = False
    ) -> None:
        """Write words that begin here, their middle at this height."""
        where = across / WIDE, 1 - down / self._tall
        text = self._figure.text(*where, words, color=self.look.faint if faint else self.look.ink, va="center_baseline")
        text.set(fontproperties=_font(words, size, bold=bold), parse_math=False)

    def swatch(self, across: float, down: float) -> None:
        """A piece of the band, with its hatching."""
        from matplotlib.patches import Rectangle  # noqa: PLC0415

        wide, tall = 0.3, 0.12
        corner = (across / WIDE, 1 - (down + tall / 2) / self._tall)
        piece = Rectangle(corner, wide / WIDE, tall / self._tall, transform=self._figure.transFigure)
        piece.set(facecolor=self.look.band, edgecolor=self.look.edge, hatch="/////", linewidth=0.8)
        self._figure.add_artist(piece)

    def sample(self, across: float, down: float, voice: Voice, *, filled: bool) -> None:
        """A piece of a line with its mark, or of a bar, as the names of series have before them."""
        from matplotlib.lines import Line2D  # noqa: PLC0415
        from matplotlib.patches import Rectangle  # noqa: PLC0415

        up, tall = 1 - down / self._tall, 0.12
        if filled:
            corner = (across / WIDE, up - tall / 2 / self._tall)
            piece = Rectangle(corner, 0.3 / WIDE, tall / self._tall, transform=self._figure.transFigure)
            piece.set(facecolor=voice.colour, edgecolor=self.look.paper, hatch=voice.hatch, linewidth=0.5)
            self._figure.add_artist(piece)
        else:
            ends = [across / WIDE, (across + 0.15) / WIDE, (across + 0.3) / WIDE]
            line = Line2D(ends, [up] * 3, color=voice.colour, linestyle=voice.line, linewidth=2.0, marker=voice.mark)
            line.set(markevery=[1], markersize=5.5, markeredgecolor=self.look.paper, transform=self._figure.transFigure)
            self._figure.add_artist(line)

    def flag(self, across: float, down: float, number: int) -> None:
        """A number in a disc."""
        from matplotlib.lines import Line2D  # noqa: PLC0415

        at, up = across / WIDE, 1 - down / self._tall
        disc = Line2D([at], [up], marker="o", markersize=11.5, color=self.look.ink, markeredgewidth=0)
        disc.set(transform=self._figure.transFigure, zorder=6)
        self._figure.add_artist(disc)
        text = self._figure.text(at, up, str(number), color=self.look.paper, ha="center", va="center_baseline", zorder=7)
        text.set(fontproperties=_font(str(number), 8.0 if number < 10 else 7.0, bold=True))

    def thread(self, across: float, down: float, to: float) -> None:
        """A fine dotted line, straight down from a flag."""
        from matplotlib.lines import Line2D  # noqa: PLC0415

        line = Line2D([across / WIDE] * 2, [1 - down / self._tall, 1 - to / self._tall], color=self.look.faint, linewidth=0.9)
        line.set(linestyle=(0, (1.2, 1.8)), transform=self._figure.transFigure, zorder=1.5)
        self._figure.add_artist(line)

    def axes(self, left: float, top: float, right: float, bottom: float) -> Axes:
        """Axes in this place, with a ground line and nothing else."""
        place = (left / WIDE, 1 - bottom / self._tall, (right - left) / WIDE, (bottom - top) / self._tall)
        axes = self._figure.add_axes(place, facecolor="none")
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        axes.spines["bottom"].set_color(self.look.axis)
        axes.tick_params(colors=self.look.faint, labelsize=SIZE, length=0, pad=5)
        axes.set_axisbelow(True)
        return axes

    def png(self) -> bytes:
        """The sheet as a PNG of few colours, which is a third as large."""
        from PIL import Image  # noqa: PLC0415

        plain, file = io.BytesIO(), io.BytesIO()
        self._figure.savefig(plain, format="rgba")
        size = self._figure.canvas.get_width_height(physical=True)
        picture = Image.frombytes("RGBA", size, plain.getvalue()).convert("RGB")
        fewer = picture.quantize(COLOURS_IN_FILE, Image.Quantize.FASTOCTREE)
        palette, most = fewer.getpalette() or [], fewer.histogram().index(max(fewer.histogram()))
        # The ground had become the mean of colours that are near it.
        palette[3 * most : 3 * most + 3] = [int(self.look.paper[at : at + 2], 16) for at in (1, 3, 5)]
        fewer.putpalette(palette)
        fewer.save(file, "PNG", compress_level=6)
        return file.getvalue()


def _font(words: str, size: float, *, bold: bool) -> FontProperties:
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415

    return FontProperties(family=list(families(words)), weight="bold" if bold else "normal", size=size)
