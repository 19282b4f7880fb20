"""Keeping assets, finding them again, and moving them from draft to live."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time

from core.alike import words_in
from core.assets.listed import NUMBER_OR_ID, entries_of, fitting, in_order, meant
from core.assets.model import Asset, AssetStatus, Entry, Heading, Opened, Order, Origin, words_of
from core.assets.ports import AssetStore, AssetWatcher, LiveWatcher, Origins
from core.course.steps import Step
from core.errors import AlreadyThere, Changed, NotFound, Refusal
from core.ids import made_id, new_id
from core.people.model import Person

CONTENT_AT_MOST = 50_000
TITLE_AT_MOST = 120
LINK = re.compile(r"https?://\S+")
ADDRESS = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?:[/?#:]\S*)?")
"""An address as it stands on a card or in a browser, without https:// before it."""


class NothingToKeep(Refusal):
    """There is nothing to keep yet: the text is empty. Paste or write it, then save again."""


class TooLongToKeep(Refusal):
    """This is too long to keep in one piece. Split it into parts, and save each."""


class StillToCome(Refusal):
    """That day is still to come. Say that it is live once people can see it."""


class NoLink(Refusal):
    """A link begins with https:// and has no spaces."""


class NoSuchAsset(NotFound):
    """There is no such asset. /assets lists yours with their numbers."""


