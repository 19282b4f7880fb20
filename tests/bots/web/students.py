"""Students whose figures and assets the pages show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bots.backing import now
from core.assets.service import Assets
from core.course.steps import Step
from core.ids import new_id
from core.kpis.metrics import Metric
from core.kpis.periods import Period, Span
from core.kpis.service import Snapshots
from core.people.model import Person
from core.request import Actor, Asked
from tests.bots.web.dashboards import NORA, Served

OPT_IN, LEADS = "gift_OptInRate", "attract_LeadsTotal"


def named(user: str) -> Actor:
    """Somebody of their own: what one test keeps is none of another's."""
    return replace(NORA, user=user, name=user)


async def logs(served: Served, actor: Actor, *weeks: dict[str, int | float]) -> Person:
    """They log a week each, the last of which ended yesterday."""
    person, snapshots = await served.person(actor), _snapshots(served)
    person = await snapshots.settle(person, {"currency": "GBP"}, now())
    yesterday = now().date() - timedelta(days=1)
    for back, figures in enumerate(reversed(weeks)):
        end = yesterday - timedelta(weeks=back)
        at = datetime(end.year, end.month, end.day, 20, tzinfo=UTC)
        await snapshots.log(person, Period(Span.WEEK, end), figures, currency="GBP", at=at)
    return person


def metrics_of(served: Served) -> Sequence[Metric]:
    """Every figure of the course."""
    return _snapshots(served).metrics.file.metrics


async def keeps(served: Served, actor: Actor, *titles: str, step: Step = Step.HOOK) -> list[str]:
    """They keep assets of these titles; returns their ids."""
    person, assets = await served.person(actor), _assets(served)
    kept = [
        await assets.keep(person, step=step, asset_type="Email", content=f"**{title}** and a seal.", title=title, at=now())
        for title in titles
    ]
    return [each.id for each in kept]


async def asks(served: Served, actor: Actor, command: str, words: str = "", **values: str) -> None:
    """What they do in chat meanwhile."""
    asked = Asked(
        id=new_id("evt"), actor=actor, address=actor.direct, at=now(), command=command, words=words, values=values, submitted=True
    )
    await served.program.app.handle(asked)


def _snapshots(served: Served) -> Snapshots:
    def found(snapshots: Snapshots) -> Snapshots:
        return snapshots

    built: Snapshots = served.program.services.call(found)
    return built


def _assets(served: Served) -> Assets:
    def found(assets: Assets) -> Assets:
        return assets

    built: Assets = served.program.services.call(found)
    return built
