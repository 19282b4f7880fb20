"""/assets: what I kept, by step, from draft to live."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Annotated

from core.alike import holds
from core.assets import views
from core.assets.copying import Format, copy
from core.assets.forms import CHANNEL_AT_MOST, EDITS, GOES_LIVE, KIND_AT_MOST, LINK_AT_MOST, edit_form, live_form
from core.assets.model import AssetStatus, Opened, Order
from core.assets.service import CONTENT_AT_MOST, TITLE_AT_MOST, Assets, NoLink, NothingToKeep, StillToCome
from core.command import Arg, Command, OnMessage, Pace
from core.course.closing import Closing
from core.course.service import Progress
from core.course.steps import Step
from core.errors import Changed
from core.listing import SEARCH_AT_MOST, Listing
from core.people.model import Person
from core.request import Asked, Typed
from core.ui import Answer, Kind, Message, Option

SUGGESTED_AT_MOST = 25


async def suggest_asset(typed: str, person: Person, assets: Assets) -> Sequence[Option]:
    """The person's assets whose number or title fits what is typed, newest first."""
    wanted = typed.strip()
    return [
        Option(each.heading.id, views.cut(f"{each.number}. {each.heading.title}", 80))
        for each in await assets.of(person)
        if wanted == str(each.number) or holds(each.heading.title, wanted)
    ][:SUGGESTED_AT_MOST]


STATUSES = tuple(Option(each.value, each.said) for each in AssetStatus)


@dataclass(frozen=True, slots=True)
class Narrowed(Listing):
    """Which assets to list; a number, or an id, opens one."""

    search: Annotated[
        str,
        Arg("Words, or a number", "Words that are in it; 3 opens the third", max_length=SEARCH_AT_MOST, suggest=suggest_asset),
    ] = ""
    step: Annotated[Step | None, Arg("Step", "The step of the course")] = None
    status: Annotated[AssetStatus | None, Arg("Status", "Draft, live or archived", options=STATUSES)] = None
    order: Annotated[Order, Arg("Sorted by")] = Order.CHANGED


@dataclass(frozen=True, slots=True)
class Named:
    """One asset."""

    asset: Annotated[str, Arg("Which asset", "Its title, or its number in /assets", max_length=60, suggest=suggest_asset)]


@dataclass(frozen=True, slots=True)
class Copied:
    """One asset, and what its copy is to be written in."""

    asset: Annotated[str, Arg("Which asset", "Its title, or its number in /assets", max_length=60, suggest=suggest_asset)]
    wanted: Annotated[Format, Arg("As", "Plain text, or Markdown with its signs")] = Format.PLAIN


@dataclass(frozen=True, slots=True)
class Live:
    """One asset, and where and since when people can see it."""

    asset: Annotated[str, Arg("Which asset", "Its title, or its number in /assets", max_length=60, suggest=suggest_asset)]
    since: Annotated[date | None, Arg("Live since", "A day such as 31 March or last Friday", gone=True)] = None
    channel: Annotated[str | None, Arg("Channel", "Where it runs, such as Instagram", max_length=CHANNEL_AT_MOST)] = None
    link: Annotated[str | None, Arg("Link", "Where it can be seen", max_length=LINK_AT_MOST)] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Something made elsewhere."""

    step: Annotated[Step, Arg("Step", "The step of the course it belongs to")]
    asset_type: Annotated[str, Arg("What it is", "Headlines, email, landing page …", max_length=KIND_AT_MOST)]
    title: Annotated[str, Arg("Title", "Leave it empty to take the first line", max_length=TITLE_AT_MOST)] = ""
    channel: Annotated[str, Arg("Channel", "Where it runs, such as Instagram", max_length=CHANNEL_AT_MOST)] = ""
    content: Annotated[str, Arg("The text itself", "Paste it here", Kind.LONG, CONTENT_AT_MOST)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """One asset, and its new text. What is not given stays as it is; `rest` brings when it was last seen."""

    asset: Annotated[str, Arg("Which asset", "Its title, or its number in /assets", max_length=60, suggest=suggest_asset)]
    asset_type: Annotated[str | None, Arg("What it is", max_length=KIND_AT_MOST)] = None
    title: Annotated[str | None, Arg("Title", max_length=TITLE_AT_MOST)] = None
    channel: Annotated[str | None, Arg("Channel", max_length=CHANNEL_AT_MOST)] = None
    content: Annotated[str | None, Arg("The text itself", "", Kind.LONG, CONTENT_AT_MOST)] = None
    rest: Mapping[str, Typed] = field(default_factory=dict)


async def listing(person: Person, args: Narrowed, assets: Assets) -> Answer:
    """A page of the list; with an asset's number, that asset."""
    which = args.search.strip()
    opened = await assets.named(person, which) if which else None
    if opened is not None:
        return await _shown(person, opened, assets)
    found = await assets.listed(person, args.words, args.order, step=args.step, status=args.status)
    if not found and args.words and args.status is None:  # what was put away is looked through only then
        archived = replace(args, status=AssetStatus.ARCHIVED)
        away = await assets.listed(person, args.words, args.order, step=args.step, status=AssetStatus.ARCHIVED)
        args, found = (archived, away) if away else (args, found)
    return views.listing(person, found, args, args.step, args.status)


