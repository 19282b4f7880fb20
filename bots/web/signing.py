"""Cookies that only this program can have made, and the tokens that go with a session's forms."""

from __future__ import annotations

import hashlib
import hmac

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from itsdangerous import BadData, Signer, URLSafeTimedSerializer

KEY_BYTES = 32
NOTE_SECONDS = 60
"""So long a note for the next page is kept; it is shown at once."""


class Signing:
    """Signs under keys that are derived from the program's secret (HKDF with SHA-256, RFC 5869), one for each purpose."""

    def __init__(self, secret: bytes) -> None:
        self._sessions = Signer(_derived(secret, "dashboard session"), digest_method=hashlib.sha256, key_derivation="none")
        self._notes = URLSafeTimedSerializer(_derived(secret, "dashboard note"))
        self._csrf = _derived(secret, "dashboard forms")

    def sealed(self, token: str) -> str:
        """A session's token as its cookie carries it."""
        return self._sessions.sign(token).decode()

    def opened(self, cookie: str) -> str | None:
        """The token of a cookie; None where this program did not make it."""
        try:
            return self._sessions.unsign(cookie).decode()
        except (BadData, UnicodeError):
            return None

    def csrf(self, session_id: str) -> str:
        """What every form of the session carries."""
        return hmac.new(self._csrf, session_id.encode(), hashlib.sha256).hexdigest()

    def is_csrf(self, session_id: str, given: str) -> bool:
        """Whether a form is the session's own."""
        return hmac.compare_digest(self.csrf(session_id).encode(), given.encode(errors="replace"))

    def note(self, words: str, tone: str) -> str:
        """A note for the next page, as its cookie carries it."""
        return str(self._notes.dumps([words, tone]))

    def noted(self, cookie: str) -> tuple[str, str] | None:
        """The note, or None where there is none of ours, or it is old."""
        try:
            words, tone = self._notes.loads(cookie, max_age=NOTE_SECONDS)
        except (BadData, ValueError):
            return None
        return str(words), str(tone)


def _derived(secret: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=b"elevate", info=purpose.encode()).derive(secret)
