"""What is kept of the ways into the dashboard: private links, and the sessions of browsers."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import blake2b

from core.record import Kept
from core.request import Actor, Platform

LINK_VALID = timedelta(minutes=10)
LINKS_AT_MOST = 5
"""That one person is given within `LINK_VALID`."""
IDLE = timedelta(days=14)
"""So long a session lasts that nobody uses."""
LONGEST = timedelta(days=60)
"""So long one lasts at most, however much it is used."""
SLIDES = timedelta(hours=1)
"""A session's last use is written down so often: not with every page."""
TOKEN_BYTES = 32


class DashboardLink(Kept):
    """A link that a person was sent. Its token is not kept: `_id` is made of the token's keyed hash.

    `identity` is the platform account that asked, in whose name the browser then acts.
    """

    person_id: str
    organization_id: str
    identity: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class DashboardSession(Kept):
    """A browser that is signed in. Its token is not kept: `_id` is made of the token's keyed hash.

    It ends at `expires_at`, which moves on with use, and never beyond `ends_at`.
    """

    person_id: str
    organization_id: str
    identity: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    ends_at: datetime

    def actor(self, name: str) -> Actor:
        """The account that the browser acts for, under the name that its person has by now."""
        platform, workspace, user = self.identity.split(":", 2)
        return Actor(Platform(platform), workspace, user, name)


def new_token() -> str:
    """A fresh token of 256 random bits, in 43 signs that can stand in an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_id(prefix: str, token: str, key: bytes) -> str:
    """What is kept of a token: its keyed hash."""
    made = blake2b(token.encode(errors="replace"), key=key[:64], digest_size=16, person=b"elevate-web")
    return f"{prefix}_{made.hexdigest()}"
