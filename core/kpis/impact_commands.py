"""/kpi impact: what figures did before and after something went live."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from core.assets.model import AssetStatus
from core.assets.service import Assets
from core.command import Arg, Command
from core.kpis import impact_views
from core.kpis.impacts import Following
from core.people.model import Person
from core.request import Asked
from core.ui import Answer, Option

SUGGESTED_AT_MOST = 25
LABEL_AT_MOST = 80


async def suggest_live(typed: str, person: Person, assets: Assets) -> Sequence[Option]:
    """The person's live assets whose number or title fits what is typed, newest first."""
    wanted = typed.strip().casefold()
    return [
        Option(each.heading.id, f"{each.number}. {each.heading.title}"[:LABEL_AT_MOST])
        for each in await assets.of(person, status=AssetStatus.IMPLEMENTED)
        if not wanted or wanted == str(each.number) or wanted in each.heading.title.casefold()
    ][:SUGGESTED_AT_MOST]


@dataclass(frozen=True, slots=True)
class Followed:
    """One asset, or a page of all that are live."""

    asset: Annotated[
        str | None, Arg("Which asset", "Its number in /assets; none lists all that are live", max_length=60, suggest=suggest_live)
    ] = None
    page: Annotated[int, Arg("Page", hidden=True)] = 1


async def impact(asked: Asked, person: Person, args: Followed, following: Following) -> Answer:
    """One asset's before and after, or the list."""
    if args.asset:
        return impact_views.one(await following.of(person, args.asset, asked.at))
    return impact_views.listing(await following.page(person, asked.at, args.page))


COMMANDS = (
    Command(name=impact_views.COMMAND, summary="What moved after an asset went live", args=Followed, handler=impact, reads=True),
)
