"""The house's own files, read once: what the rules look at."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHIPPED = ("bots", "core", "persistence", "scheduler")
ALL = (*SHIPPED, "tests", "benchmarks")

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True, slots=True)
class Source:
    """A module: its path from the root, its text and what it says."""

    path: str
    text: str
    tree: ast.Module
    nodes: tuple[ast.AST, ...]
    """All that the tree is of: to walk it takes longer than to read it, and each rule looks at all."""

    @property
    def lines(self) -> list[str]:
        """Its lines; the first stands at 0."""
        return self.text.splitlines()

    def at(self, node: ast.expr | ast.stmt | ast.excepthandler) -> str:
        """Where a node stands, as an editor opens it."""
        return f"{self.path}:{node.lineno}"


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """The modules of these folders, in the order of their paths."""
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return tuple(_read(path) for path in paths)


@cache
def _read(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    return Source(path.relative_to(ROOT).as_posix(), text, tree, tuple(ast.walk(tree)))


def dotted(node: ast.expr) -> str:
    """The name that an expression is, such as `asyncio.sleep`; empty where it is none."""
    match node:
        case ast.Name():
            return node.id
        case ast.Attribute():
            return f"{dotted(node.value)}.{node.attr}"
        case _:
            return ""


def calls(source: Source) -> Iterator[tuple[str, ast.Call]]:
    """Every call, with the name of what is called."""
    for node in source.nodes:
        if isinstance(node, ast.Call):
            yield dotted(node.func), node


def public(body: list[ast.stmt], within: str = "") -> Iterator[tuple[str, Definition]]:
    """The definitions that others may use, with their names; those of a class after the class."""
    for node in body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            yield f"{within}{node.name}", node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body, f"{node.name}.")


def imported(source: Source) -> Iterator[str]:
    """The modules that a module imports, wherever it does."""
    for node in source.nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
