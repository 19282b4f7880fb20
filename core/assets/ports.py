"""What the assets feature asks of the record and of its neighbours."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from core.assets.model import Asset, AssetStatus, Heading, Origin
from core.course.steps import Step
from core.people.model import Person


class AssetStore(Protocol):
    """The assets of persons. Nobody else's are ever found or changed."""

    async def add(self, person: Person, asset: Asset) -> None:
        """Keep a new asset."""
        ...

    async def find(self, person: Person, asset_id: str) -> Asset | None:
        """The asset with this id, or None."""
        ...

    async def headings(self, person: Person) -> Sequence[Heading]:
        """All the person's assets without their text, in the order in which they were kept."""
        ...

    async def worded(self, person: Person) -> Sequence[tuple[Heading, Sequence[str]]]:
        """The same, each with the words by which it is found."""
        ...

    async def in_step(self, person: Person, step: Step) -> Sequence[Asset]:
        """The assets of one step whole, in the order in which they were kept."""
        ...

    async def move(
        self, person: Person, asset_id: str, *, to: AssetStatus, out_of: Collection[AssetStatus], at: datetime
    ) -> Asset | None:
        """Give the asset another status if it has one of those; None where it has not.

        Implementing sets when it went live, going back to draft forgets it and the link, archiving leaves both.
        """
        ...

    async def go_live(self, person: Person, asset: Asset) -> Asset | None:
        """Implemented from now on, with the asset's channel, link, words and times; None where it is not there."""
        ...

    async def rewrite(self, person: Person, asset: Asset, *, seen: datetime) -> Asset | None:
        """Keep the asset's title, type, channel, content and words if nobody changed it since `seen`; None if somebody did."""
        ...


class LiveWatcher(Protocol):
    """Whoever wants to know when an asset goes live. It may be told of the same again."""

    async def went_live(self, person: Person, asset: Asset, at: datetime) -> None:
        """People can see it."""
        ...


class Origins(Protocol):
    """Who knows the runs that assets came from."""

    async def of(self, person: Person, execution_id: str) -> Origin | None:
        """The run, and what of the Foundation has changed since; None where it is not there any more."""
        ...


class AssetWatcher(Protocol):
    """A feature that wants to know of every asset that is kept."""

    async def asset_kept(self, person: Person, step: Step, at: datetime) -> None:
        """Somebody kept an asset of this step."""
        ...
