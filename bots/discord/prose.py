"""Standard Markdown in Discord's own writing, which knows neither tables nor images, rules or headings below the third."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown_it.tree import SyntaxTreeNode

from bots.discord import figures, limits
from bots.discord.text import APART, begun, escaped, link, same
from bots.pieces import LEAST, pieces, reader

STYLES = {"strong": "**", "em": "*", "s": "~~"}
HEADINGS = frozenset({"h1", "h2", "h3"})
TICKS = "```"
RULE = "———"
"""Where a line across cannot be drawn."""
ROOM = 3_700
"""Characters of Markdown that are written at once: what is added to them, and a heading before them, has a little room."""
_DEFINES = re.compile(r"^ {0,3}\[[^\]]+\]:", re.MULTILINE)
_PLAIN = re.compile(r"(?:#{1,3} )?[^\W\d_](?:[^\W_]|[ ,'](?=[^\W_]))*")
"""Words without any sign that could mean something, perhaps as a heading: they are what they are, and need not be read."""
_TASK = re.compile(r"\A\\\[([ xX])\](?=\s)")

Known = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a list. `free`: it stands at the margin, since Discord has no code or quote within a list."""

    text: str
    free: bool = False


def written(markdown: str) -> Iterator[tuple[str, ...]]:
    """The Markdown in parts of at most 4,000 characters; of each, the texts between the lines across the page.

    Nothing in it pings, a link shows its address beside its label, and an image is such a link.
    """
    if len(markdown) <= ROOM and _PLAIN.fullmatch(markdown):
        yield (markdown,)
    else:
        yield from _written(markdown, ROOM, _references(markdown))


