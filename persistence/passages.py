"""The course's text in a full-text index in memory."""

from __future__ import annotations

import asyncio
import math
import re
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable, Sequence

from core.llm.ports import Passage

WORDS_AT_MOST = 40
"""Words of a question that are looked for; the rest of a longer one says nothing new."""

FITS = 0.35
"""Of the weight of a question's words, a rare word weighing more: a passage that holds less of it, and none in its title or
place, is about something else. Set by asking thirty questions, and thirty sentences of people who do not ask about the course."""

LOOKED_AT = 15
"""Times as many passages are ranked as are wanted, before their weights are considered."""

_WORD = re.compile(r"[^\W_]+")

_COMMON_WORDS = """
    a about all already also am an and any anything are as at back be been but by can could d did didn do does doesn
    doing don done else few first for from get give go good had has have having he hello help her hers hey hi him his how i if
    in into is it its just know last later let like ll make many may me mean mine more most much must my need no not of on one
    or other others our ours out please re s said say see she should show so some still t tell than thank thanks that the
    their them then there these they thing things this those to told too up us use ve want was way we week well were what when
    where which who why will with would yes you your yours
"""
_COMMON = frozenset(_COMMON_WORDS.split())
"""Words that say nothing of what is asked."""
_HOW_IT_WORKS = re.compile(r"\b(how (?:do|does|did|can|could|should|would|will) (?:\S+ ){1,6}?)works?\b")
"""How something works is asked of anything; what is asked about is the thing."""


class CoursePassages:
    """Implements `core.llm.ports.Passages` with SQLite's FTS5 (https://www.sqlite.org/fts5.html), ranked by bm25.

    `written` gives the passages as they are now: it is called at each question, and the index made anew where they changed.
    """

    def __init__(self, written: Callable[[], Sequence[Passage]]) -> None:
        self._written = written
        self._lock = threading.Lock()
        self._index: sqlite3.Connection | None = None
        self._passages: tuple[Passage, ...] = ()

    async def search(self, question: str, limit: int) -> tuple[Passage, ...]:
        """The passages that fit the question best, best first; none where no word of it occurs."""
        wanted = telling(question)
        return await asyncio.to_thread(self._search, wanted, limit) if wanted else ()

    def _search(self, wanted: Sequence[str], limit: int) -> tuple[Passage, ...]:
        with self._lock:
            index = self._up_to_date()
            fitting = _fitting(index, wanted, len(self._passages))
            found = index.execute(
                "SELECT rowid, bm25(passage, 3.0, 2.0, 1.0) AS score FROM passage WHERE passage MATCH ? ORDER BY score LIMIT ?",
                (" OR ".join(wanted), limit * LOOKED_AT),
            ).fetchall()
        rows = [row for row in found if row[0] in fitting]
        # The lower bm25's score, the better: a greater weight takes a passage further down, and so ahead.
        ranked = sorted(rows, key=lambda row: row[1] * self._passages[row[0]].weight)
        one_a_place = {(found.place, found.title): found for found in (self._passages[row[0]] for row in reversed(ranked))}
        return tuple(reversed(one_a_place.values()))[:limit]

    def _up_to_date(self) -> sqlite3.Connection:
        written = tuple(self._written())
        if self._index is None or written != self._passages:
            if self._index is not None:
                self._index.close()
            self._passages, self._index = written, self._made(written)
        return self._index

    def _made(self, written: Sequence[Passage]) -> sqlite3.Connection:
        index = sqlite3.connect(":memory:", check_same_thread=False)
        index.execute(
            "CREATE VIRTUAL TABLE passage USING fts5(title, place, text, tokenize='porter unicode61 remove_diacritics 2')"
        )
        index.executemany(
            "INSERT INTO passage(rowid, title, place, text) VALUES (?, ?, ?, ?)",
            [(at, each.title, f"{each.place} {each.also}", each.text) for at, each in enumerate(written)],
        )
        return index

    def close(self) -> None:
        """Let go of the index; the next question makes it anew."""
        with self._lock:
            if self._index is not None:
                self._index.close()
            self._index = None


def telling(question: str) -> tuple[str, ...]:
    """The question's telling words as FTS5 looks for them, each in quotes, so that none is taken for an operator."""
    words = dict.fromkeys(word for word in _WORD.findall(_HOW_IT_WORKS.sub(r"\1", question.casefold())) if word not in _COMMON)
    return tuple(f'"{word}"' for word in list(words)[:WORDS_AT_MOST])


def _fitting(index: sqlite3.Connection, wanted: Sequence[str], count: int) -> set[int]:
    """The passages that hold enough of the words, or one of them in their title or place."""
    titled, held, whole = set[int](), defaultdict[int, float](float), 0.0
    for word in wanted:
        there = _holding(index, word)
        weight = math.log(1 + count / (1 + len(there)))
        whole += weight
        for row in there:
            held[row] += weight
        titled.update(_holding(index, f"{{title place}}: {word}"))
    return titled | {row for row, weight in held.items() if weight >= FITS * whole}


def _holding(index: sqlite3.Connection, wanted: str) -> list[int]:
    return [row for (row,) in index.execute("SELECT rowid FROM passage WHERE passage MATCH ?", (wanted,))]
