"""What was seen last, and no more of it than so many."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, TypeVar

Key = TypeVar("Key")
Seen = TypeVar("Seen")


class Lately(Generic[Key, Seen]):
    """The last values by their keys; what was not looked at for longest is forgotten first."""

    def __init__(self, at_most: int) -> None:
        self._at_most = at_most
        self._seen: OrderedDict[Key, Seen] = OrderedDict()

    def get(self, key: Key) -> Seen | None:
        """The value, or None where it was never put or is forgotten."""
        found = self._seen.get(key)
        if found is not None:
            self._seen.move_to_end(key)
        return found

    def put(self, key: Key, seen: Seen) -> None:
        """Remember it."""
        self._seen[key] = seen
        self._seen.move_to_end(key)
        while len(self._seen) > self._at_most:
            self._seen.popitem(last=False)
