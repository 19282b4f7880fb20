"""Noticing whether anything was written while a request was answered: who shows what is kept need not look again otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class Writes:
    """Whether something was written."""

    __slots__ = ("any",)

    def __init__(self) -> None:
        self.any = False


_noticing: ContextVar[Writes | None] = ContextVar("noticing", default=None)


@contextmanager
def noticing() -> Iterator[Writes]:
    """What is written in the block, by the present task or what it begins, is noticed."""
    writes = Writes()
    before = _noticing.set(writes)
    try:
        yield writes
    finally:
        _noticing.reset(before)


def notice() -> None:
    """Something is being written."""
    writes = _noticing.get()
    if writes is not None:
        writes.any = True
