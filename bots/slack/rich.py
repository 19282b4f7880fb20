"""Markdown as rich_text blocks, which every place in Slack shows: style stands beside words, and no word is read as a sign."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from markdown_it.tree import SyntaxTreeNode

from bots.pieces import reader
from bots.slack.posts import Block
from bots.slack.text import cells, columns, same, ticked
from core import markdown as plain_markdown

STYLES = {"strong": "bold", "em": "italic", "s": "strike", "code_inline": "code"}
_ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]'’”]")


def rich(markdown: str) -> tuple[Block, ...]:
    """The Markdown as one rich_text block, or as several with dividers between them; none where nothing is said."""
    found: list[Block] = []
    elements: list[Block] = []
    for node in SyntaxTreeNode(reader().parse(ticked(markdown))).children:
        if node.type == "hr":
            found += [*block(elements), {"type": "divider"}]
            elements = []
        else:
            elements += _block(node)
    return (*found, *block(elements))


def block(elements: Sequence[Block]) -> Iterator[Block]:
    """The rich_text block of these elements; paragraphs that follow each other are one section, with a line between."""
    joined: list[Block] = []
    for each in elements:
        before = joined[-1] if joined else None
        if before and before["type"] == each["type"] == "rich_text_section":
            joined[-1] = section([*before["elements"], text("\n\n"), *each["elements"]])
        else:
            joined.append(each)
    if joined:
        yield {"type": "rich_text", "elements": joined}


def section(elements: Sequence[Block]) -> Block:
    """A paragraph."""
    return {"type": "rich_text_section", "elements": list(elements)}


def code(words: str) -> Block:
    """Words in columns."""
    return {"type": "rich_text_preformatted", "elements": [text(words or " ")]}


def text(words: str, *styles: str) -> Block:
    """Words with styles: bold, italic, strike, code."""
    return {"type": "text", "text": words, **({"style": dict.fromkeys(styles, True)} if styles else {})}


def _block(node: SyntaxTreeNode, indent: int = 0) -> list[Block]:
    match node.type:
        case "paragraph":
            return _section(_inline(node.children))
        case "heading":
            return _section(_inline(node.children, ("bold",)))
        case "fence" | "code_block":
            return [code(node.content.rstrip("\n"))]
        case "bullet_list" | "ordered_list":
            return _list(node, indent)
        case "blockquote":
            words = _inline(node.children)
            return [{"type": "rich_text_quote", "elements": words}] if words else []
        case "table":
            return [code(columns(cells(node)))]
        case "hr":
            return [section([text("———")])]
        case _:
            return [each for child in node.children for each in _block(child, indent)]


def _section(elements: list[Block]) -> list[Block]:
    return [section(elements)] if elements else []


def _list(node: SyntaxTreeNode, indent: int) -> list[Block]:
    """A list of Slack's has no lists or code within: these come between its parts, and its numbers go on."""
    style = "bullet" if node.type == "bullet_list" else "ordered"
    found: list[Block] = []
    for number, item in enumerate(node.children, start=int(node.attrs.get("start", 1)) - 1):
        words = _inline([each for each in item.children if each.type in {"paragraph", "heading"}])
        rest = [each for each in item.children if each.type not in {"paragraph", "heading"}]
        if found and found[-1]["type"] == "rich_text_list" and found[-1]["indent"] == indent:
            found[-1]["elements"].append(section(words or [text(" ")]))
        else:
            begun: Block = {
                "type": "rich_text_list",
                "style": style,
                "indent": indent,
                "elements": [section(words or [text(" ")])],
            }
            found.append({**begun, "offset": number} if style == "ordered" and number > 0 else begun)
        found += [each for child in rest for each in _block(child, min(indent + 1, 8))]
    return found


def _inline(nodes: Iterable[SyntaxTreeNode], styles: tuple[str, ...] = ()) -> list[Block]:
    """Words of paragraphs, a line for each; what is no paragraph is told in plain words."""
    found: list[Block] = []
    for node in nodes:
        if found:
            found.append(text("\n"))
        if node.type in {"paragraph", "heading"}:
            found += _inline(node.children, styles) if node.children else []
        elif node.type == "inline":
            found += [each for child in node.children for each in _part(child, styles)]
        else:
            found.append(text(_plain(node)))
    return _joined(found)


def _plain(node: SyntaxTreeNode) -> str:
    if node.type in {"fence", "code_block"}:
        return node.content.rstrip("\n")
    return "\n".join(plain_markdown.plain(each.content) for each in node.walk() if each.type == "inline")


def _part(node: SyntaxTreeNode, styles: tuple[str, ...]) -> list[Block]:
    match node.type:
        case "text":
            return _linked(node.content, styles)
        case "code_inline":
            return [text(node.content, *styles, "code")]
        case "softbreak" | "hardbreak":
            return [text("\n")]
        case "link":
            label, address = _inline_children(node, styles), str(node.attrs.get("href", ""))
            said = "".join(each.get("text", "") or each.get("url", "") for each in label)
            return _link(address) if same(said, address) or not said else [*label, text(" ("), *_link(address), text(")")]
        case "image":
            address = str(node.attrs.get("src", ""))
            return [text(f"{node.content} ("), *_link(address), text(")")] if node.content else _link(address)
        case "strong" | "em" | "s":
            return _inline_children(node, (*styles, STYLES[node.type]))
        case _:
            return _inline_children(node, styles)


def _inline_children(node: SyntaxTreeNode, styles: tuple[str, ...]) -> list[Block]:
    return [each for child in node.children for each in _part(child, tuple(dict.fromkeys(styles)))]


def _linked(words: str, styles: tuple[str, ...]) -> list[Block]:
    """Words in which an address is a link."""
    found, at = [], 0
    for address in _ADDRESS.finditer(words):
        found += [text(words[at : address.start()], *styles)] if address.start() > at else []
        found.append({"type": "link", "url": address[0]})
        at = address.end()
    return [*found, text(words[at:], *styles)] if at < len(words) else found


def _link(address: str) -> list[Block]:
    if address.startswith(("http://", "https://", "mailto:")):
        return [{"type": "link", "url": address}]
    return [text(address)] if address else []


def _joined(elements: Sequence[Block]) -> list[Block]:
    """Words of the same style as one element."""
    found: list[Block] = []
    for each in elements:
        before: Mapping[str, object] = found[-1] if found else {}
        if each["type"] == before.get("type") == "text" and each.get("style") == before.get("style"):
            found[-1] = {**found[-1], "text": found[-1]["text"] + each["text"]}
        else:
            found.append(each)
    return found
