"""What the stand-in for Claude can be told to answer, one request after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Says:
    """Streams the pieces, waiting for `hold` before the last of them; then ends, for the reason `stop`."""

    pieces: tuple[str, ...]
    stop: str = "end_turn"
    hold: asyncio.Event | None = None


@dataclass(frozen=True, slots=True)
class Calls:
    """Streams the pieces, waiting for `hold` before the last of them; then asks for tools: their names and arguments."""

    calls: tuple[tuple[str, Mapping[str, Any]], ...]
    pieces: tuple[str, ...] = ()
    hold: asyncio.Event | None = None


def calls(tool: str, *pieces: str, **arguments: Any) -> Calls:
    """One call of a tool, after these pieces."""
    return Calls(((tool, arguments),), pieces)


@dataclass(frozen=True, slots=True)
class Refuses:
    """Answers with an HTTP error; `says` is its message."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    says: str = "no"


@dataclass(frozen=True, slots=True)
class Fails:
    """Streams the pieces, then an `error` event."""

    pieces: tuple[str, ...]
    error: str = "overloaded_error"


@dataclass(frozen=True, slots=True)
class Drops:
    """Streams the pieces, then lets the socket fall; with `politely`, ends the response as if it were whole."""

    pieces: tuple[str, ...]
    politely: bool = False


@dataclass(frozen=True, slots=True)
class Garbles:
    """Streams the pieces, then these bytes; with `drops`, lets the socket fall after them."""

    pieces: tuple[str, ...]
    raw: bytes
    drops: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A block of text, and what it cites."""

    text: str
    cites: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Searched:
    """Claude's servers searched the web: the pages found, by address and title, or the error."""

    query: str
    found: tuple[tuple[str, str], ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """Claude's servers read a page, or could not."""

    url: str
    title: str = ""
    text: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """Claude's servers have begun to search, and the answer pauses there."""

    query: str


@dataclass(frozen=True, slots=True)
class Called:
    """A call of a tool of ours, its arguments as the letters that came of them; `whole`: the block is ended."""

    name: str
    written: str
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Block:
    """A block as it stands, such as one that nobody knows."""

    block: Mapping[str, Any]


Played: TypeAlias = Text | Searched | Fetched | Begun | Called | Block


@dataclass(frozen=True, slots=True)
class Plays:
    """Streams the blocks, waiting for `hold` before the last of them; then ends, for the reason `stop`."""

    blocks: tuple[Played, ...]
    stop: str = "end_turn"
    hold: asyncio.Event | None = None


def plays(*blocks: Played, stop: str = "end_turn") -> Plays:
    """An answer of these blocks."""
    return Plays(blocks, stop)


def cited(url: str, title: str | None, words: str = "as it says there") -> Mapping[str, Any]:
    """A citation of a page that was found."""
    place = {"encrypted_index": "aW5kZXg=", "cited_text": words}
    return {"type": "web_search_result_location", "url": url, "title": title, **place}


def quoted(document: int, title: str | None, words: str = "as it says there") -> Mapping[str, Any]:
    """A citation of a page that was read, by its number among the documents."""
    place = {"start_char_index": 0, "end_char_index": len(words), "cited_text": words, "file_id": None}
    return {"type": "char_location", "document_index": document, "document_title": title, **place}


Reply: TypeAlias = Says | Calls | Plays | Refuses | Fails | Drops | Garbles
