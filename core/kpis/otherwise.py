"""What other tools call a figure, what they count that has no place of its own in the funnel, and what is told of such words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.kpis.metrics import Metric, Metrics, folded
from core.kpis.numbers import NUMBER, number_in

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
_THERE = re.compile(
    rf"\b({'|'.join(sorted(_VISITS | _SEEN))})\s+(?:to|on|of|at|for|from)\s+(?:the|my|our)\s+"
    r"(?:(?:landing|sign-?up|product|home|gift|sales)\s+)?(?:page|site|website|shop|store|homepage)\b",
    re.IGNORECASE,
)
_TIME = r"(?:last|this|past|the|in|for|from|and|so|over)\b"
_EARNED = re.compile(
    rf"\b(?P<word>sold|made|earned|took(?:\s+in)?)\s+(?P<value>{NUMBER})(?!\w)(?=\W*$|\s*[,;.\n](?!\d)|\s+{_TIME})", re.IGNORECASE
)
_SOLD = re.compile(rf"\bsold\s+(?P<value>\d+)\s+(?!{_TIME})[^\W\d_]+\b", re.IGNORECASE)
"""So many of something: an order may be of several."""
_VALUE = re.compile(rf"(?<![\w.,]){NUMBER}(?!\w)", re.IGNORECASE)
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


def without_places(text: str) -> str:
    """The words without where visits were: “480 visits to the page” is “480 visits”."""
    return _THERE.sub(r"\1", text)


def earned(text: str, metrics: Metrics) -> tuple[str, dict[str, str], list[str]]:
    """The words with the names of figures for what was sold, as a number, and made, as money; the title of the figure by the word
    that was taken for its name; and what was sold of something, which may be no orders, as it was said.
    """
    taken: dict[str, str] = {}
    things: list[str] = []
    named = {metrics.by_name[folded(each)].field for each in metrics.mentions.findall(text)}

    def name(found: re.Match[str]) -> str:
        number, sold = number_in(found["value"]), found["word"].casefold() == "sold"
        if number is None or number.mark or not (number.currency or sold):
            return found[0]
        metric = metrics.named(_REVENUE if number.currency else _ORDERS)
        if metric.field in named:
            return found[0]
        taken[found["word"]] = metric.title
        return f"{metric.short} {found['value']}"

    def thing(found: re.Match[str]) -> str:
        things.append(found[0])
        return " "

    return _EARNED.sub(name, _SOLD.sub(thing, text)), taken, things


def is_only_counted(unread: str) -> bool:
    """A number of what has no place of its own in the funnel: “visitors 410”, “sold 9 bags”. What is told of it says what to
    type.
    """
    if _SOLD.fullmatch(unread):
        return True
    value = _VALUE.search(unread)
    counted = _WORD.findall(_VALUE.sub(" ", unread))
    return value is not None and len(counted) == 1 and has_no_place(counted[0])


def unplaced(unread: Sequence[str]) -> tuple[str, ...]:
    """Of what could not be placed, that which no hint speaks of by itself."""
    return tuple(each for each in unread if not is_only_counted(each))


def hints(unread: Sequence[str]) -> list[str]:
    """What to type in place of what could not be placed, where that can be said."""
    words = {each.casefold() for said in unread for each in _WORD.findall(said)}
    found = []
    if words & _VISITS:
        found.append(
            f"I left {_quoted(unread, _VISITS)} out. Visits are not kept by themselves: they count in a rate, like “conversion "
            "3.8%” (orders of every 100 visits) or “opt-in 18%” (leads of every 100)."
        )
    if words & _SEEN:
        found.append(
            f"I left {_quoted(unread, _SEEN)} out. Clicks and views are not kept by themselves: they count in “ctr 2.1%” (clicks "
            "of every 100 views)."
        )
    for each in filter(None, map(_SOLD.fullmatch, unread)):
        found.append(
            f"I left “{each[0]}” out, since one order may hold several. Type how many orders it was, like "
            f"“orders {each['value']}”, or what it brought, like “revenue 420”."
        )
    if words & _SALES:
        found.append("Sales may be a number or money: “orders 12” or “revenue 420”.")
    return found


def _quoted(unread: Sequence[str], named: frozenset[str]) -> str:
    """Those that name one of these, as they were said."""
    return " and ".join(f"“{each}”" for each in unread if named & set(_WORD.findall(each.casefold())))


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
