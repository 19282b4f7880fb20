"""Collections for the tests of the port, with every sort of index, and what the tests say about them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from persistence.documents import Collection
from persistence.indexes import Index, OnlyText

NOON = datetime(2026, 11, 22, 12, 0, 0, 123000, tzinfo=UTC)

TABLES: Mapping[str, tuple[Index, ...]] = MappingProxyType(
    {
        "things": (
            Index("by_group_rank", (("group", 1), ("rank", 1))),
            Index("by_group_when", (("group", 1), ("when", -1))),
            Index("by_when", (("when", 1), ("_id", 1))),
            Index("by_flag", (("flag", 1),)),
            Index("by_tag", (("tags", 1),), each=True),
        ),
        "seats": (
            Index("by_place", (("room", 1), ("row", 1)), unique=True),
            Index("by_code", (("code", 1),), unique=True, where={"code": OnlyText()}),
            Index("by_role", (("role", 1),), unique=True, where={"kind": "system"}),
            Index("by_holder", (("holders", 1),), unique=True, where={"holders": OnlyText()}, each=True),
        ),
        "drafts": (Index("by_savedAt", (("savedAt", 1),), ttl_seconds=60),),
    }
)


async def put(collection: Collection, *documents: dict[str, Any]) -> None:
    """Insert these, one after the other."""
    for each in documents:
        await collection.insert(each)


async def ids(collection: Collection, where: Mapping[str, Any], **how: Any) -> list[str]:
    """The ids of what is found, in order, without what stands before the last underscore."""
    return [str(each["_id"]) for each in await collection.find(where, **how)]
