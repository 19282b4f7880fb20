"""Files that a person sends at a terminal: a line that begins with the path of one, as a dragged file is typed there."""

from __future__ import annotations

import asyncio
import io
import mimetypes
import shlex
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from core.errors import Refusal
from core.request import Address, File

INLINE_BYTES = 400_000
"""So much goes along with the request, which is kept in the inbox; of a larger file its path."""
BYTES_AT_MOST = 20_000_000


class FileNotRead(Refusal):
    """I could not read that file. Is it still there?"""


def sent(line: str) -> tuple[File, str] | None:
    """The file whose path the line begins with, and the words after it; None where it begins with none."""
    first = _first_word(line.strip())
    if first is None:
        return None
    written, words = first
    try:
        path = Path(unquote(urlsplit(written).path) if written.startswith("file://") else written).expanduser()
        if not path.suffix or (not path.is_absolute() and not written.startswith(("./", "../"))) or not path.is_file():
            return None
        size = path.stat().st_size
        content = path.read_bytes() if size <= INLINE_BYTES else b""
    except (OSError, RuntimeError, ValueError):  # no such home, no such address, or nothing that could be a path
        return None
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return File(path.name, media_type, content, source=str(path.resolve()), size=size), words


async def fetched(address: Address, file: File) -> File:
    """The file with its content, read beside whatever else goes on.

    Raises:
        FileNotRead: it is gone, or too large.
    """
    try:
        content = await asyncio.to_thread(_read, Path(file.source))
    except OSError:
        raise FileNotRead() from None
    return replace(file, content=content, size=len(content))


def _read(path: Path) -> bytes:
    if path.stat().st_size > BYTES_AT_MOST:
        raise FileNotRead("That file is too large for me. Send the part that matters.")
    return path.read_bytes()


def _first_word(line: str) -> tuple[str, str] | None:
    """The first word as a shell would read it, so that a path may have spaces, and the rest."""
    if not line.startswith(("/", "~", "./", "../", "'", '"', "file://")):
        return None
    text = io.StringIO(line)
    reading = shlex.shlex(text, posix=True, punctuation_chars=False)
    reading.whitespace_split, reading.commenters = True, ""
    try:
        word = reading.get_token()
    except ValueError:
        return None
    return (word, text.read().strip()) if word else None
