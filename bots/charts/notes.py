"""What stands around the figures: the names of the series above them, the range and the marks below, a line or a half each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bots.charts.fonts import drawable
from bots.charts.sheet import EDGE, WIDE, Sheet
from core.charted import numbered, range_name, reach
from core.ui import Chart, Mark

LINE = 0.205
"""Inches from one line to the next."""
BEFORE = 0.38
"""Inches for a swatch or a flag before the words."""
MARKS_AT_MOST = 6
"""The latest ones; a picture with more flags is no longer read."""
ROOM = WIDE - 2 * EDGE


@dataclass(frozen=True, slots=True)
class Note:
    """Words with what stands before them: a flag of this number, else a piece of the range, else nothing."""

    words: str
    flag: int = 0
    swatch: bool = False

    @property
    def indent(self) -> float:
        """Inches before the words."""
        return 0.26 if self.flag else BEFORE if self.swatch else 0.0


def shown_marks(chart: Chart) -> Sequence[tuple[int, Mark]]:
    """The marks that have their flag in the picture."""
    return numbered(chart)[-MARKS_AT_MOST:]


def notes(chart: Chart, *, band_drawn: bool) -> list[Note]:
    """All that is to be said below the figures."""
    found = []
    if chart.band and (said := reach(chart.band, chart.unit)):
        words = f"{range_name(chart.band)}: {said}"
        found.append(Note(words, swatch=True) if band_drawn else Note(f"{words}, beyond this picture"))
    for number, mark in shown_marks(chart):
        found.append(Note(replace(mark, words=drawable(mark.words)).said or mark.at, flag=number))
    left_out = len(chart.marks) - len(shown_marks(chart))
    if left_out:
        found.append(Note(f"{left_out} earlier {'mark is' if left_out == 1 else 'marks are'} left out here"))
    return found


def rows(sheet: Sheet, found: Sequence[Note]) -> list[tuple[Note, ...]]:
    """The notes in lines: two beside each other where both are short, as long as that saves something."""
    half = ROOM / 2 - 0.1
    lines: list[tuple[Note, ...]] = []
    for note in found:
        short = sheet.width(drawable(note.words)) + note.indent <= half
        beside = lines[-1] if lines else ()
        if short and len(beside) == 1 and note.flag and beside[0].flag and _is_short(sheet, beside[0], half):
            lines[-1] = (beside[0], note)
        else:
            lines.append((note,))
    return lines


def write(sheet: Sheet, lines: Sequence[Sequence[Note]], down: float) -> None:
    """The lines, from this height on."""
    for at, line in enumerate(lines):
        for column, note in enumerate(line):
            across, middle = EDGE + column * ROOM / 2, down + (at + 0.5) * LINE
            if note.flag:
                sheet.flag(across + 0.09, middle, note.flag)
            elif note.swatch:
                sheet.swatch(across, middle)
            room = (ROOM / 2 - 0.1 if len(line) > 1 else ROOM) - note.indent
            sheet.write(across + note.indent, middle, sheet.fitted(note.words, room), faint=not note.flag and not note.swatch)


def names(sheet: Sheet, chart: Chart) -> list[list[tuple[int, str]]]:
    """The series with their numbers, in as many lines as they take; nothing where there is only one."""
    if len(chart.series) < 2:
        return []
    lines: list[list[tuple[int, str]]] = [[]]
    used = 0.0
    for at, name in enumerate(_names(chart)):
        fitted = sheet.fitted(name, ROOM - BEFORE)
        wide = BEFORE + sheet.width(fitted) + 0.2
        if lines[-1] and used + wide - 0.2 > ROOM:
            lines.append([])
            used = 0.0
        lines[-1].append((at, fitted))
        used += wide
    return lines


def write_names(sheet: Sheet, lines: Sequence[Sequence[tuple[int, str]]], down: float, *, filled: bool) -> None:
    """The names of the series, each after a piece of its line or bar."""
    for row, line in enumerate(lines):
        across = EDGE
        for at, name in line:
            voice = sheet.look.voices[at % len(sheet.look.voices)]
            sheet.sample(across, down + (row + 0.5) * LINE, voice, filled=filled)
            sheet.write(across + BEFORE, down + (row + 0.5) * LINE, name)
            across += BEFORE + sheet.width(name) + 0.2


def _names(chart: Chart) -> Iterator[str]:
    for number, series in enumerate(chart.series, start=1):
        yield drawable(series.name) or f"Series {number}"


def _is_short(sheet: Sheet, note: Note, half: float) -> bool:
    return sheet.width(drawable(note.words)) + note.indent <= half
