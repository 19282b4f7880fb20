"""What Claude streams, event by event, as the pieces of an answer: words, sources, what its servers do, and what it calls."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.llm.calls import Round, ToolCall
from core.llm.model import Chunk, Cited, Counted, Usage, Words, Working
from core.llm.web import host_of, is_web

SEARCHED, FETCHED = "web_search_tool_result", "web_fetch_tool_result"


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of the web that was read."""

    url: str
    title: str


class Hearing:
    """One answer as far as it has come. `began`: words have come. `over`: it has come to its end. `stop`: why it stopped."""

    def __init__(self, model: str, rounds: Sequence[Round] = ()) -> None:
        """`rounds`: what was said before in this answer, whose pages may be cited still."""
        self.began = False
        self.over = False
        self.stop: str | None = None
        self._used: dict[str, Any] = {}
        self._blocks: dict[int, dict[str, Any]] = {}
        self._model = model
        self._gap = False
        self._written: dict[int, str] = {}
        self._ended: set[int] = set()
        self._titles: dict[str, str] = {}
        self._pages = [page for done in rounds for block in done.said if (page := _page(block))]

    def chunks(self, event: Mapping[str, Any]) -> Iterator[Chunk]:
        """What the event brings. Of what nobody knows yet, nothing is made.

        Raises:
            LookupError, TypeError, AttributeError: it is not what the API sends, or not in its order.
        """
        match event["type"]:
            case "message_start":
                self._count(event["message"]["usage"])
                yield Counted(self.usage, self._model)
            case "content_block_start":
                block = self._blocks[event["index"]] = dict(event["content_block"])
                if block["type"] in {SEARCHED, FETCHED}:
                    yield self._served(block)
                elif block["type"] == "text" and block["text"]:
                    yield from self._words(block["text"])
            case "content_block_delta":
                yield from self._delta(event["index"], event["delta"])
            case "content_block_stop":
                self._ended.add(event["index"])
                block = self._blocks[event["index"]]
                if block["type"] == "server_tool_use":
                    yield self._serving(event["index"], block)
            case "message_delta":
                self.stop = event["delta"].get("stop_reason") or self.stop
                self._count(event.get("usage") or {})
            case "message_stop":
                self.over = True
            case _:
                pass

    def _delta(self, index: int, delta: Mapping[str, Any]) -> Iterator[Chunk]:
        block = self._blocks[index]
        match delta["type"]:
            case "text_delta":
                block["text"] += delta["text"]
                yield from self._words(delta["text"]) if delta["text"] else ()
            case "input_json_delta":
                self._written[index] = self._written.get(index, "") + delta["partial_json"]
            case "thinking_delta":
                block["thinking"] += delta["thinking"]
            case "signature_delta":
                block["signature"] = delta["signature"]
            case "citations_delta":
                block["citations"] = [*(block.get("citations") or ()), delta["citation"]]
                yield from self._cited(delta["citation"])
            case _:
                pass

    def _count(self, used: Mapping[str, Any]) -> None:
        """What is told later counts from the beginning, and what it does not tell stays."""
        self._used |= {name: each for name, each in used.items() if each is not None}

    @property
    def usage(self) -> Usage:
        """What the answer has cost so far."""
        used, kept, asked = self._used, self._used.get("cache_creation") or {}, self._used.get("server_tool_use") or {}
        return Usage(
            read=used.get("input_tokens", 0),
            written=used.get("output_tokens", 0),
            cached=used.get("cache_read_input_tokens", 0),
            cache_written=used.get("cache_creation_input_tokens", 0),
            cache_minutes=kept.get("ephemeral_5m_input_tokens") or 0,
            searches=asked.get("web_search_requests") or 0,
        )

    @property
    def calls(self) -> tuple[ToolCall, ...]:
        """What the model wants to have done."""
        return tuple(self._call(index, each) for index, each in self._whole if each["type"] == "tool_use")

    @property
    def said(self) -> tuple[dict[str, object], ...]:
        """All that it said, as the API takes it back: it wants no blank text, and arguments that are an object."""
        spoken = ((index, each) for index, each in self._whole if each["type"] != "text" or each["text"].strip())
        return tuple(_back(each, _arguments(self._written.get(index, ""))) for index, each in spoken)

    @property
    def _whole(self) -> list[tuple[int, dict[str, Any]]]:
        return sorted(self._blocks.items()) if self.over else []

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

    def _cited(self, citation: Mapping[str, Any]) -> Iterator[Chunk]:
        """The page that a citation names. Of one that was read, it tells the title and its number among what was."""
        match citation["type"]:
            case "web_search_result_location":
                found: _Page | None = _Page(citation["url"], citation.get("title") or "")
            case "char_location" | "page_location" | "content_block_location":
                found = self._read(citation["document_index"], citation.get("document_title"))
            case _:
                found = None
        if found is not None and is_web(found.url):
            yield Cited(found.url, found.title)

    def _read(self, number: int, title: str | None) -> _Page | None:
        named = [each for each in self._pages if title and each.title == title]
        if len(named) == 1:
            return named[0]
        return self._pages[number] if 0 <= number < len(self._pages) else None

    def _serving(self, index: int, block: Mapping[str, Any]) -> Working:
        """The servers begin to do something. Of an address only the host is told, and of a search nothing: others may read it."""
        self._gap = self.began
        asked = _arguments(self._written.get(index, "")) or {}
        host = host_of(str(asked.get("url", ""))) if block["name"] == "web_fetch" else ""
        title = f"Reading {host}" if host else {"web_search": "Searching the web"}.get(block["name"], "Reading a page")
        self._titles[block["id"]] = title
        return Working(block["id"], title, "running")

    def _served(self, block: Mapping[str, Any]) -> Working:
        """What came of it, which the model has read already."""
        self._gap = self.began
        if page := _page(block):
            self._pages.append(page)
        content = block.get("content")
        failed = isinstance(content, dict) and str(content.get("type", "")).endswith("_error")
        fallback = "Searching the web" if block["type"] == SEARCHED else "Reading a page"
        title = self._titles.get(block["tool_use_id"], fallback)
        return Working(block["tool_use_id"], title, "failed" if failed else "done")

    def _call(self, index: int, block: Mapping[str, Any]) -> ToolCall:
        """Nobody vouches that what came of the arguments is all of them, nor that it is an object."""
        arguments = _arguments(self._written.get(index, "")) if index in self._ended else None
        return ToolCall(block["id"], block["name"], arguments or {}, garbled=arguments is None)


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


def _back(block: dict[str, Any], written: dict[str, object] | None) -> dict[str, object]:
    """A block as the API takes it back: as it came, with the arguments that were written, and without what it sends alone."""
    if block["type"] in {"tool_use", "server_tool_use"}:
        given = block.get("input")
        return {**block, "input": written or (given if isinstance(given, dict) else {})}
    if block.get("citations"):
        cites = [{name: each for name, each in cite.items() if name != "file_id"} for cite in block["citations"]]
        return {**block, "citations": cites}
    return block
