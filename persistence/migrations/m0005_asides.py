"""Whoever was met on Discord before has a place and a private thread for each guild, as far as is known to which they belong."""

from __future__ import annotations

from collections.abc import Sequence

from persistence.documents import Database, Value

PAGE = 500


async def apply(database: Database) -> None:
    """Put the one place and the one thread under their guild.

    A thread of somebody who was met in several guilds may be of any of them: it is left, and another one is made when needed.
    """
    reaches = database.collection("reaches")
    after: Sequence[Value] | None = None
    while page := await reaches.find({}, sort=[("_id", 1)], after=after, limit=PAGE):
        for each in page:
            guild, channel, aside, homes = (each.get(name) for name in ("workspace", "channel", "aside", "homes"))
            if guild and channel and "channels" not in each:
                only = aside and isinstance(homes, Sequence) and len(homes) == 1
                change: dict[str, Value] = {"channels": {str(guild): channel}, "asides": {str(guild): aside} if only else {}}
                await reaches.update({"_id": each["_id"], "channels": None}, {"$set": change})
        after = [page[-1]["_id"]]