async def show(person: Person, args: Named, assets: Assets) -> Answer:
    """One asset."""
    return await _shown(person, await assets.show(person, args.asset), assets)


async def copied(person: Person, args: Copied, assets: Assets) -> Answer:
    """One asset's text alone."""
    return copy(await assets.show(person, args.asset), args.wanted)


async def add(asked: Asked, person: Person, args: Made, assets: Assets, progress: Progress) -> Answer:
    """Keep something made elsewhere, and say so where that completes its module."""
    closing = await Closing(progress, person, args.step).before()
    kept = await assets.keep(
        person,
        step=args.step,
        asset_type=args.asset_type,
        content=args.content,
        title=args.title,
        channel=args.channel,
        at=asked.at,
        request=asked.id,
    )
    added = await _shown(person, await assets.show(person, kept.id), assets, "Kept as a draft.")
    return replace(added, cards=(*added.cards, *await closing.cards()))


async def edit(asked: Asked, person: Person, args: Edited, assets: Assets) -> Answer:
    """Open an asset's text in a form; sent back, keep it."""
    opened = await assets.show(person, args.asset)
    if not asked.submitted:
        return edit_form(opened)
    if not args.content:
        return edit_form(opened, asked.values, NothingToKeep().message)
    asset, seen = opened.asset, args.rest.get("seen")
    try:
        changed = await assets.edit(
            person,
            opened,
            title=args.title or "",
            asset_type=args.asset_type or asset.asset_type,
            content=args.content,
            channel=args.channel,
            seen=datetime.fromisoformat(seen) if isinstance(seen, str) else asset.last_updated_at,
            at=asked.at,
        )
    except Changed:
        clash = "This was changed elsewhere meanwhile. Save again to put your text in its place."
        return edit_form(await assets.show(person, asset.id), asked.values, clash)
    return await _shown(person, changed, assets, "Saved.")


async def implement(asked: Asked, person: Person, args: Live, assets: Assets) -> Answer:
    """It went live: ask since when and where, then keep that."""
    opened = await assets.show(person, args.asset)
    if not asked.submitted and args.since is None:
        return live_form(person, opened, asked.at)
    try:
        moved = await assets.implement(
            person, opened, asked.at, since=args.since, channel=args.channel, link=(args.link or "").strip()
        )
    except (StillToCome, NoLink) as trouble:
        name = "since" if isinstance(trouble, StillToCome) else "link"
        return live_form(person, opened, asked.at, asked.values, {name: trouble.message})
    return await _shown(person, moved, assets, "It counts as live from that day. Log your figures after a full period: /kpi log")


async def archive(asked: Asked, person: Person, args: Named, assets: Assets) -> Answer:
    """It is out of use."""
    moved = await assets.archive(person, await assets.show(person, args.asset), asked.at)
    return await _shown(person, moved, assets, "Archived. It is kept, and leaves the list.")


async def draft(asked: Asked, person: Person, args: Named, assets: Assets) -> Answer:
    """It is being worked on again."""
    moved = await assets.back_to_draft(person, await assets.show(person, args.asset), asked.at)
    return await _shown(person, moved, assets, "It is a draft again.")


async def _shown(person: Person, opened: Opened, assets: Assets, told: str = "") -> Message:
    return views.opened(person, opened, await assets.origin(person, opened), told)


IMPLEMENT = Command(name=GOES_LIVE, summary="Say that an asset is live", args=Live, handler=implement, pace=Pace.FORM)
EDIT = Command(name=EDITS, summary="Change an asset's text", args=Edited, handler=edit, pace=Pace.FORM)
COMMANDS = (
    Command(name="assets list", summary="What you kept, to be found and opened", args=Narrowed, handler=listing, reads=True),
    Command(name="assets show", summary="Open an asset", args=Named, handler=show, reads=True),
    Command(
        name="assets add",
        summary="Keep something you made elsewhere",
        args=Made,
        handler=add,
        pace=Pace.FORM,
        on_message=OnMessage("Save as asset", "content"),
    ),
    EDIT,
    Command(name="assets copy", summary="An asset's text alone, to be copied", args=Copied, handler=copied, reads=True),
    IMPLEMENT,
    Command(name="assets archive", summary="Put an asset away", args=Named, handler=archive),
    Command(name="assets draft", summary="Make an asset a draft again", args=Named, handler=draft),
)
