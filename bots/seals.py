"""Sealing: what is kept for long and is as good as a password is encrypted under a key that does not lie beside it."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.errors import Trouble

KEY_BYTES = 32
"""Of a Fernet key: https://github.com/fernet/spec/blob/master/Spec.md"""


class WrongKey(Trouble):
    """This was sealed under another ELEVATE_SECRET_KEY."""


class Seals:
    """Seals texts for one purpose, under a key that is derived from the program's secret (HKDF with SHA-256, RFC 5869)."""

    def __init__(self, secret: str, purpose: str) -> None:
        derived = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=b"elevate", info=purpose.encode()).derive(secret.encode())
        self._fernet = Fernet(base64.urlsafe_b64encode(derived))

    def seal(self, text: str) -> str:
        """The text, encrypted and signed; the same text looks different each time."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """The text that was sealed.

        Raises:
            WrongKey: it was sealed under another secret or for another purpose, or was changed.
        """
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            raise WrongKey from None
