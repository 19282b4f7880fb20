"""Whoever takes this in gets structlog without what that takes along where it is installed: 4 MB that no server needs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

LEFT_OUT = ("rich", "greenlet")
"""Both may be missing: https://www.structlog.org/en/stable/getting-started.html"""


class _Missing(MetaPathFinder):
    """Says of these that they are not installed."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name in LEFT_OUT:
            raise ModuleNotFoundError(f"{name} is left out", name=name)
        return None


def _load() -> None:
    """Load it, where nobody has; whoever wants one of the others for themselves gets it afterwards, such as the terminal."""
    missing = _Missing()
    sys.meta_path.insert(0, missing)
    try:
        import_module("structlog")
    finally:
        sys.meta_path.remove(missing)


_load()
