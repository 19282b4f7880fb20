"""Identifiers: made on our side, ordered by time, and told apart by their prefix."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from base64 import b32encode

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: digits and lower-case letters without i, l, o and u."""

RANDOM_BITS = 80
LARGEST = (1 << 130) - 1
_DIGITS = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ALPHABET.encode())

_making = threading.Lock()
_last = 0


def new_id(prefix: str) -> str:
    """A fresh id such as `run_01jd3v9x2k7qf0h6t5s8m4n3wz`: 48 bits of milliseconds, then 80 random bits, in base 32.

    The layout and the order are those of a monotonic ULID (https://github.com/ulid/spec): an id that this process makes later
    sorts later, in the same millisecond too, and when the clock is set back.
    """
    global _last  # noqa: PLW0603 - the order of a process's ids is a property of the process
    with _making:
        fresh = (time.time_ns() // 1_000_000) << RANDOM_BITS | secrets.randbits(RANDOM_BITS)
        same_moment = fresh >> RANDOM_BITS <= _last >> RANDOM_BITS
        number = _last = _last + 1 + secrets.randbits(32) if same_moment else fresh
    return _written(prefix, number)


def made_id(prefix: str, of: str) -> str:
    """An id of the same form that is always the same for the same text: 130 bits of its SHA-256. It has no place in time."""
    return _written(prefix, int.from_bytes(hashlib.sha256(of.encode()).digest()))


def _written(prefix: str, number: int) -> str:
    """The last 130 bits, in 26 digits."""
    digits = b32encode((number & LARGEST).to_bytes(20)).translate(_DIGITS)
    return f"{prefix}_{digits[6:].decode()}"
