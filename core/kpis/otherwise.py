"""What other tools call a figure, what they count that has no place of its own in the funnel, and what is told of such words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.kpis.metrics import Metric, Metrics
from core.kpis.numbers import number_in

_ORDERS, _REVENUE = "orders", "revenue"
_SALES = frozenset({"sale", "sales"})
"""A number of them is orders; where it is money, it is what they brought. In tables sales are mostly money."""
_BOUGHT = frozenset({"purchase", "purchases", "transaction", "transactions", "conversions"}) | _SALES
_TAKEN_ABROAD = frozenset({"omzet", "umsatz"})
"""Revenue, as shop owners write it who keep their books in Dutch or German."""
_OF_BOTH = frozenset({"total", "gross"})
"""Before sales: some shops count by that and others reckon in money, so nothing is taken for granted."""
_VISITS = frozenset({"visit", "visits", "visitor", "visitors", "traffic", "session", "sessions"})
_SEEN = frozenset({"click", "clicks", "view", "views", "impression", "impressions", "reach"})
_WORD = re.compile(r"[^\W\d_]+")
QUOTED_AT_MOST = 200


def has_no_place(word: str) -> bool:
    """Whether it names something that is counted, and that only rates are made of: a value beside it is of nothing else."""
    return word.casefold() in _VISITS | _SEEN


def called(word: str, before: str, value: str, metrics: Metrics, *, orders_named: bool = False) -> Metric | None:
    """The figure that the word is another name for, with the word before it, beside this value; None where it is none.

    `orders_named`: orders are told by their own name as well, so that sales are what they brought.
    """
    number, named = number_in(value), word.casefold()
    if number is None or number.mark:
        return None
    if named in _TAKEN_ABROAD:
        return metrics.named(_REVENUE)
    if named not in _BOUGHT or before.casefold() in _OF_BOTH:
        return None
    if named in _SALES and orders_named:
        return metrics.named(_REVENUE)
    if not number.currency and all(each == each.to_integral_value() for each in number.readings[:1]):
        return metrics.named(_ORDERS)
    return metrics.named(_REVENUE) if named in _SALES else None


def hints(unread: Sequence[str]) -> list[str]:
    """What to type in place of what could not be placed, where that can be said."""
    words = {each.casefold() for said in unread for each in _WORD.findall(said)}
    found = []
    if words & _VISITS:
        found.append(
            "I left visits out. Visits are not kept by themselves: they count in a rate, like “conversion "
            "3.8%” (orders of every 100 visits) or “opt-in 18%” (leads of every 100)."
        )
    if words & _SEEN:
        found.append("Clicks and views are not kept by themselves: they count in “ctr 2.1%” (clicks of every 100 views).")
    if words & _SALES:
        found.append("Sales may be a number or money: “orders 12” or “revenue 420”.")
    return found


def nothing_heard(words: str, unread: Sequence[str], metrics: Metrics) -> str:
    """What is told where words with a number in them name no figure; "" where there is none. What was typed stays in reach."""
    if not any(sign.isdigit() for sign in words):
        return ""
    typed = " ".join(words.split())
    quoted = typed if len(typed) <= QUOTED_AT_MOST else f"{typed[:QUOTED_AT_MOST]}…"
    known = ", ".join(each.short for each in metrics.file.metrics)
    told = [f"I found no figure that I know in “{quoted}”.", *hints(unread)]
    told += [f"I know: {known}.", "Type a name and a number, like: /kpi log leads 240 orders 12 cpl 3.20."]
    return " ".join([*told, "Or /kpi log for the form."])