class Assets:
    """What a student kept.

    An asset is named by its whole id (buttons), by its number in the list, or by the last four characters of its id.
    """

    def __init__(
        self,
        store: AssetStore,
        watchers: Sequence[AssetWatcher] = (),
        origins: Origins | None = None,
        live: Sequence[LiveWatcher] = (),
    ) -> None:
        """`watchers` are told of what is kept, and `live` of what goes live."""
        self._store = store
        self._live = tuple(live)
        self._watchers = tuple(watchers)
        self._origins = origins

    async def keep(
        self,
        person: Person,
        *,
        step: Step,
        asset_type: str,
        content: str,
        at: datetime,
        title: str = "",
        channel: str | None = None,
        execution_id: str | None = None,
        request: str = "",
    ) -> Asset:
        """Keep a piece of work as a draft. Without a title, its first line becomes one.

        `request` is the id of the event that asks for it: answered again after a crash, it keeps nothing a second time.

        Raises:
            NothingToKeep: the content is empty.
            TooLongToKeep: it has more than 50,000 characters.
        """
        _refuse_unfit(content)
        title = title_from(title or content)
        asset = Asset(
            id=made_id("ast", f"{person.user_id} {request}") if request else new_id("ast"),
            user_id=person.user_id,
            organization_id=person.organization_id,
            prompt_execution_id=execution_id,
            elevate_step=Step(step),
            asset_type=asset_type.strip(),
            title=title,
            channel=channel or None,
            created_at=at,
            last_updated_at=at,
            content=content,
            words=words_of(title, asset_type, channel or "", content),
        )
        with suppress(AlreadyThere):
            await self._store.add(person, asset)
        for watcher in self._watchers:
            await watcher.asset_kept(person, asset.elevate_step, at)
        return asset

    async def of(self, person: Person, step: Step | None = None, status: AssetStatus | None = None) -> tuple[Entry, ...]:
        """The person's assets, newest first; without a status, all but the archived ones."""
        return tuple(entries_of(await self._store.headings(person), step, status))

    async def listed(
        self,
        person: Person,
        search: str = "",
        order: Order = Order.CHANGED,
        *,
        step: Step | None = None,
        status: AssetStatus | None = None,
    ) -> Sequence[Entry]:
        """The same that hold the searched words in their title, kind, channel or text, in this order.

        One person's headings are sorted in memory; so are their words compared, which the record keeps apart from the texts.
        """
        if not search:
            return in_order(await self.of(person, step, status), order)
        worded = await self._store.worded(person)
        found = fitting({each.id: words for each, words in worded}, search)
        entries = entries_of([each for each, _ in worded], step, status)
        return in_order([each for each in entries if each.heading.id in found], order)

    async def every(self, person: Person) -> Sequence[Heading]:
        """All the person's assets, the archived ones too, in the order of their numbers."""
        return await self._store.headings(person)

    async def show(self, person: Person, reference: str) -> Opened:
        """The asset that the reference names: its number, id or title, or words that only its title holds.

        Raises:
            NoSuchAsset: none is named by it, or more than one.
        """
        headings = await self._store.headings(person)
        entries = [(at, each.id) for at, each in enumerate(headings, start=1)]
        found = [entries[at] for at in meant(reference, headings)]
        if len(found) > 1:
            numbers = " and ".join(str(at) for at, _ in found)
            raise NoSuchAsset(f"“{reference}” could be your assets {numbers}. Say which number you mean.")
        if not found:
            most = f"Yours have the numbers 1 to {len(entries)}." if entries else "You have kept none yet."
            raise NoSuchAsset(f"There is no asset “{reference}”. {most} /assets lists them.")
        number, key = found[0]
        asset = await self._store.find(person, key)
        if asset is None:
            raise NoSuchAsset()
        return Opened(number, asset)

    async def named(self, person: Person, reference: str) -> Opened | None:
        """The asset that the words name by a number or an id; None where they name none, and are words to look for."""
        if not NUMBER_OR_ID.fullmatch(reference):
            return None
        with suppress(NoSuchAsset):
            return await self.show(person, reference)
        return None

    async def edit(
        self,
        person: Person,
        opened: Opened,
        *,
        title: str,
        asset_type: str,
        content: str,
        channel: str | None,
        seen: datetime,
        at: datetime,
    ) -> Opened:
        """Keep a new text for the asset, as it was seen at `seen`.

        Raises:
            Changed: it was changed since then.
        """
        _refuse_unfit(content)
        title = title_from(title or content)
        changed = opened.asset.model_copy(
            update={
                "title": title,
                "asset_type": asset_type.strip(),
                "content": content,
                "channel": channel or None,
                "words": words_of(title, asset_type, channel or "", content),
                "last_updated_at": at,
            }
        )
        kept = await self._store.rewrite(person, changed, seen=seen)
        if kept is None:
            raise Changed()
        return Opened(opened.number, kept)

    async def origin(self, person: Person, opened: Opened) -> Origin | None:
        """The run that the asset came from; None where it was made elsewhere, or the run is not there any more."""
        key = opened.asset.prompt_execution_id
        return await self._origins.of(person, key) if key and self._origins else None

    async def implement(
        self,
        person: Person,
        opened: Opened,
        at: datetime,
        *,
        since: date | None = None,
        channel: str | None = None,
        link: str | None = None,
    ) -> Opened:
        """It went live, on the day `since` of the person's own calendar; without one, as was said before, or else today.

        Raises:
            StillToCome: that day is in the future.
            NoLink: the link is none.
        """
        asset = opened.asset
        if link and ADDRESS.fullmatch(link):
            link = f"https://{link}"
        if link and not LINK.fullmatch(link):
            raise NoLink()
        channel, link = channel or asset.channel, link or asset.link
        live = asset.model_copy(
            update={
                "channel": channel,
                "link": link,
                "words": words_of(asset.title, asset.asset_type, channel or "", asset.content),
                "implemented_at": _live_at(person, asset, since, at),
                "last_updated_at": at,
            }
        )
        kept = await self._store.go_live(person, live)
        if kept is None:
            raise NoSuchAsset()
        for watcher in self._live:
            await watcher.went_live(person, kept, at)
        return Opened(opened.number, kept)

    async def archive(self, person: Person, opened: Opened, at: datetime) -> Opened:
        """It is out of use."""
        return await self._move(person, opened, AssetStatus.ARCHIVED, at)

    async def back_to_draft(self, person: Person, opened: Opened, at: datetime) -> Opened:
        """It is being worked on again."""
        return await self._move(person, opened, AssetStatus.DRAFT, at)

    async def latest_by_step(self, person: Person, step: Step, limit: int) -> tuple[Asset, ...]:
        """The newest assets of a step that are not archived, newest first, whole."""
        found = [each for each in await self._store.in_step(person, step) if each.status is not AssetStatus.ARCHIVED]
        return tuple(reversed(found))[:limit]

    async def search(self, person: Person, typed: str) -> tuple[Entry, ...]:
        """The assets that hold all of the typed words, the archived ones too, newest first."""
        worded = await self._store.worded(person) if words_in(typed) else ()
        found = fitting({each.id: words for each, words in worded}, typed)
        return tuple(reversed([Entry(at, each) for at, (each, _) in enumerate(worded, start=1) if each.id in found]))

    async def _move(self, person: Person, opened: Opened, to: AssetStatus, at: datetime) -> Opened:
        others = frozenset(AssetStatus) - {to}
        moved = await self._store.move(person, opened.asset.id, to=to, out_of=others, at=at)
        if moved is None:
            moved = await self._store.find(person, opened.asset.id)
        if moved is None:
            raise NoSuchAsset()
        return Opened(opened.number, moved)


def title_from(text: str) -> str:
    """The first line with words in it, without Markdown marks, cut to fit."""
    lines = (line.strip(" \t#*_>-`") for line in text.splitlines())
    first = next((line for line in lines if line), "Untitled")
    return first if len(first) <= TITLE_AT_MOST else first[: TITLE_AT_MOST - 1].rstrip() + "…"


def _live_at(person: Person, asset: Asset, since: date | None, at: datetime) -> datetime:
    """The moment that stands for the day on which it went live: now for today, and noon for another day."""
    today = at.astimezone(person.zone).date()
    if since is None:
        return asset.implemented_at or at
    if since > today:
        raise StillToCome()
    if asset.implemented_at and asset.implemented_at.astimezone(person.zone).date() == since:
        return asset.implemented_at
    return at if since == today else datetime.combine(since, time(12), tzinfo=person.zone).astimezone(UTC)


def _refuse_unfit(content: str) -> None:
    if not content.strip():
        raise NothingToKeep()
    if len(content) > CONTENT_AT_MOST:
        raise TooLongToKeep(
            f"This has {len(content):,} characters; at most {CONTENT_AT_MOST:,} can be kept in one piece. "
            "Split it into parts, and save each."
        )
