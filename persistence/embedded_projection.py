"""The part of a document that an inclusion projection asks for, as MongoDB gives it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from persistence.documents import Document
from persistence.embedded_json import decode_some


def projecting(fields: Sequence[str]) -> Callable[[str], Document]:
    """Reads from a document's text the fields at these paths and nothing else.

    A path that leads nowhere leaves the documents on its way, emptied.
    """
    tree = _tree(fields)
    if not any(tree.values()):
        return lambda text: decode_some(text, tree)
    return lambda text: _part(decode_some(text, tree), tree)


def _tree(fields: Sequence[str]) -> dict[str, Any]:
    """The paths as branches; an empty branch means the whole value."""
    tree: dict[str, Any] = {}
    for path in fields:
        branch = tree
        for part in path.split("."):
            branch = branch.setdefault(part, {})
    return tree


def _part(document: dict[str, Any], tree: dict[str, Any]) -> dict[str, Any]:
    part = {}
    for name, value in document.items():
        if name not in tree:
            continue
        branch = tree[name]
        if not branch:
            part[name] = value
        elif isinstance(value, dict):
            part[name] = _part(value, branch)
        elif isinstance(value, list):
            part[name] = [_part(each, branch) for each in value if isinstance(each, dict)]
    return part
