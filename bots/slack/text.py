"""What people and models wrote, made safe for Slack: nothing in it pings anybody, and no link hides where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from bots.pieces import reader
from core import plain as words
from core.ui import Table

APART = "\u200b"
"""A space without width: it parts what Slack would read as one, and is not seen."""

CODE = ("```", "~~~", "    ", "\t")
"""Text without any of these has no block of code."""
_CALLS_OUT = re.compile(
    r"(?:<|&lt;|&#0*60;|&#[xX]0*3[cC];)(?=[!@#])|<(?=[^\s<>|]*\|)|(?<![\w@.])@(?=(?:here|channel|everyone)\b)"
)
_CODE = r"(?P<code>(?P<ticks>(?<!`)`+(?!`))(?:.|\n)+?(?<!`)(?P=ticks)(?!`))"
_LABEL = r"\[(?P<label>(?:\\.|`[^`\n]*`|[^\[\]\\]|\[(?:\\.|[^\[\]\\])*+\])*+)\]"
_TARGET = r"\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<bare>(?:[^\s()<>]|\([^\s()]*+\))*+))(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
_LINK = re.compile(rf"{_CODE}|(?P<escaped>\\.)|(?P<image>!?){_LABEL}{_TARGET}")
_TASK = re.compile(r"^(\s*(?:[-*+]|\d+[.)]) +)\[([ xX])\] ", re.MULTILINE)
_COMMAND = re.compile(r"(?<![\w/.:\\-])/(?P<name>[a-z]+)(?![\w/-])")


def escaped(text: str) -> str:
    """Plain words for mrkdwn. https://docs.slack.dev/messaging/formatting-message-text#escaping"""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def marked(markdown: str) -> str:
    """Markdown for a `markdown` block or `markdown_text`: the same to the eye, and harmless.

    `<!channel>`, `<@U…>`, `<#C…>`, `<https://x|label>` and `@here` are shown as they were typed. A link whose label is not its
    address has that behind it in brackets; an image becomes such a link. Give it whole text, or text that ends with a line.
    """
    safe = _CALLS_OUT.sub(lambda found: found[0] + APART, markdown)
    if "](" in safe or "][" in safe or re.search(r"\[[^\]]+\]:", safe) or "![" in safe:
        lines = safe.split("\n")
        for begin, end in _prose(safe):
            lines[begin:end] = _seen("\n".join(lines[begin:end])).split("\n")
        safe = "\n".join(lines)
        if _hides(safe):
            safe = _without_links(safe)
    return safe


def named(text: str, reserved: frozenset[str]) -> str:
    """The text with the names that commands have in Slack: `/me` is `/elevate-me`. Code blocks are somebody's own."""
    if "/" not in text or not any(found["name"] in reserved for found in _COMMAND.finditer(text)):
        return text  # reading Markdown for its code takes longer than everything else here
    lines = text.split("\n")
    owned = {at for begin, end in _code(text) for at in range(begin, end)}

    def renamed(found: re.Match[str]) -> str:
        return f"/elevate-{found['name']}" if found["name"] in reserved else found[0]

    return "\n".join(line if at in owned else _COMMAND.sub(renamed, line) for at, line in enumerate(lines))


def ticked(markdown: str) -> str:
    """The Markdown with its task lists as signs, for what knows only lists."""
    lines = markdown.split("\n")
    code = {at for begin, end in _code(markdown) for at in range(begin, end)} if _TASK.search(markdown) else set()
    return "\n".join(
        line if at in code else _TASK.sub(lambda found: f"{found[1]}{'☐' if found[2] == ' ' else '✓'} ", line)
        for at, line in enumerate(lines)
    )


def without_tables(markdown: str) -> str:
    """The Markdown with its tables as code that is set in columns."""
    lines = markdown.split("\n")
    for token in reversed([each for each in reader().parse(markdown) if each.type == "table_open" and each.level == 0]):
        begin, end = token.map or (0, 0)
        rows = cells(SyntaxTreeNode(reader().parse("\n".join(lines[begin:end]))).children[0])
        lines[begin:end] = ["```", *columns(rows).split("\n"), "```", ""]
    return "\n".join(lines)


def cells(table: SyntaxTreeNode) -> list[tuple[str, ...]]:
    """The rows of a Markdown table in plain words, its head first."""
    return [
        tuple("".join(_read(child) for child in cell.children) for cell in row.children)
        for part in table.children
        for row in part.children
    ]


def columns(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows under their head in columns."""
    return words.table(Table(rows[0], tuple(rows[1:])))


def same(label: str, address: str) -> bool:
    """Whether a label says where its link leads."""
    return _bare(label) == _bare(address)


def _bare(address: str) -> str:
    return re.sub(r"\A(?:https?://|mailto:)", "", unquote(address).strip().replace(APART, "")).rstrip("/").casefold()


def _read(node: SyntaxTreeNode) -> str:
    match node.type:
        case "text" | "code_inline":
            return node.content
        case "softbreak" | "hardbreak":
            return " "
        case "link":
            label, address = "".join(map(_read, node.children)), str(node.attrs.get("href", ""))
            return label if same(label, address) else f"{label} ({address})"
        case "image":
            return f"{node.content} ({node.attrs.get('src', '')})"
        case _:
            return "".join(map(_read, node.children))


def _prose(markdown: str) -> Iterator[tuple[int, int]]:
    """The lines that are no code, from the last block to the first, so that lines can be put in their place."""
    tokens = reader().parse(markdown)
    places = {(each.map[0], each.map[1]) for each in tokens if each.type in {"inline", "table_open"} and each.map}
    outer: list[tuple[int, int]] = []
    for begin, end in sorted(places, key=lambda each: (each[0], -each[1])):
        if not outer or begin >= outer[-1][1]:
            outer.append((begin, end))
    return reversed(outer)


def _code(markdown: str) -> Iterator[tuple[int, int]]:
    if not any(sign in markdown for sign in CODE):
        return  # reading Markdown takes longer than everything else here
    for token in reader().parse(markdown):
        if token.type in {"fence", "code_block"} and token.map:
            yield token.map[0], token.map[1]


def _seen(source: str) -> str:
    """Links of the form [label](address) with their address to be seen."""

    def shown(found: re.Match[str]) -> str:
        if found["code"] or found["escaped"]:
            return found[0]
        address = (found["angled"] if found["angled"] is not None else found["bare"]).strip()
        label = found["label"]
        if not found["image"] and same(label, address):
            return found[0]
        label = _seen(label)
        return f"{label or address} (<{address}>)" if re.match(r"(?:https?|mailto):", address) else f"{label} ({address})"

    return _LINK.sub(shown, source)


def _hides(markdown: str) -> bool:
    """Whether a link is left that does not say where it leads, or an image."""
    return any(_hidden(token.children or []) for token in reader().parse(markdown) if token.type == "inline")


def _hidden(children: Sequence[Token]) -> bool:
    address, label = "", ""
    for each in children:
        if each.type == "image":
            return True
        if each.type == "link_open":
            address, label = str(each.attrGet("href") or ""), ""
        elif each.type == "link_close":
            if not same(label, address):
                return True
        else:
            label += each.content
    return False


def _without_links(markdown: str) -> str:
    """The Markdown with its square brackets as plain signs: what was a link by reference is shown as it was typed."""
    lines = markdown.split("\n")
    code = {at for begin, end in _code(markdown) for at in range(begin, end)}
    return "\n".join(line if at in code else re.sub(r"(?<!\\)([\[\]])", r"\\\1", line) for at, line in enumerate(lines))
