"""What students kept, in the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from core.assets.model import Asset, AssetStatus, Heading
from core.course.ports import Made
from core.course.steps import Step
from core.people.model import Person
from persistence.documents import Change, Database, Filter, Value

HEADING = tuple(field.alias or name for name, field in Heading.model_fields.items() if name != "id")
KEPT_ORDER = (("createdAt", 1),)
REWRITTEN = ("title", "assetType", "content", "words", "lastUpdatedAt")
LIVE = ("channel", "link", "words", "implementedAt", "lastUpdatedAt")
SAID = ("title", "asset_type", "content", "channel")


class AssetRecord:
    """Implements `core.assets.ports.AssetStore` and `core.course.ports.StepAssets`."""

    def __init__(self, database: Database) -> None:
        self._assets = database.collection("userGeneratedAssets")

    async def add(self, person: Person, asset: Asset) -> None:
        """Keep a new asset."""
        await self._assets.insert({**asset.document(), "userId": person.user_id})

    async def find(self, person: Person, asset_id: str) -> Asset | None:
        """The asset with this id, or None."""
        found = await self._assets.find_one({"_id": asset_id, "userId": person.user_id})
        return Asset.of(found) if found else None

    async def headings(self, person: Person) -> Sequence[Heading]:
        """All the person's assets without their text, in the order in which they were kept."""
        found = await self._assets.find({"userId": person.user_id}, sort=KEPT_ORDER, fields=HEADING)
        return [Heading.of(each) for each in found]

    async def worded(self, person: Person) -> Sequence[tuple[Heading, Sequence[str]]]:
        """The same, each with the words by which it is found."""
        found = await self._assets.find({"userId": person.user_id}, sort=KEPT_ORDER, fields=(*HEADING, "words"))
        return [(Heading.of(each), _texts(each.get("words"))) for each in found]

    async def in_step(self, person: Person, step: Step) -> Sequence[Asset]:
        """The assets of one step whole, in the order in which they were kept."""
        return await self._find({"userId": person.user_id, "elevateStep": step.value})

    async def saved(self, person: Person, step: Step) -> int:
        """How many assets of the step the person has kept, whatever became of them."""
        return await self._assets.count({"userId": person.user_id, "elevateStep": step.value})

    async def made(self, person: Person) -> Made:
        """All that the person has kept, of every step."""
        found = await self._assets.find({"userId": person.user_id}, fields=("status", "elevateStep", "implementedAt"))
        went_live = [each["implementedAt"] for each in found if each.get("implementedAt")]
        return Made(
            Counter(str(each["status"]) for each in found),
            Counter(str(each["elevateStep"]) for each in found),
            tuple(each for each in went_live if isinstance(each, datetime)),
        )

    async def move(
        self, person: Person, asset_id: str, *, to: AssetStatus, out_of: Collection[AssetStatus], at: datetime
    ) -> Asset | None:
        """Give the asset another status if it has one of those; None where it has not."""
        fields: dict[str, Value] = {"status": to.value, "lastUpdatedAt": at}
        change: dict[str, dict[str, Value]] = {"$set": fields}
        if to is AssetStatus.IMPLEMENTED:
            fields["implementedAt"] = at
        elif to is AssetStatus.DRAFT:
            change["$unset"] = {"implementedAt": "", "link": ""}
        states = [each.value for each in AssetStatus if each in out_of]
        return await self._change(person, asset_id, {"status": {"$in": states}}, change)

    async def go_live(self, person: Person, asset: Asset) -> Asset | None:
        """Implemented from now on, with the asset's channel, link, words and times; None where it is not there."""
        document = asset.document()
        given = {name: document[name] for name in LIVE if name in document and document[name] is not None}
        gone: dict[str, Value] = {name: "" for name in LIVE if name not in given}
        change: dict[str, dict[str, Value]] = {"$set": {**given, "status": AssetStatus.IMPLEMENTED.value}}
        if gone:
            change["$unset"] = gone
        return await self._change(person, asset.id, {}, change)

    async def rewrite(self, person: Person, asset: Asset, *, seen: datetime) -> Asset | None:
        """Keep the asset's title, type, channel, content and words if nobody changed it since `seen`; None if somebody did."""
        document = asset.document()
        change: dict[str, dict[str, Value]] = {"$set": {name: document[name] for name in REWRITTEN}}
        if asset.channel:
            change["$set"]["channel"] = asset.channel
        else:
            change["$unset"] = {"channel": ""}
        kept = await self._change(person, asset.id, {"lastUpdatedAt": seen}, change)
        return kept or await self._same(person, asset)

    async def _same(self, person: Person, asset: Asset) -> Asset | None:
        """The asset as it is kept, if it says the same already: an earlier try of this rewriting may have had no answer."""
        found = await self._assets.find_one({"_id": asset.id, "userId": person.user_id})
        kept = Asset.of(found) if found else None
        return kept if kept and all(getattr(kept, name) == getattr(asset, name) for name in SAID) else None

    async def _change(self, person: Person, asset_id: str, state: Filter, change: Change) -> Asset | None:
        kept = await self._assets.update({"_id": asset_id, "userId": person.user_id, **state}, change)
        return Asset.of(kept) if kept else None

    async def _find(self, where: Filter) -> Sequence[Asset]:
        return [Asset.of(each) for each in await self._assets.find(where, sort=KEPT_ORDER)]


def _texts(value: Value) -> Sequence[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
