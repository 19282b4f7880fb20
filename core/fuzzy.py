"""rapidfuzz, loaded when words are first compared: nearly all that a program does needs no part of it, and it takes 3 MB."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__all__ = ["OSA", "fuzz", "process"]

if TYPE_CHECKING:
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import OSA
else:

    class _Later:
        """A module by its name, loaded when something of it is asked for."""

        def __init__(self, name: str) -> None:
            self._name = name

        def __getattr__(self, name: str) -> object:
            return getattr(import_module(self._name), name)

    process, fuzz, OSA = _Later("rapidfuzz.process"), _Later("rapidfuzz.fuzz"), _Later("rapidfuzz.distance.OSA")
