"""What somebody chose to see of their figures, as it stands in the page's address."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from core.kpis.forms import level_named
from core.kpis.metrics import Level
from core.kpis.periods import Span

PATH = "/kpis"
SPANS: Mapping[Span, str] = {Span.WEEK: "week", Span.DAYS_30: "days30", Span.MONTH: "month"}
"""What a length of periods is called in an address."""
NAMES: Mapping[Span, str] = {Span.WEEK: "Weeks", Span.DAYS_30: "30 days", Span.MONTH: "Months"}
WORDS_AT_MOST = 60
TRENDS_AT_MOST = 4
"""Charts on one page: it stays quick and small."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """`fields` are the figures whose trends are wanted, `words` and `page` are of the list of periods."""

    fields: tuple[str, ...] = ()
    span: Span | None = None
    log: Level | None = None
    words: str = ""
    page: int = 1

    def address(self, part: str = "", **others: str) -> str:
        """The page with this choice, where nothing else is said; a value of "" is left away. `part` is a place on it."""
        pairs = dict.fromkeys(self.fields, "on")
        pairs |= {"span": SPANS[self.span]} if self.span else {}
        pairs |= {"log": self.log.value} if self.log else {}
        pairs |= {"q": self.words} if self.words else {}
        pairs |= {"page": str(self.page)} if self.page > 1 else {}
        kept = {name: value for name, value in {**pairs, **others}.items() if value}
        return f"{PATH}{f'?{urlencode(kept)}' if kept else ''}{f'#{part}' if part else ''}"

    def alone(self, field: str) -> str:
        """The page with the trend of this figure alone."""
        return Wanted((field,), self.span).address("trends")


def wanted_in(query: Mapping[str, str], fields: Collection[str]) -> Wanted:
    """What an address asks for; what it asks for and is not there is left out."""
    chosen = tuple(each for each in fields if query.get(each))[:TRENDS_AT_MOST]
    span = next((each for each, name in SPANS.items() if name == query.get("span", "").casefold()), None)
    words = " ".join(query.get("q", "").split())[:WORDS_AT_MOST]
    return Wanted(chosen, span, level_named(query.get("log", "")), words, page_in(query))


def page_in(query: Mapping[str, str]) -> int:
    """The page of a list that an address asks for, the first where that is no number."""
    typed = query.get("page", "")
    return max(1, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 1
