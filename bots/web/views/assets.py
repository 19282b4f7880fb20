"""My assets: all that was kept, to be found, copied, changed and put live; and one of them whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Literal
from urllib.parse import urlencode

from markupsafe import Markup

from bots.web.pages import Shown, Visit, WebPage
from bots.web.views.kpi_choice import page_in
from core import markdown
from core.assets import forms, views
from core.assets.model import AssetStatus, Entry, Heading, Opened, Origin
from core.assets.service import Assets
from core.course.steps import Step, step_named
from core.kpis import impact_views
from core.kpis.impact_words import briefly
from core.kpis.impacts import Following, Impact
from core.people.model import Person
from core.ui import Buttons

PATH = "/assets"
ROWS = 20
WORDS_AT_MOST = 80
DRAWN_AT_MOST, OF_LONG_ONES = 12_000, 4_000
"""Characters of a text that are shown, and of a longer one: the copy and the form have all of it."""
Sorting = Literal["changed", "oldest", "title", "step"]
SORTS: Mapping[Sorting, str] = {"changed": "Last changed", "oldest": "Oldest first", "title": "Title", "step": "Step"}
SIGNS = {AssetStatus.DRAFT: "◦", AssetStatus.IMPLEMENTED: "✓", AssetStatus.ARCHIVED: "–"}
"""A sign of its own for each status, beside its word and colour."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the list is wanted, as it stands in the page's address. Without a status, all but the archived ones."""

    step: Step | None = None
    status: AssetStatus | None = None
    words: str = ""
    sort: Sorting = "changed"
    page: int = 1

    def address(self, part: str = "", **others: str) -> str:
        """The page with this choice, where nothing else is said; a value of "" is left away."""
        pairs = {"step": self.step.value if self.step else "", "status": self.status.value if self.status else ""}
        pairs |= {"q": self.words, "sort": self.sort if self.sort != "changed" else ""}
        pairs |= {"page": str(self.page) if self.page > 1 else ""}
        kept = {name: value for name, value in {**pairs, **others}.items() if value}
        return f"{PATH}{f'?{urlencode(kept)}' if kept else ''}{f'#{part}' if part else ''}"


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
    wanted = _wanted(visit.query)
    if visit.query.get("open"):
        whole = await _whole(visit, person, assets, following, wanted)
        return Shown("asset.html", {"whole": whole, "wanted": wanted, "signs": SIGNS}, title=whole.opened.asset.title)
    visit.draw.ways = visit.draw.ways.back_to(wanted.address())
    every = await assets.every(person)
    found = _sorted(await _found(person, assets, every, wanted), wanted.sort)
    pages = max(1, -(-len(found) // ROWS))
    page = min(wanted.page, pages)
    entries = found[(page - 1) * ROWS : page * ROWS]
    live = {each.heading.id for each in entries if each.heading.status is AssetStatus.IMPLEMENTED}
    impacts = await following.among(person, every, live, visit.at) if live else {}
    counts = {each: sum(1 for one in every if one.status is each) for each in AssetStatus}
    return Shown(
        "assets.html",
        {
            "wanted": wanted,
            "rows": [_row(person, each, impacts.get(each.heading.id)) for each in entries],
            "page": page,
            "pages": pages,
            "total": len(found),
            "every": len(every),
            "counts": counts,
            "steps": tuple(Step),
            "statuses": tuple(AssetStatus),
            "sorts": SORTS,
            "signs": SIGNS,
        },
    )


def _wanted(query: Mapping[str, str]) -> Wanted:
    """What an address asks for; what it asks for and is not there is left out."""
    named = query.get("status", "").casefold()
    status = next((each for each in AssetStatus if each.value.casefold() == named), None)
    sort: Sorting = next((each for each in SORTS if each == query.get("sort")), "changed")
    words = " ".join(query.get("q", "").split())[:WORDS_AT_MOST]
    return Wanted(step_named(query.get("step", "")), status, words, sort, page_in(query))


async def _found(person: Person, assets: Assets, every: Sequence[Heading], wanted: Wanted) -> list[Entry]:
    entries = [Entry(number, each) for number, each in enumerate(every, start=1)]
    if wanted.words:
        fitting = {each.heading.id for each in await assets.search(person, wanted.words)}
        entries = [each for each in entries if each.heading.id in fitting]
    return [
        each
        for each in entries
        if wanted.step in (None, each.heading.elevate_step)
        and (each.heading.status is wanted.status if wanted.status else each.heading.status is not AssetStatus.ARCHIVED)
    ]


def _sorted(entries: list[Entry], sort: Sorting) -> list[Entry]:
    newest = sorted(entries, key=attrgetter("heading.last_updated_at"), reverse=True)
    match sort:
        case "changed":
            return newest
        case "oldest":
            return sorted(entries, key=attrgetter("heading.created_at"))
        case "title":
            return sorted(newest, key=lambda each: each.heading.title.casefold())
        case "step":
            return sorted(newest, key=lambda each: each.heading.elevate_step.number)


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
