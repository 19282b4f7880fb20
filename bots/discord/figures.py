"""Tables in Discord, which has none: in columns of code where a phone is wide enough for them, or else row by row."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.tree import SyntaxTreeNode

from bots.discord.text import APART, begun, same
from core import plain
from core.ui import Table

EMPTY = "–"
"""What stands in a cell that is empty."""
NARROW = 36
"""Characters of equal width that stand beside each other in code, in a card, on a phone of 390 points."""
LINE, SHORT = 34, 70
"""Characters of a row that stand in one line, and in two."""

Rows = Sequence[tuple[str, ...]]


def is_narrow(rows: Rows, numeric: frozenset[int] = frozenset()) -> bool:
    """Whether the rows, their head first, fit beside each other."""
    return all(len(line) <= NARROW for line in columns(rows, numeric).split("\n"))


def columns(rows: Rows, numeric: frozenset[int] = frozenset()) -> str:
    """Rows under their head in columns."""
    return plain.table(Table(rows[0], tuple(rows[1:]), "", numeric))


def records(rows: Rows, numeric: frozenset[int] = frozenset()) -> str:
    """The rows one under the other, their head first, in Discord's Markdown as their cells are.

    What each row is about is bold. Where every row is short the heads stand over them all, and what is not bold follows in its
    line; where a phone is too narrow for that, quietly below it, but for numbers beside it. Else each cell has a line of its own.
    """
    head, *body = rows
    name = next((at for at, _ in enumerate(head) if at not in numeric), 0)
    if not is_short(rows):
        return "\n".join([*_heads(head[name : name + 1]), "\n\n".join(begun(_block(head, row, name)) for row in body)])
    beside = len(head)
    if any(sum(map(len, row)) > LINE for row in body):
        beside = next((at for at in range(name + 1, len(head)) if at not in numeric), len(head))
    return "\n".join([*_heads(head), *(_line(row, name, beside) for row in body)])


def is_short(rows: Rows) -> bool:
    """Whether each row has room in two lines."""
    return all(sum(len(cell) for cell in row) <= SHORT for row in rows[1:])


def fenced(code: str, language: str = "") -> str:
    """Code between three ticks, which Discord ends at the first three more. Nothing, where there is neither."""
    code, language = (each.replace("```", f"``{APART}`") for each in (code, language))
    if not code.strip():
        code, language = language, ""
    return f"```{language}\n{code}\n```" if code else ""


def flat(node: SyntaxTreeNode) -> str:
    """What Markdown says in plain words, in one line; an address stands beside its label."""
    match node.type:
        case "text" | "code_inline":
            return node.content
        case "softbreak" | "hardbreak":
            return " "
        case "image":
            return f"{node.content} ({node.attrs.get('src', '')})"
        case "link":
            label, address = "".join(map(flat, node.children)), str(node.attrs.get("href", ""))
            return label if same(label, address) else f"{label} ({address})"
        case _:
            return "".join(map(flat, node.children))


def _heads(head: tuple[str, ...]) -> list[str]:
    """A quiet line over the rows."""
    words = " · ".join(each or EMPTY for at, each in enumerate(head) if each or at)
    return [f"-# {words}"] if words else []


def _line(row: tuple[str, ...], name: int, beside: int) -> str:
    """A row, with the cells from `beside` on in a line of their own."""
    before = "".join(f"{cell} " for cell in row[:name] if cell)
    line = begun(f"{before}{_bold(row[name])}") + "".join(f" · {cell or EMPTY}" for cell in row[name + 1 : beside])
    return f"{line}\n-# {' · '.join(cell or EMPTY for cell in row[beside:])}" if any(row[beside:]) else line


def _block(head: tuple[str, ...], row: tuple[str, ...], name: int) -> str:
    rest = [(each, cell) for at, (each, cell) in enumerate(zip(head, row, strict=True)) if at != name and cell]
    return "\n".join([_bold(row[name]), *(f"{each}: {cell}" if each else cell for each, cell in rest)])


def _bold(words: str) -> str:
    return f"**{words.replace('**', '')}**" if words.strip() else EMPTY
