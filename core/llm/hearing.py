"""What Claude streams, event by event, as the pieces of an answer: words, sources, what its servers do, and what it calls."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.llm.calls import Round, ToolCall
from core.llm.model import Chunk, Cited, Counted, Usage, Words, Working
from core.llm.web import host_of, is_web

if TYPE_CHECKING:
    from anthropic.types import Message

SEARCHED, FETCHED = "web_search_tool_result", "web_fetch_tool_result"


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of the web that was read."""

    url: str
    title: str


class Hearing:
    """One answer as far as it has come. `began`: words have come. `last`: the whole of it, once it is over."""

    def __init__(self, model: str, rounds: Sequence[Round] = ()) -> None:
        """`rounds`: what was said before in this answer, whose pages may be cited still."""
        self.began = False
        self.last: Message | None = None
        self._model = model
        self._gap = False
        self._written: dict[int, str] = {}
        self._ended: set[int] = set()
        self._titles: dict[str, str] = {}
        self._pages = [page for done in rounds for block in done.said if (page := _page(block))]

    def chunks(self, event: Any) -> Iterator[Chunk]:
        """What the event brings. Of what nobody knows yet, nothing is made."""
        match event.type:
            case "message_start":
                yield Counted(usage_of(event.message), self._model)
            case "text" if event.text:
                yield from self._words(event.text)
            case "citation":
                yield from self._cited(event.citation)
            case "content_block_delta" if event.delta.type == "input_json_delta":
                self._written[event.index] = self._written.get(event.index, "") + event.delta.partial_json
            case "content_block_start" if event.content_block.type in {SEARCHED, FETCHED}:
                yield self._served(event.content_block)
            case "content_block_stop":
                self._ended.add(event.index)
                if event.content_block.type == "server_tool_use":
                    yield self._serving(event.index, event.content_block)
            case "message_stop":
                self.last = event.message
            case _:
                pass

    @property
    def calls(self) -> tuple[ToolCall, ...]:
        """What the model wants to have done."""
        blocks = self.last.content if self.last else []
        return tuple(self._call(index, each) for index, each in enumerate(blocks) if each.type == "tool_use")

    @property
    def said(self) -> tuple[dict[str, object], ...]:
        """All that it said, as the API takes it back: it wants no blank text, and arguments that are an object."""
        spoken = [each for each in self.last.content if each.type != "text" or each.text.strip()] if self.last else []
        return tuple(_back(each.model_dump(mode="json", exclude_unset=True, warnings=False)) for each in spoken)

    def _words(self, text: str) -> Iterator[Chunk]:
        """What is said after the servers' work is a paragraph of its own."""
        if self._gap:
            text = text.lstrip("\n")
            if not text:
                return
            text = f"\n\n{text}"
            self._gap = False
        self.began = True
        yield Words(text)

    def _cited(self, citation: Any) -> Iterator[Chunk]:
        """The page that a citation names. Of one that was read, it tells the title and its number among what was."""
        if citation.type == "web_search_result_location":
            found: _Page | None = _Page(citation.url, citation.title or "")
        elif citation.type in {"char_location", "page_location", "content_block_location"}:
            found = self._read(citation.document_index, citation.document_title)
        else:
            found = None
        if found is not None and is_web(found.url):
            yield Cited(found.url, found.title)

    def _read(self, number: int, title: str | None) -> _Page | None:
        named = [each for each in self._pages if title and each.title == title]
        if len(named) == 1:
            return named[0]
        return self._pages[number] if 0 <= number < len(self._pages) else None

    def _serving(self, index: int, block: Any) -> Working:
        """The servers begin to do something. Of an address only the host is told, and of a search nothing: others may read it."""
        self._gap = self.began
        asked = _arguments(self._written.get(index, "")) or {}
        host = host_of(str(asked.get("url", ""))) if block.name == "web_fetch" else ""
        title = f"Reading {host}" if host else {"web_search": "Searching the web"}.get(block.name, "Reading a page")
        self._titles[block.id] = title
        return Working(block.id, title, "running")

    def _served(self, block: Any) -> Working:
        """What came of it, which the model has read already."""
        self._gap = self.began
        raw = block.model_dump(mode="json", exclude_unset=True, warnings=False)
        if page := _page(raw):
            self._pages.append(page)
        content = raw.get("content")
        failed = isinstance(content, dict) and str(content.get("type", "")).endswith("_error")
        title = self._titles.get(block.tool_use_id, "Searching the web" if block.type == SEARCHED else "Reading a page")
        return Working(block.tool_use_id, title, "failed" if failed else "done")

    def _call(self, index: int, block: Any) -> ToolCall:
        """Nobody vouches that what came of the arguments is all of them, nor that it is an object."""
        arguments = _arguments(self._written.get(index, "")) if index in self._ended else None
        return ToolCall(block.id, block.name, arguments or {}, garbled=arguments is None)


def usage_of(message: Message | None) -> Usage:
    """What the answer has cost so far."""
    if message is None:
        return Usage()
    used = message.usage
    kept, asked = used.cache_creation, used.server_tool_use
    return Usage(
        read=used.input_tokens or 0,
        written=used.output_tokens or 0,
        cached=used.cache_read_input_tokens or 0,
        cache_written=used.cache_creation_input_tokens or 0,
        cache_minutes=kept.ephemeral_5m_input_tokens if kept else 0,
        searches=asked.web_search_requests if asked else 0,
    )


def _arguments(written: str) -> dict[str, object] | None:
    """The arguments of a call; None where what came is not the whole of an object. A call without any has none written."""
    try:
        read = json.loads(written) if written.strip() else {}
    except ValueError:
        return None
    return read if isinstance(read, dict) else None


def _page(block: Mapping[str, Any]) -> _Page | None:
    """The page that a result of the servers brought, if it is one."""
    content = block.get("content")
    if block.get("type") != FETCHED or not isinstance(content, dict) or content.get("type") != "web_fetch_result":
        return None
    document = content.get("content")
    title = document.get("title") if isinstance(document, dict) else None
    return _Page(str(content.get("url", "")), str(title or ""))


def _back(block: dict[str, Any]) -> dict[str, object]:
    """A block as the API takes it back: as it came, but for what it sends alone."""
    if block.get("type") == "tool_use" and not isinstance(block.get("input"), dict):
        return {**block, "input": {}}
    if block.get("citations"):
        cites = [{name: each for name, each in cite.items() if name != "file_id"} for cite in block["citations"]]
        return {**block, "citations": cites}
    return block