def _written(markdown: str, room: int, known: Known) -> Iterator[tuple[str, ...]]:
    for piece in pieces(markdown, room):
        texts = _texts(piece, known)
        if all(len(each) <= limits.TEXT for each in texts) or room == LEAST:
            yield texts
        else:
            yield from _written(piece, max(room // 2, LEAST), known)


def _references(markdown: str) -> Known:
    """Where links lead that are defined elsewhere in the text."""
    found: dict[str, object] = {}
    if _DEFINES.search(markdown):
        reader().parse(markdown, found)
    return found


def _texts(markdown: str, known: Known) -> tuple[str, ...]:
    texts: list[list[SyntaxTreeNode]] = [[]]
    for node in SyntaxTreeNode(reader().parse(markdown, dict(known))).children:
        if node.type == "hr":
            texts.append([])
        else:
            texts[-1].append(node)
    return tuple(map(_blocks, texts))


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> str:
    """Blocks under each other: an empty line between them only where Discord leaves no room by itself."""
    text, before = "", ""
    for node in nodes:
        block = _block(node)
        if block and text:
            near = text.endswith(TICKS) or block.startswith((TICKS, "# ", "## ", "### ")) or before == "heading"
            text += "\n" if near or (before == "paragraph" and node.type in _LISTS) else "\n\n"
        if block:
            text += block
            before = node.type
    return text


_LISTS = frozenset({"bullet_list", "ordered_list"})
_FREE = frozenset({"fence", "code_block", "blockquote", "table"})


def _block(node: SyntaxTreeNode) -> str:
    match node.type:
        case "heading":
            return _heading(node)
        case "fence" | "code_block":
            return figures.fenced(node.content.rstrip("\n"), str(node.info).strip())
        case "bullet_list" | "ordered_list":
            return "\n".join(each.text for each in _list(node))
        case "blockquote":
            inner = "\n\n".join(filter(None, (_unquoted(each) for each in node.children)))
            return "\n".join(f"> {line}" for line in inner.split("\n")) if inner else ""
        case "hr":
            return RULE
        case "table":
            return _table(node)
        case "inline":
            return begun(_inline(node.children))
        case _:
            return _blocks(node.children)


def _unquoted(node: SyntaxTreeNode) -> str:
    """A block of a quote: Discord has no quote within another."""
    if node.type != "blockquote":
        return _block(node)
    return "\n\n".join(filter(None, map(_unquoted, node.children)))


def _heading(node: SyntaxTreeNode) -> str:
    deep = node.tag not in HEADINGS
    words = (
        _inline(node.children[0].children, within="strong" if deep else "").replace("\n", " ").strip() if node.children else ""
    )
    return "" if not words else f"**{words}**" if deep else f"{'#' * int(node.tag[1])} {words}"


def _table(node: SyntaxTreeNode) -> str:
    rows = [tuple(figures.flat(cell) for cell in row.children) for part in node.children for row in part.children]
    if figures.is_narrow(rows):
        return figures.fenced(figures.columns(rows))
    cells = [
        tuple(_inline(cell.children[0].children) if cell.children else "" for cell in row.children)
        for part in node.children
        for row in part.children
    ]
    return figures.records(cells)


def _list(node: SyntaxTreeNode) -> Iterator[_Line]:
    first = int(node.attrs.get("start", 1))
    for number, item in enumerate(node.children, start=first):
        sign = "- " if node.type == "bullet_list" else f"{number}. "
        yield from _item(item, sign)


def _item(node: SyntaxTreeNode, sign: str) -> Iterator[_Line]:
    """An item under its sign; what Discord cannot show within a list stands between its items."""
    indent, broken, signed = " " * len(sign), False, False
    for child in node.children:
        if child.type in _FREE:
            if not signed:
                yield _Line(sign.rstrip() + f" {APART}")
                signed = True
            yield from (_Line(line, free=True) for line in _block(child).split("\n"))
            broken = True
        elif child.type in _LISTS:
            if not signed:
                yield _Line(sign.rstrip() + f" {APART}")
                signed = True
            yield from (line if line.free else _Line(indent + line.text) for line in _list(child))
        else:
            words = _line_of(child) if not signed else _block(child)
            for at, line in enumerate(words.split("\n")):
                yield _Line(sign + line if at == 0 and not signed else line if broken else indent + line, free=broken)
                signed = True
    if not signed:
        yield _Line(sign.rstrip() + f" {APART}")


def _line_of(node: SyntaxTreeNode) -> str:
    """The first words of an item: with a sign, where they are something to be ticked."""
    words = f"**{_inline(node.children[0].children, 'strong')}**" if node.type == "heading" and node.children else _block(node)
    return _TASK.sub(lambda found: "☐" if found[1] == " " else "✓", words)


def _inline(nodes: Sequence[SyntaxTreeNode], within: str = "") -> str:
    text = ""
    for node in nodes:
        part = _part(node, within)
        both = text[-1:] == part[:1] and part[:1] in ("*", "~", "`") and not text.endswith(f"\\{part[:1]}")
        text += APART + part if both else part
    return text


def _part(node: SyntaxTreeNode, within: str) -> str:
    match node.type:
        case "text":
            return escaped(node.content)
        case "code_inline":
            return _code(node.content)
        case "softbreak" | "hardbreak":
            return "\n"
        case "link":
            return _link(
                _inline(node.children, within), str(node.attrs.get("href", "")), "".join(map(figures.flat, node.children))
            )
        case "image":
            return _link(escaped(node.content), str(node.attrs.get("src", "")), node.content)
        case "strong" | "em" | "s":
            words, sign = _inline(node.children, f"{within} {node.type}"), STYLES[node.type]
            return words if node.type in within.split() or not words.strip() else f"{sign}{words}{sign}"
        case _:
            return _inline(node.children, within)


def _code(content: str) -> str:
    """Code in a line, between more ticks than there are in it."""
    ticks = "`" * (max((len(each) for each in re.findall("`+", content)), default=0) + 1)
    edge = " " if content[:1] == "`" or content[-1:] == "`" else ""
    return f"{ticks}{edge}{content}{edge}{ticks}"


def _link(label: str, address: str, plain: str) -> str:
    """The label, and the address as a link that shows itself."""
    if address.startswith("mailto:"):
        shown = escaped(address.removeprefix("mailto:"))
    else:
        shown = link(address) if re.match(r"https?://", address, re.IGNORECASE) else escaped(address)
    return shown if not label.strip() or same(plain, address) else f"{label} ({shown})" if shown else label
