"""Standard Markdown set as plain text that keeps its meaning: lists, quotes, code and tables stay what they are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

SIGNS = frozenset("*_`#[]<>|~\\&!")
"""Text without any of these has nothing to be set, except where a line begins with a list's sign."""
KNOWN_AT_MOST = 256
"""Texts whose reading is kept: the course's own and our own are shown again and again."""


def plain(markdown: str) -> str:
    """The Markdown (CommonMark with tables) as plain text, without marks of emphasis; code is kept to the letter."""
    if not SIGNS.intersection(markdown):
        return markdown
    return _set(markdown)


@lru_cache(maxsize=KNOWN_AT_MOST)
def _set(markdown: str) -> str:
    from markdown_it.tree import SyntaxTreeNode  # noqa: PLC0415 - most answers have no marks

    return _blocks(SyntaxTreeNode(_reader().parse(markdown)).children)


@cache
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def _blocks(nodes: Sequence[SyntaxTreeNode], between: str = "\n\n") -> str:
    return between.join(text for text in (_block(node) for node in nodes) if text)


def _block(node: SyntaxTreeNode) -> str:
    match node.type:
        case "fence" | "code_block":
            return node.content.rstrip("\n")
        case "bullet_list" | "ordered_list":
            return _list(node)
        case "blockquote":
            return _indented(_blocks(node.children), "> ", "> ")
        case "hr":
            return "---"
        case "table":
            return _table(node)
        case "inline":
            return "".join(_inline(child) for child in node.children)
        case _:
            return _blocks(node.children, "")


def _list(node: SyntaxTreeNode) -> str:
    first = int(node.attrs.get("start", 1))
    lines = []
    for number, item in enumerate(node.children, start=first):
        sign = "- " if node.type == "bullet_list" else f"{number}. "
        tight = all(child.type != "paragraph" or child.hidden for child in item.children)
        lines.append(_indented(_blocks(item.children, "\n" if tight else "\n\n"), sign, " " * len(sign)))
    return "\n".join(lines)


def _indented(text: str, first: str, others: str) -> str:
    lines = text.split("\n")
    return "\n".join((first if at == 0 else others if line else others.rstrip()) + line for at, line in enumerate(lines))


def _table(node: SyntaxTreeNode) -> str:
    rows = [[_blocks(cell.children) for cell in row.children] for part in node.children for row in part.children]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def _inline(node: SyntaxTreeNode) -> str:
    match node.type:
        case "text" | "code_inline":
            return node.content
        case "softbreak" | "hardbreak":
            return "\n"
        case "link":
            text = "".join(_inline(child) for child in node.children)
            address = str(node.attrs.get("href", ""))
            return text if address in ("", text, f"mailto:{text}") else f"{text} ({address})"
        case "image":
            return f"[picture] {node.content}"
        case _:
            return "".join(_inline(child) for child in node.children)
