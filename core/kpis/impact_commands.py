"""/kpi impact: what figures did before and after something went live."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from core.alike import holds
from core.assets.listed import NUMBER_OR_ID
from core.assets.model import AssetStatus
from core.assets.service import Assets
from core.command import Arg, Command
from core.kpis import impact_views
from core.kpis.impacts import Following, Order
from core.listing import SEARCH_AT_MOST, Listing
from core.people.model import Person
from core.request import Asked
from core.ui import Answer, Option

SUGGESTED_AT_MOST = 25
LABEL_AT_MOST = 80


async def suggest_live(typed: str, person: Person, assets: Assets) -> Sequence[Option]:
    """The person's live assets whose number or title fits what is typed, newest first."""
    wanted = typed.strip()
    return [
        Option(each.heading.id, f"{each.number}. {each.heading.title}"[:LABEL_AT_MOST])
        for each in await assets.of(person, status=AssetStatus.IMPLEMENTED)
        if wanted == str(each.number) or holds(each.heading.title, wanted)
    ][:SUGGESTED_AT_MOST]


@dataclass(frozen=True, slots=True)
class Followed(Listing):
    """Which of all that are live; a number, or an id, is one asset."""

    search: Annotated[
        str,
        Arg("Words, or a number", "Of a title or a step; 3 opens the third", max_length=SEARCH_AT_MOST, suggest=suggest_live),
    ] = ""
    asset: Annotated[str | None, Arg("Which asset", hidden=True, max_length=60)] = None
    order: Annotated[Order, Arg("Sorted by")] = Order.LATEST


async def impact(asked: Asked, person: Person, args: Followed, following: Following) -> Answer:
    """One asset's before and after, or the list."""
    which = args.asset or (args.search.strip() if NUMBER_OR_ID.fullmatch(args.search.strip()) else "")
    if which:
        return impact_views.one(await following.of(person, which, asked.at))
    return impact_views.listing(await following.page(person, asked.at, args.words, args.order, args.page), args)


COMMANDS = (
    Command(name=impact_views.COMMAND, summary="What moved after an asset went live", args=Followed, handler=impact, reads=True),
)
