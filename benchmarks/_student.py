"""A student with three years of weekly figures and what goes with them, for measuring and looking at the pages."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta

from bots.wiring import Program
from core.assets.service import Assets
from core.course.steps import Step
from core.ids import new_id
from core.kpis.periods import Period, Span
from core.kpis.service import Snapshots
from core.people.model import Person
from core.request import Actor, Asked

WEEKS, ASSETS = 156, 60
FIGURES: dict[str, tuple[float, float, float]] = {
    "hook_AvgCTR": (1.0, 0.007, 0.2),
    "hook_CPC": (84, -0.05, 9),
    "gift_OptInRate": (2.6, -0.006, 0.05),
    "attract_LeadsTotal": (140, 0.9, 22),
    "attract_CPL": (420, -0.6, 40),
    "nurture_EmailOpenRate": (33, 0.02, 3),
    "nurture_EmailCTR": (2.1, 0.004, 0.4),
    "sell_ConversionRate": (1.6, 0.006, 0.3),
    "convert_TotalSales": (34, 0.35, 6),
    "convert_CPA": (2150, -3.5, 180),
    "upsell_AOV": (4100, 6, 250),
    "educate_RepeatPurchaseRate": (18, 0.03, 2),
}
"""What a figure begins with, how it climbs each week, and how it swings."""
KINDS = ("Headlines", "Email", "Landing page", "Quiz", "Post")
STEPS = (Step.HOOK, Step.GIFT, Step.IDENTIFY, Step.ENGAGE, Step.SELL, Step.NURTURE, Step.UPSELL, Step.EDUCATE, Step.SHARE)
TEXT = (
    "**Your jars leak, and it is not your fault.**\n\nMost jars close with a spring that gives after a month. "
    "Ours close with water: nothing to wear out.\n\n- No smell in the kitchen\n- No lid to burp\n- Crisp every time\n\n"
    "See how it works in two minutes."
)


async def seed(program: Program, actor: Actor, at: datetime, weeks: int = WEEKS, assets: int = ASSETS) -> Person:
    """Give the actor's person weekly figures up to last Sunday, and assets of every step, every third of them live."""
    person = await program.people.introduce(
        await program.people.meet(actor, at), name=actor.name, timezone="Europe/London", at=at
    )
    snapshots: Snapshots = program.services.call(_snapshots)
    person = await snapshots.settle(person, {"currency": "GBP", "conversionBasis": "sessions", "repeatWindow": "days90"}, at)
    last = at.date() - timedelta(days=at.isoweekday() % 7 or 7)
    known = [each for each in FIGURES if each in snapshots.metrics.by_field]
    for back in range(weeks):
        week = weeks - back - 1
        figures = {name: _figure(name, week, snapshots) for name in known if (week + len(name)) % 17}
        period = Period(Span.WEEK, last - timedelta(weeks=back))
        await snapshots.log(person, period, figures, currency="GBP", at=_noon(period.end + timedelta(days=1)))
    kept: Assets = program.services.call(_assets)
    for number in range(assets):
        step, made = STEPS[number % len(STEPS)], at - timedelta(days=(assets - number) * 7 * weeks // max(1, assets))
        kind = KINDS[number % len(KINDS)]
        title = f"{kind} {number + 1} for {step.value}"
        asset = await kept.keep(person, step=step, asset_type=kind, content=TEXT, at=made, title=title)
        if number % 4 == 0:
            opened = await kept.show(person, asset.id)
            link = f"https://shop.example/{number}"
            await kept.implement(person, opened, made, since=made.date(), channel="Instagram", link=link)
    for command, words in (
        ("foundation add", "voice calm"),
        ("foundation add", "pains They leak"),
        ("nudges pick", "weekdays-9"),
    ):
        asked = Asked(id=new_id("evt"), actor=actor, address=actor.direct, at=at, command=command, words=words)
        await program.app.handle(asked)
    return person


def _figure(name: str, week: int, snapshots: Snapshots) -> int | float:
    start, climb, swing = FIGURES[name]
    value = start + climb * week + swing * math.sin(week * 0.9 + len(name)) * math.cos(week / 7)
    unit = snapshots.metrics.by_field[name].unit.value
    return round(value) if unit in ("money", "count") else round(value, 2)


def _snapshots(snapshots: Snapshots) -> Snapshots:
    return snapshots


def _assets(assets: Assets) -> Assets:
    return assets


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
