"""Abilities about what the asker made and measured: assets they kept, and the figures of their shop."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from core.abilities.ability import reads
from core.assets.service import Assets
from core.chat.ports import Asker, Used
from core.errors import Refusal
from core.kpis.model import Snapshot
from core.kpis.service import Snapshots, said
from core.kpis.told import told
from core.kpis.webhook import Webhooks
from core.kpis.webhook_commands import how_it_stands

LISTED_AT_MOST = 20
PERIOD = Field(description="Its number in read_snapshots: 1 is the latest", ge=1, le=200)


class NoSuchPeriod(Refusal):
    """There is no such period."""


@reads("Looking through your assets")
async def search_assets(
    asker: Asker,
    assets: Assets,
    *,
    words: Annotated[str, Field(description="Words that all have to be in it; none lists the newest", max_length=200)] = "",
    number: Annotated[int | None, Field(description="Read the whole text of the asset with this number", ge=1)] = None,
) -> Used:
    """Search what the student who asks has kept, or read one of their assets whole, by its number in the list."""
    if number is not None:
        asset = (await assets.show(asker.person, str(number))).asset
        about = f"{number}. {asset.title} ({asset.asset_type}, {asset.elevate_step.value}, {asset.status.said})"
        return Used(f"{about}\nkept on {asset.created_at.astimezone(asker.person.zone):%-d %B %Y}\n\n{asset.content}")
    found = await (assets.search(asker.person, words) if words.strip() else assets.of(asker.person))
    lines = [
        f"- {each.number}. {each.heading.title} ({each.heading.asset_type}, {each.heading.elevate_step.value}, "
        f"{each.heading.status.said}, {each.heading.created_at.astimezone(asker.person.zone):%-d %B %Y})"
        for each in found[:LISTED_AT_MOST]
    ]
    left = f"\nand {len(found) - LISTED_AT_MOST} older ones" if found[LISTED_AT_MOST:] else ""
    return Used("\n".join(lines) + left or ("None of the assets holds these words." if words else "Nothing is kept yet."))


@reads("Checking your address for figures")
async def check_webhook(asker: Asker, webhooks: Webhooks) -> Used:
    """See whether the student has an address to which other programs send figures, when the last ones came, and what was wrong
    with them. The address's token is never told here: /kpi connect shows it to the student alone.
    """
    return Used(how_it_stands(await webhooks.of(asker.person), asker.person))


@reads("Reading your figures")
async def read_snapshots(asker: Asker, snapshots: Snapshots, *, period: Annotated[int, PERIOD] = 1) -> Used:
    """Read the figures that the student who asks has logged for one period, beside the equal period before and the benchmarks,
    with the weakest link as the course's rules work it out (explain that one, and work out none of your own); and the list of
    their periods, by number.
    """
    history = await snapshots.history(asker.person)
    chosen = _chosen(history, period) if history else None
    older = [each for each in history if chosen and each.snapshot_date < chosen.snapshot_date]
    report = snapshots.report_of(asker.person, [chosen, *older]) if chosen else None
    if report is None:
        return Used("No figures are logged yet. /kpi log takes them.")
    periods = "\n".join(f"{at}. {said(each)}" for at, each in enumerate(history[:LISTED_AT_MOST], start=1))
    return Used(f"{told(report, said(report.snapshot), snapshots.diagnosis(asker.person, report))}\n\n## Periods\n{periods}")


@reads("Comparing your figures")
async def compare_periods(
    asker: Asker,
    snapshots: Snapshots,
    *,
    newer: Annotated[int, PERIOD] = 1,
    older: Annotated[int, PERIOD] = 2,
) -> Used:
    """Set two periods of the student's own figures beside each other, line by line. Only periods of equal length are compared,
    and only figures that mean the same in both.
    """
    history = await snapshots.history(asker.person)
    one, other = _chosen(history, newer), _chosen(history, older)
    lines = [
        f"- {each.metric.title}: {each.before_value or 'not comparable'} then, {each.value or 'not measured'} now"
        + (f" ({each.change})" if each.change else "")
        for each in snapshots.beside(asker.person, one, other)
        if each.kept is not None or each.before is not None
    ]
    return Used(f"## {said(one)}, compared with {said(other)}\n" + ("\n".join(lines) or "Nothing can be compared."))


def _chosen(history: tuple[Snapshot, ...], number: int) -> Snapshot:
    if number > len(history):
        there = f"There are periods 1 to {len(history)}." if history else "No figures are logged yet."
        raise NoSuchPeriod(f"There is no period {number}. {there}")
    return history[number - 1]
