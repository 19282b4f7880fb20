"""The course's text in a full-text index in memory."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import threading
from collections.abc import Callable, Sequence

from core.llm.ports import Passage

WORDS_AT_MOST = 40
"""Words of a question that are looked for; the rest of a longer one says nothing new."""

LOOKED_AT = 15
"""Times as many passages are ranked as are wanted, before their weights are considered."""

_WORD = re.compile(r"[^\W_]+")

_COMMON_WORDS = """
    a about all also am an and any anything are as at be been but by can could did do does doing done for from get give go
    good had has have having he hello help her hers hey hi him his how i if in into is it its just know let like make many may me
    mean mine more most much must my need no not of on one or our ours out please said say see she should show so some still
    tell than thank thanks that the their them then there these they thing things this those to too up us use want was way we
    well were what when where which who why will with would yes you your yours
"""
_COMMON = frozenset(_COMMON_WORDS.split())
"""Words that say nothing of what is asked."""


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
        wanted = query(question)
        return await asyncio.to_thread(self._search, wanted, limit) if wanted else ()

    def _search(self, wanted: str, limit: int) -> tuple[Passage, ...]:
        with self._lock:
            index = self._up_to_date()
            rows = index.execute(
                "SELECT rowid, bm25(passage, 3.0, 2.0, 1.0) AS score FROM passage WHERE passage MATCH ? ORDER BY score LIMIT ?",
                (wanted, limit * LOOKED_AT),
            ).fetchall()
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
            [(at, each.title, each.place, each.text) for at, each in enumerate(written)],
        )
        return index

    def close(self) -> None:
        """Let go of the index; the next question makes it anew."""
        with self._lock:
            if self._index is not None:
                self._index.close()
            self._index = None


def query(question: str) -> str:
    """The question as an FTS5 query: any of its telling words, each in quotes, so that none is taken for an operator."""
    words = dict.fromkeys(word for word in _WORD.findall(question.casefold()) if word not in _COMMON)
    return " OR ".join(f'"{word}"' for word in list(words)[:WORDS_AT_MOST])
