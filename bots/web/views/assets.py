"""My assets: all that was kept, to be found, copied, changed and put live; and one of them whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from bots.web.pages import Shown, Visit, WebPage
from bots.web.views.lists import address, asking_of, orders_of
from core import markdown
from core.assets import forms, views
from core.assets.commands import Narrowed
from core.assets.model import AssetStatus, Entry, Heading, Opened, Origin
from core.assets.service import Assets
from core.course.steps import Step
from core.kpis import impact_views
from core.kpis.impact_words import briefly
from core.kpis.impacts import Following, Impact
from core.listing import GLANCED, leaf_of
from core.people.model import Person
from core.ui import Buttons

PATH = "/assets"
ROWS = 20
WORDS_AT_MOST = 80
DRAWN_AT_MOST, OF_LONG_ONES = 12_000, 4_000
"""Characters of a text that are shown, and of a longer one: the copy and the form have all of it."""
SIGNS = {AssetStatus.DRAFT: "◦", AssetStatus.IMPLEMENTED: "✓", AssetStatus.ARCHIVED: "–"}
"""A sign of its own for each status, beside its word and colour."""
COUNTED: Mapping[AssetStatus, Callable[[int], str]] = {
    AssetStatus.DRAFT: lambda count: "draft" if count == 1 else "drafts",
    AssetStatus.IMPLEMENTED: lambda _: AssetStatus.IMPLEMENTED.said.lower(),
    AssetStatus.ARCHIVED: lambda _: AssetStatus.ARCHIVED.said.lower(),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the list is wanted, as it stands in the page's address. Without a status, all but the archived ones."""

    asking: Narrowed

    def address(self, part: str = "", **others: str) -> str:
        """The page with this choice, where nothing else is said; a value of "" is left away."""
        return address(PATH, self.asking, f"#{part}" if part else "", **others)


@dataclass(frozen=True, slots=True)
class Row:
    """An asset as a line of the list, with what was found before and after, where it is live."""

    number: int
    heading: Heading
    changed: str
    impact: str


@dataclass(frozen=True, slots=True)
class Whole:
    """An asset with its text, drawn and as it is copied, and the form that is open in it."""

    number: int
    opened: Opened
    drawn: Markup
    cut: bool
    plain: str
    kept: str
    live_since: str
    origin: Origin | None
    impact: Markup | None
    form: Markup | None
    doing: str


async def show(visit: Visit, person: Person, assets: Assets, following: Following) -> Shown:
    """The list; `?open=<asset>` shows one whole, with `do=edit` or `do=live` its form."""
    wanted = Wanted(asking_of(Narrowed, visit.query))
    if visit.query.get("open"):
        whole = await _whole(visit, person, assets, following, wanted)
        return Shown("asset.html", {"whole": whole, "wanted": wanted, "signs": SIGNS}, title=whole.opened.asset.title)
    visit.draw.ways = visit.draw.ways.back_to(wanted.address())
    every = await assets.every(person)
    asking = wanted.asking
    found = await assets.listed(person, asking.words, asking.order, step=asking.step, status=asking.status)
    leaf = leaf_of(found, asking.page, ROWS)
    entries = leaf.rows
    live = {each.heading.id for each in entries if each.heading.status is AssetStatus.IMPLEMENTED}
    impacts = await following.among(person, every, live, visit.at) if live else {}
    counts = {each: sum(1 for one in every if one.status is each) for each in AssetStatus}
    return Shown(
        "assets.html",
        {
            "wanted": wanted,
            "rows": [_row(person, each, impacts.get(each.heading.id)) for each in entries],
            "page": leaf.number,
            "pages": leaf.pages,
            "total": leaf.count,
            "every": len(every),
            "counts": counts,
            "counted": [f"{counts[each]:,} {named(counts[each])}" for each, named in COUNTED.items() if counts[each]],
            "glanced": GLANCED,
            "steps": tuple(Step),
            "statuses": tuple(AssetStatus),
            "orders": orders_of(Narrowed),
            "signs": SIGNS,
        },
    )


def _row(person: Person, entry: Entry, impact: Impact | None) -> Row:
    return Row(entry.number, entry.heading, views.day(person, entry.heading.last_updated_at), briefly(impact) if impact else "")


async def _whole(visit: Visit, person: Person, assets: Assets, following: Following, wanted: Wanted) -> Whole:
    """One asset. Raises `NoSuchAsset`."""
    opened = await assets.show(person, visit.query["open"][:WORDS_AT_MOST])
    asset, doing = opened.asset, visit.query.get("do", "")
    here = wanted.address(open=asset.id)
    visit.draw.ways = visit.draw.ways.back_to(here)
    impact = None
    if asset.status is AssetStatus.IMPLEMENTED:
        found = (await following.among(person, await assets.every(person), {asset.id}, visit.at)).get(asset.id)
        impact = _impact(visit, found) if found else None
    cut = len(asset.content) > DRAWN_AT_MOST
    form = {"edit": lambda: forms.edit_form(opened), "live": lambda: forms.live_form(person, opened, visit.at)}.get(doing)
    return Whole(
        opened.number,
        opened,
        visit.draw.ways.prose(asset.content[:OF_LONG_ONES] if cut else asset.content),
        cut,
        markdown.plain(asset.content),
        views.day(person, asset.created_at),
        views.day(person, asset.implemented_at) if asset.implemented_at else "",
        await assets.origin(person, opened),
        impact,
        visit.draw.form(form(), f"{here}#asset") if form else None,
        doing if form else "",
    )


def _impact(visit: Visit, found: Impact) -> Markup:
    """The verdict, the figures and the picture of what followed; the ways on are on this page already."""
    card = impact_views.one(found).cards[0]
    body = tuple(each for each in card.body if not isinstance(each, Buttons))
    return visit.draw.card(replace(card, title="Before and after", body=body))


PAGE = WebPage(PATH, "My assets", show)
