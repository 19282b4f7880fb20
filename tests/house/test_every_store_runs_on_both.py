"""Every store is tried on both databases: by a test of its own, and not only where something else happens to use it."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from typing import Any

from tests.contracts.test_stores_alike import ALL, NEEDS_MORE
from tests.house.tree import Definition, Source, sources
from tests.persistence.store_methods import stores

ON_BOTH = {"both", "whole_record", "strict"}
"""Fixtures that are each of the two databases in turn."""


def runs_on_both(source: Source) -> bool:
    """Whether a test or a fixture of the module takes each of the two databases in turn."""
    functions = (node for node in source.nodes if isinstance(node, Definition) and not isinstance(node, ast.ClassDef))
    return any(each.arg in ON_BOTH for function in functions for each in function.args.args)


def names(tree: ast.AST) -> set[str]:
    """The names that are called."""
    return {each.func.id for each in ast.walk(tree) if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)}


def tried() -> set[str]:
    """What is made in modules of tests that run on both."""
    found: set[str] = set()
    for source in sources("tests"):
        if source.path.rpartition("/")[2].startswith("test_") and runs_on_both(source):
            found |= names(source.tree)
    return found


def parts(store: type[Any]) -> set[str]:
    """What a store is made of: it is tried with it."""
    return names(ast.parse(textwrap.dedent(inspect.getsource(store.__init__))))


def untried(known: set[str]) -> Iterator[str]:
    """The stores that are neither tried nor part of one that is."""
    everything = {each.__name__: each for each in stores()}
    reached, waiting = set[str](), known & everything.keys()
    while waiting:
        name = waiting.pop()
        reached.add(name)
        waiting |= (parts(everything[name]) & everything.keys()) - reached
    yield from everything.keys() - reached


def test_every_store_is_tried_on_both_databases() -> None:
    missing = sorted(untried(tried()))
    assert not missing, f"no test runs {missing} on both databases: add one to tests/contracts/test_stores_*.py"


def test_every_method_of_every_store_is_walked_on_both_databases() -> None:
    assert {each.store.__name__ for each in ALL} | NEEDS_MORE.keys() == {each.__name__ for each in stores()}


def test_a_store_that_nobody_tries_is_found_out() -> None:
    known = tried() - {"FormDraftRecord"}
    assert set(untried(known)) == {"FormDraftRecord"}
    assert "SettingsMerge" not in known, "it is tried as a part of what merges"
