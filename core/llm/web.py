"""The web, as Claude's own servers search and read it.

https://platform.claude.com/docs/en/agents-and-tools/tool-use/server-tools
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from core.llm.calls import ServerTool

SEARCHES_AT_MOST = 5
PAGES_AT_MOST = 5
"""Of one request: a research task that needs more is too wide for one answer."""
TOKENS_OF_A_SEARCH = 10_000
"""What the pages that one search finds take about, with their excerpts."""
TOKENS_OF_A_PAGE = 12_000
"""Where a page is cut: some 48,000 letters."""

SEARCH, FETCH = "web_search", "fetch_url"
"""What an agent's list names them by."""
DIRECT = {"allowed_callers": ["direct"]}
"""Nothing that was found goes through code that the model writes: what it says it found is what it was shown."""

WEB: Mapping[str, ServerTool] = {
    SEARCH: ServerTool("web_search", "web_search_20260318", SEARCHES_AT_MOST, TOKENS_OF_A_SEARCH, priced=True, settings=DIRECT),
    FETCH: ServerTool(
        "web_fetch",
        "web_fetch_20260318",
        PAGES_AT_MOST,
        TOKENS_OF_A_PAGE,
        settings={**DIRECT, "citations": {"enabled": True}, "max_content_tokens": TOKENS_OF_A_PAGE},
    ),
}
"""By the names that an agent's list knows them by."""


def web_tools(names: Collection[str]) -> tuple[ServerTool, ...]:
    """Those of the names that Claude's servers do, in an order that stays the same.

    A page is read only where the person named it or a search found it. A page's own links and what a record holds are not
    followed: by choosing among a stranger's links a model that is talked into it could tell the stranger what it knows.
    """
    found = [WEB[name] for name in sorted(set(names) & WEB.keys())]
    none = {"type": "none"}
    searched = {"type": "only", "tools": [{"type": "tool_reference", "name": "web_search"}]} if SEARCH in names else none
    sources = {"user_input": {"type": "all"}, "client_tool_results": none, "server_tool_results": searched}
    return tuple(
        ServerTool(each.name, each.kind, each.uses, each.reads, settings={**each.settings, "url_sources": sources})
        if each is WEB[FETCH]
        else each
        for each in found
    )


def is_web(url: str) -> bool:
    """Whether it is an address of the web that can be shown as a link."""
    return bool(host_of(url)) and not any(sign.isspace() or sign in '<>"|`\\' for sign in url)


def host_of(url: str) -> str:
    """The host of an address of the web, without `www.`; "" where it is none."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if parts.scheme in {"http", "https"} else ""
