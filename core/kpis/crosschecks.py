"""Figures that do not fit together: gentle remarks on what was just logged, which never keep it from being saved.

The rules are those of the course: an order with its upsell is worth no less than one without, costs follow from each other, and
figures that are all as they were may have been copied.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.kpis.figures import Stored, amount_of, roughly, shown
from core.kpis.metrics import Metrics, Unit

FAR = Decimal(2)
"""How many times as much, or as little, is no longer about the same: rates of one period are rough."""
DIGIT, DIGIT_OF = Decimal(8), Decimal(50)
"""How many times as much as last time, or as little, looks like a digit too many or too few; of counts, from that number on."""
COPIED = 3
"""Figures; fewer may well be the same by chance."""
REMARKS_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Logged:
    """The figures of a period by field, the choices they were made under, and those of the equal period before.

    `fresh` are those that were just logged: about what stood there already, nothing is said again.
    """

    figures: Mapping[str, Stored]
    fresh: Collection[str]
    meanings: Mapping[str, str]
    currency: str
    before: Mapping[str, Stored]


def remarks(metrics: Metrics, logged: Logged) -> tuple[str, ...]:
    """What does not fit together, in words, the surest first; at most three."""
    look = _Look(metrics, logged)
    return tuple(words for rule in RULES for words in rule(look))[:REMARKS_AT_MOST]


@dataclass(frozen=True, slots=True)
class _Look:
    """A look at the figures of a period."""

    metrics: Metrics
    logged: Logged

    def amounts(self, *names: str) -> list[Decimal] | None:
        """The figures in their main units; None where one is missing, or none of them is fresh."""
        if not set(names) & set(self.logged.fresh) or not set(names) <= self.logged.figures.keys():
            return None
        return [
            amount_of(self.metrics.by_field[each].meant(self.logged.meanings), self.logged.figures[each], self.logged.currency)
            for each in names
        ]

    def said(self, name: str) -> str:
        """A figure with its value, as it is read."""
        metric = self.metrics.by_field[name]
        return f"{metric.title} ({shown(metric, self.logged.figures[name], self.logged.currency)})"

    def money(self, amount: Decimal) -> str:
        """A sum that was worked out."""
        return roughly(Unit.MONEY, Decimal(round(amount)) if amount >= 100 else amount, self.logged.currency)


def _upsell_lifts(look: _Look) -> Iterator[str]:
    found = look.amounts("sell_AOV_Initial", "upsell_AOV_Final")
    if found and found[1] < found[0]:
        yield (
            f"{look.said('upsell_AOV_Final')} is below {look.said('sell_AOV_Initial')}: an upsell adds to an order. "
            "Do both count the same orders?"
        )


def _lifetime_holds_an_order(look: _Look) -> Iterator[str]:
    for order in ("upsell_AOV_Final", "sell_AOV_Initial"):
        found = look.amounts("grow_CLTV_Estimate", order)
        if found and found[0] < found[1]:
            yield (
                f"{look.said('grow_CLTV_Estimate')} is below {look.said(order)}: whoever buys once has already brought that much."
            )
            return


def _customer_pays_back(look: _Look) -> Iterator[str]:
    found = look.amounts("convert_CPA", "grow_CLTV_Estimate")
    if found and found[0] >= found[1]:
        yield (
            f"{look.said('convert_CPA')} is no less than {look.said('grow_CLTV_Estimate')}: each new customer would cost "
            "more than they bring. If both are right, that is the first thing to work on."
        )


def _sales_from_leads(look: _Look) -> Iterator[str]:
    if look.logged.meanings.get("conversionBasis") != "leads":
        return
    found = look.amounts("attract_LeadsTotal", "sell_ConversionRate", "convert_TotalSales")
    if found:
        leads, rate, orders = found
        expected = leads * rate / 100
        if orders > FAR * expected + 1:
            yield (
                f"{leads:,.0f} leads at {look.said('sell_ConversionRate')} would be about {expected:,.0f} orders; you logged "
                f"{orders:,.0f}. Fine, if the others came without being leads first."
            )


def _customer_costs_what_leads_do(look: _Look) -> Iterator[str]:
    if look.logged.meanings.get("conversionBasis") != "leads":
        return
    found = look.amounts("gift_CPL", "sell_ConversionRate", "convert_CPA")
    if found and found[1]:
        expected = found[0] / (found[1] / 100)
        if _far(found[2], expected):
            yield (
                f"{look.said('gift_CPL')} at {look.said('sell_ConversionRate')} makes about {look.money(expected)} a customer; "
                f"you logged {look.said('convert_CPA')}. Do they cover the same spending?"
            )


def _lead_costs_what_clicks_do(look: _Look) -> Iterator[str]:
    found = look.amounts("hook_CPC", "gift_OptInRate", "gift_CPL")
    if found and found[1]:
        expected = found[0] / (found[1] / 100)
        if _far(found[2], expected):
            yield (
                f"{look.said('hook_CPC')} at {look.said('gift_OptInRate')} makes about {look.money(expected)} a lead; you logged "
                f"{look.said('gift_CPL')}. Do they count the same clicks?"
            )


def _order_value(look: _Look) -> Iterator[str]:
    found = look.amounts("revenue", "convert_TotalSales", "sell_AOV_Initial")
    if found and found[1]:
        average = found[0] / found[1]
        final = look.logged.figures.get("upsell_AOV_Final")
        highest = max(found[2], amount_of(look.metrics.by_field["upsell_AOV_Final"], final or 0, look.logged.currency))
        if average > FAR * highest or FAR * average < found[2]:
            yield (
                f"{look.said('revenue')} over {found[1]:,.0f} orders makes {look.money(average)} an order; you logged "
                f"{look.said('sell_AOV_Initial')}."
            )


def _all_as_it_was(look: _Look) -> Iterator[str]:
    fresh = [each for each in look.logged.fresh if each in look.logged.before]
    same = [each for each in fresh if look.logged.before[each] == look.logged.figures[each]]
    if len(same) >= COPIED and len(same) == len(look.logged.fresh):
        yield "All of these are exactly what they were last time. If they were copied by mistake, log the new ones over them."


def _a_digit_slipped(look: _Look) -> Iterator[str]:
    for name in look.logged.fresh:
        metric = look.metrics.by_field[name].meant(look.logged.meanings)
        if name not in look.logged.before or metric.unit not in (Unit.COUNT, Unit.MONEY):
            continue
        was = look.logged.before[name]
        now, then = (amount_of(metric, each, look.logged.currency) for each in (look.logged.figures[name], was))
        less, more = sorted((now, then))
        if less > 0 and more >= DIGIT * less and (metric.unit is Unit.MONEY or more >= DIGIT_OF):
            how = "times as much as" if now > then else "times less than"
            last_time = shown(metric, was, look.logged.currency)
            yield f"{look.said(name)} is about {round(more / less):,} {how} last time ({last_time}). Did a digit slip?"
            return


def _far(amount: Decimal, expected: Decimal) -> bool:
    return amount > FAR * expected or FAR * amount < expected


RULES: tuple[Callable[[_Look], Iterator[str]], ...] = (
    _upsell_lifts,
    _all_as_it_was,
    _a_digit_slipped,
    _lifetime_holds_an_order,
    _customer_pays_back,
    _customer_costs_what_leads_do,
    _lead_costs_what_clicks_do,
    _sales_from_leads,
    _order_value,
)
