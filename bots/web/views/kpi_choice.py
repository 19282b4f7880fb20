"""What somebody chose to see of their figures, as it stands in the page's address."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bots.web.views.lists import NoSuchPart, asking_of
from core.kpis.forms import level_named
from core.kpis.history_commands import Sought
from core.kpis.metrics import Level
from core.kpis.periods import Span
from core.listing import asked_for

PATH = "/kpis"
SPANS: Mapping[Span, str] = {Span.WEEK: "week", Span.DAYS_30: "days30", Span.MONTH: "month"}
"""What a length of periods is called in an address."""
NAMES: Mapping[Span, str] = {Span.WEEK: "Weeks", Span.DAYS_30: "30 days", Span.MONTH: "Months"}
TRENDS_AT_MOST = 4
"""Charts on one page: it stays quick and small."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """`fields` are the figures whose trends are wanted, `asking` is of the list of periods."""

    fields: tuple[str, ...] = ()
    span: Span | None = None
    log: Level | None = None
    asking: Sought = field(default_factory=Sought)

    def address(self, part: str = "", **others: str) -> str:
        """The page with this choice, where nothing else is said; a value of "" is left away. `part` is a place on it."""
        pairs = dict.fromkeys(self.fields, "on")
        pairs |= {"span": SPANS[self.span]} if self.span else {}
        pairs |= {"log": self.log.value} if self.log else {}
        pairs |= asked_for(self.asking)
        kept = {name: value for name, value in {**pairs, **others}.items() if value}
        return f"{PATH}{f'?{urlencode(kept)}' if kept else ''}{f'#{part}' if part else ''}"

    def alone(self, field: str) -> str:
        """The page with the trend of this figure alone."""
        return Wanted((field,), self.span).address("trends")


def wanted_in(query: Mapping[str, str], fields: Collection[str]) -> Wanted:
    """What an address asks for; what it asks for and is not there is left out."""
    chosen = tuple(each for each in fields if query.get(each))[:TRENDS_AT_MOST]
    span = next((each for each, name in SPANS.items() if name == query.get("span", "").casefold()), None)
    return Wanted(chosen, span, level_named(query.get("log", "")), _asking(query))


def _asking(query: Mapping[str, str]) -> Sought:
    """Which periods: from the first, where the address asks for none that there are, since the page has much else."""
    try:
        return asking_of(Sought, query)
    except NoSuchPart:
        return Sought()
