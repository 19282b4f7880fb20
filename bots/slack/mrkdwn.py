"""Markdown in Slack's own writing, for places that know no other: the text of a message, and modals."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.tree import SyntaxTreeNode

from bots.pieces import pieces, reader
from bots.slack.text import APART, cells, columns, escaped, same, ticked

STYLES = {"strong": "*", "em": "_", "s": "~"}
LIKE = {ord("*"): "∗", ord("`"): "ˋ"}
"""Slack has no escape for its own signs: where one stands for itself, one that looks like it does."""
SHORTEST = 200


def mrkdwn(markdown: str) -> str:
    """The Markdown as mrkdwn. Nothing in it pings; a link shows its address beside its label, and an image is a link."""
    return _blocks(SyntaxTreeNode(reader().parse(ticked(markdown))).children)


def in_parts(markdown: str, at_most: int) -> tuple[str, ...]:
    """The Markdown as mrkdwn, in parts of at most so many characters: it may be longer by its escapes than it was."""
    for room in (at_most, at_most * 3 // 4, at_most // 2, at_most // 8):
        parts = tuple(mrkdwn(each) for each in pieces(markdown, max(room, SHORTEST)))
        if all(len(each) <= at_most for each in parts):
            break
    return tuple(part for part in parts if part)


def _blocks(nodes: Sequence[SyntaxTreeNode], between: str = "\n\n") -> str:
    return between.join(text for text in map(_block, nodes) if text)


def _block(node: SyntaxTreeNode) -> str:
    match node.type:
        case "heading":
            return f"*{_inline(node, within='strong')}*"
        case "fence" | "code_block":
            return _fence(node.content.rstrip("\n"))
        case "bullet_list" | "ordered_list":
            return _list(node)
        case "blockquote":
            return "\n".join(f">{line}" for line in _blocks(node.children, "\n").split("\n"))
        case "hr":
            return "———"
        case "table":
            return _fence(columns(cells(node)))
        case "inline":
            return _inline(node)
        case _:
            return _blocks(node.children, "")


def _fence(code: str) -> str:
    """Code between three ticks, which Slack ends at the first three more."""
    return f"```\n{escaped(code.replace('```', f'``{APART}`'))}\n```"


def _list(node: SyntaxTreeNode) -> str:
    first, lines = int(node.attrs.get("start", 1)), []
    for number, item in enumerate(node.children, start=first):
        sign = "•" if node.type == "bullet_list" else f"{number}."
        words = _blocks(item.children, "\n").split("\n")
        lines += [f"{sign} {words[0]}", *(f"    {line}" if line else "" for line in words[1:])]
    return "\n".join(lines)


def _inline(node: SyntaxTreeNode, within: str = "") -> str:
    return "".join(_part(child, within) for child in node.children)


def _part(node: SyntaxTreeNode, within: str) -> str:
    match node.type:
        case "text":
            return escaped(node.content.translate(LIKE))
        case "code_inline":
            return f"`{escaped(node.content.replace('`', f'{APART}ˋ'))}`"
        case "softbreak" | "hardbreak":
            return "\n"
        case "link":
            label, address = _inline(node, within), str(node.attrs.get("href", ""))
            return _link(label, address)
        case "image":
            return _link(escaped(node.content), str(node.attrs.get("src", "")))
        case "strong" | "em" | "s":
            words, sign = _inline(node, node.type), STYLES[node.type]
            return words if node.type == within or not words.strip() else f"{sign}{words}{sign}"
        case _:
            return _inline(node, within)


def _link(label: str, address: str) -> str:
    """The label, and the address as a link that shows itself."""
    safe = escaped(address).replace("|", "%7C")
    shown = f"<{safe}>" if address.startswith(("http://", "https://", "mailto:")) else safe
    return shown if same(label, safe) or not label else f"{label} ({shown})"
