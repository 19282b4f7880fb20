"""The program's own secret, for when no setting gives one: made once, and the same for every process on the record."""

from __future__ import annotations

import secrets

from core.errors import AlreadyThere
from core.record import Kept
from persistence.documents import Database

BYTES = 32


class Secret(Kept):
    """A secret in hexadecimal digits."""

    value: str


class KeyRecord:
    """A store of the system: the secret is nobody's."""

    def __init__(self, database: Database) -> None:
        self._keys = database.collection("keys")

    async def secret(self) -> bytes:
        """The secret, 32 random bytes; it is made at the first call."""
        found = await self._keys.find_one({"_id": "secret"})
        if found is None:
            await self._make()
            return await self.secret()
        return bytes.fromhex(str(found["value"]))

    async def _make(self) -> None:
        try:
            await self._keys.insert({"_id": "secret", "value": secrets.token_hex(BYTES)})
        except AlreadyThere:  # another process was first, and its secret holds
            return
