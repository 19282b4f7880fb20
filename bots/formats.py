"""What the value of a setting must look like; each check returns the value, tidied, or raises ValueError."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr

Check = Callable[[str], str]

VALUE_SHOWN = 60
"""Characters of a wrong value that are shown."""
LEFT_OUT = "…"
"""What examples have in place of the rest of a token."""
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


@dataclass(frozen=True, slots=True)
class Says:
    """What people are told of a setting: what it does, what it wants, and what holds where it is not set."""

    about: str
    wants: str
    unset: str


def got(value: str, *, hidden: bool) -> str:
    """A wrong value as it is told; of one that is hidden only its length, or that it is none yet."""
    if not hidden:
        return f"“{value if len(value) <= VALUE_SHOWN else f'{value[:VALUE_SHOWN]}…'}”"
    if LEFT_OUT in value:
        return f"an example, in which “{LEFT_OUT}” stands for the rest"
    return f"a value of {len(value)} character{'' if len(value) == 1 else 's'}"


def matching(pattern: str) -> Check:
    """The whole value fits the regular expression."""
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise ValueError
        return value

    return check


no_spaces = matching(r"[!-~]+")
"""Letters, digits and signs of ASCII: what may stand in a header of HTTP."""


def url(*schemes: str) -> Check:
    """An address of one of the schemes, with a host; a slash at its end is taken off."""

    def check(value: str) -> str:
        parts = urlsplit(no_spaces(value))
        if parts.scheme not in schemes or not parts.hostname:
            raise ValueError
        # MongoDB lists several hosts, each with its port, which urlsplit cannot read as one number.
        if "," not in parts.netloc and parts.port == 0:
            raise ValueError
        return value.rstrip("/")

    return check


def secret(check: Check = no_spaces) -> Callable[[SecretStr], SecretStr]:
    """The same check for a value that is never shown."""

    def checked(value: SecretStr) -> SecretStr:
        return SecretStr(check(value.get_secret_value()))

    return checked


def log_level(value: str) -> str:
    """The name of a log level, whatever its case."""
    if value.strip().upper() not in LOG_LEVELS:
        raise ValueError
    return value.strip().upper()


def whole(least: int, most: int) -> Callable[[int | str], int]:
    """A whole number in these bounds: digits only, since int() takes more than a person means."""

    def read(value: int | str) -> int:
        text = str(value).strip()
        if not (text.isascii() and text.isdecimal()) or len(text) > len(str(most)) or not least <= int(text) <= most:
            raise ValueError
        return int(text)

    return read


def one_of(*words: str) -> Check:
    """One of these words, whatever its case."""

    def check(value: str) -> str:
        if value.strip().lower() not in words:
            raise ValueError
        return value.strip().lower()

    return check


def dollars(value: str | Decimal) -> Decimal:
    """An amount in US dollars, to the cent: digits, and a point where there are cents."""
    text = str(value).strip().removeprefix("$")
    if not re.fullmatch(r"[0-9]{1,7}(\.[0-9]{1,2})?", text):
        raise ValueError
    return Decimal(text)


def share(value: str | float) -> float:
    """A part of a whole, from 0 to 1; digits and a point, with at most three places."""
    text = str(value).strip()
    if not re.fullmatch(r"(0|1)(\.[0-9]{1,3})?", text) or float(text) > 1:
        raise ValueError
    return float(text)


def folder_to_be(value: Path) -> Path:
    """A folder, or a place where one can be made; `~` is the account's own."""
    return _folder(value, exists=False)


def folder_that_is(value: Path) -> Path:
    """A folder that exists."""
    return _folder(value, exists=True)


def folders_that_are(value: str | Iterable[Path]) -> tuple[Path, ...]:
    """Folders that exist, with the machine's own sign between them as in PATH."""
    parts = [Path(each) for each in value.split(os.pathsep) if each] if isinstance(value, str) else list(value)
    return tuple(folder_that_is(each) for each in parts)


def _folder(value: Path, *, exists: bool) -> Path:
    try:
        path = value.expanduser().absolute()
        fits = path.is_dir() if exists else path.is_dir() or not path.exists()
    except (OSError, RuntimeError) as trouble:
        raise ValueError from trouble
    if not fits:
        raise ValueError
    return path
