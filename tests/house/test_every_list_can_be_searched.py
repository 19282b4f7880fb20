"""A list that can grow has a search, an order and pages: it is in the table of lists, and its arguments say so."""

from __future__ import annotations

from dataclasses import fields
from enum import StrEnum

import pytest

from bots.discord import calls
from bots.features import FEATURES
from bots.web.ways import shows
from core.catalog import Catalog
from core.command import Parameter, parameters
from core.listing import SOUGHT_AT_MOST, Listing
from core.ui import Call
from tests.house.lists import FIXED, GROW, NONE

CATALOG = Catalog(command for feature in FEATURES for command in feature.COMMANDS)
ORDERS_AT_LEAST, ORDERS_AT_MOST = 2, 5
PAGES_AT_MOST = 99
EQUAL = 36
"""Things to press in a card of a list, each of which may need a sign that tells it from an equal one."""
WHOLE = ("agent", "asset")
"""These open one thing of a list, and are alone behind a button."""
ID = "per_01m83ekdxsp3626n5vz4hwxegg"
"""An id of ours is never longer: whose list it is goes along with each call."""


def test_every_command_is_in_the_table_of_lists_once() -> None:
    told = [*GROW, *FIXED, *NONE]
    assert len(told) == len(set(told)), "a command is one of the three"
    assert set(told) - CATALOG.commands.keys() == set(), "these are gone"
    assert CATALOG.commands.keys() - set(told) == set(), "does it show a list, and can that grow? tests/house/lists.py says so"


def test_the_lists_that_can_grow_are_those_whose_arguments_are_a_listing() -> None:
    assert {name for name, command in CATALOG.commands.items() if issubclass(command.args, Listing)} == GROW


@pytest.mark.parametrize("name", sorted(GROW))
def test_a_list_has_a_few_orders_of_which_the_first_stands_there_unasked(name: str) -> None:
    (order,) = (each for each in parameters(CATALOG.commands[name].args) if each.name == "order")
    (default,) = (each.default for each in fields(CATALOG.commands[name].args) if each.name == "order")
    assert issubclass(order.reads, StrEnum)
    assert ORDERS_AT_LEAST <= len(order.options()) <= ORDERS_AT_MOST
    assert default is next(iter(order.reads))


@pytest.mark.parametrize("name", sorted(GROW))
def test_a_link_opens_a_list_in_the_browser(name: str) -> None:
    assert shows(CATALOG.commands[name]), "or else bots/web/ways.py asks first whether to show it"


@pytest.mark.parametrize("name", sorted(GROW))
def test_whatever_is_asked_of_a_list_fits_behind_a_button(name: str) -> None:
    args = CATALOG.commands[name].args
    longest = {each.name: _longest(each, args.sought_at_most) for each in parameters(args)}
    unasked = {each.name: each.default for each in fields(args)}
    carried = {
        each: value for each, value in longest.items() if value and value != unasked[each] and each not in ("agent", "asset")
    }
    calls.written(Call(name, carried), EQUAL)


def _longest(parameter: Parameter, sought_at_most: int) -> str:
    """The longest that a button of a list carries for it; what stands there unasked is left away."""
    match parameter.name:
        case "search":
            return "é" * sought_at_most
        case "page":
            return str(PAGES_AT_MOST)
        case "order":
            return max((each.value for each in parameter.options()[1:]), key=len)
        case _:
            return max((each.value for each in parameter.options()), key=len, default=ID)


def test_nothing_that_is_searched_for_is_longer_than_most() -> None:
    assert all(CATALOG.commands[name].args.sought_at_most <= SOUGHT_AT_MOST for name in GROW)
