"""What went live, as marks on the trend of a figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from zoneinfo import ZoneInfo

from core.assets.model import AssetStatus, Heading
from core.kpis.impact import Launch
from core.kpis.metrics import Level, Metric
from core.kpis.periods import Period
from core.kpis.windows import begins
from core.ui import Mark

WORDS_AT_MOST = 24


def launches(assets: Iterable[Heading], zone: ZoneInfo) -> tuple[Launch, ...]:
    """What ever went live, archived or not, each on its day in this zone."""
    return tuple(
        Launch(each.id, each.elevate_step, each.implemented_at.astimezone(zone).date())
        for each in assets
        if each.implemented_at and each.status is not AssetStatus.DRAFT
    )


def marks_of(assets: Sequence[Heading], metric: Metric, labels: Sequence[tuple[str, Period]], zone: ZoneInfo) -> tuple[Mark, ...]:
    """A mark at each of the chart's labels in whose period something of the figure's step went live, or right before it.

    `labels` are the chart's own, oldest first, with their periods. What went live before the first of them, or after the last, is
    not on the picture. A figure of the whole funnel is marked with every step.
    """
    titles = {each.id: each.title for each in assets}
    found: dict[str, list[Launch]] = {}
    for each in sorted(launches(assets, zone), key=lambda each: (each.on, each.id)):
        if metric.level is not Level.ALL and each.step is not metric.step:
            continue
        at = next((label for label, period in labels if each.on <= period.end), None)
        if at is not None and each.on >= begins(labels[0][1]):
            found.setdefault(at, []).append(each)
    return tuple(_mark(at, live, titles) for at, live in found.items())


def _mark(at: str, live: Sequence[Launch], titles: Mapping[str, str]) -> Mark:
    """One asset is named with its own day, which is seldom the one at which its period ends."""
    if len(live) > 1:
        return Mark(at, f"{len(live)} assets live")
    [one] = live
    title = titles[one.id]
    named = title if len(title) <= WORDS_AT_MOST else title[: WORDS_AT_MOST - 1].rstrip() + "…"
    return Mark(at, f"{one.on:%-d %b}: {named} live", dated=True)
