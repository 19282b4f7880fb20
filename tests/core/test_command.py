"""One declaration, from which every surface's input is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.command import Arg, Command, Nothing, Pace, Problems, form_of, parameters, read, with_days
from core.positions import by_position
from core.request import Typed
from core.ui import Answer, Kind, Option

TODAY = date(2026, 4, 9)


class Colour(StrEnum):
    RED = "Red"
    BLUE = "Blue"


@dataclass(frozen=True)
class Order:
    count: Annotated[int, Arg("How many", hint="For example 3")]
    colour: Annotated[Colour, Arg("Colour")] = Colour.RED
    price: Annotated[Decimal | None, Arg("Price")] = None
    on: Annotated[date | None, Arg("Day")] = None
    gift: Annotated[bool, Arg("Gift wrap")] = False
    names: Annotated[tuple[str, ...], Arg("Names")] = ()
    note: Annotated[str, Arg("Note", max_length=10)] = ""


@dataclass(frozen=True)
class Day:
    on: Annotated[date, Arg("Day")]
    since: Annotated[date, Arg("Since", gone=True)]


@dataclass(frozen=True)
class Loose:
    code: Annotated[str, Arg("Code")]
    secret: Annotated[str, Arg("Secret", hidden=True)] = ""
    answers: Mapping[str, Typed] = field(default_factory=dict)


async def nothing() -> Answer:
    return None


def test_every_annotated_field_is_a_parameter_with_the_input_that_fits_its_type() -> None:
    kinds = {each.name: each.kind for each in parameters(Order)}
    assert kinds == {
        "count": Kind.NUMBER,
        "colour": Kind.CHOICE,
        "price": Kind.NUMBER,
        "on": Kind.DATE,
        "gift": Kind.YES_NO,
        "names": Kind.LIST,
        "note": Kind.LINE,
    }
    assert [each.name for each in parameters(Order) if each.required] == ["count"]
    assert parameters(Order)[1].options() == (Option("Red", "Red"), Option("Blue", "Blue"))


def test_a_field_without_a_declaration_is_a_mistake_that_shows_at_once() -> None:
    @dataclass
    class Bare:
        word: str

    with pytest.raises(TypeError, match="Bare"):
        parameters(Bare)


def test_values_are_read_as_what_the_fields_mean() -> None:
    typed = {
        "count": "3",
        "colour": "blue",
        "price": "9,50",
        "on": "2026-03-31",
        "gift": "yes",
        "names": "Ann\n\n Ben ",
        "note": " hi ",
    }
    assert read(Order, typed, TODAY) == Order(3, Colour.BLUE, Decimal("9.50"), date(2026, 3, 31), True, ("Ann", "Ben"), "hi")


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("count", "three", "not a whole number"),
        ("colour", "green", "not one of: Red, Blue"),
        ("price", "cheap", "not a number"),
        ("price", "nan", "not a number"),
        ("on", "31.02.2026", "Write it like 16 April 2026, or 2026-04-16."),
        ("on", "1/12", "Tuesday 1 December 2026 or Tuesday 12 January 2027"),
        ("gift", "perhaps", "neither yes nor no"),
        ("note", "x" * 11, "11 characters; at most 10"),
    ],
)
def test_what_cannot_be_read_is_a_problem_of_its_field(name: str, typed: str, says: str) -> None:
    problems = read(Order, {"count": "1", name: typed}, TODAY)
    assert isinstance(problems, Problems)
    assert says in problems.found[name]
    assert not problems.missing


@pytest.mark.parametrize(
    ("typed", "on", "since"),
    [
        ("30 November", "2026-11-30", "2025-11-30"),
        ("30 Nov 2025", "2025-11-30", "2025-11-30"),
        ("30/11", "2026-11-30", "2025-11-30"),
        ("1st December", "2026-12-01", "2025-12-01"),
        ("Friday", "2026-04-10", "2026-04-03"),
        ("next Monday", "2026-04-13", "2026-04-13"),
        ("yesterday", "2026-04-08", "2026-04-08"),
    ],
)
def test_a_day_is_read_as_people_write_it_to_come_or_over(typed: str, on: str, since: str) -> None:
    values: dict[str, Typed] = {"on": typed, "since": typed}
    assert read(Day, values, TODAY) == Day(date.fromisoformat(on), date.fromisoformat(since))
    assert with_days(Day, values, TODAY) == {"on": on, "since": since}, "a date input shows it"


def test_a_day_that_is_not_clear_stays_as_it_was_typed() -> None:
    values: dict[str, Typed] = {"on": "1/12", "since": "soon"}
    assert with_days(Day, values, TODAY) == values


def test_a_missing_value_is_told_apart_from_a_wrong_one() -> None:
    problems = read(Order, {"count": "  ", "colour": "green"}, TODAY)
    assert isinstance(problems, Problems)
    assert problems.missing == {"count"}
    assert set(problems.found) == {"count", "colour"}


def test_unknown_values_go_to_the_field_that_takes_the_rest_and_are_refused_where_there_is_none() -> None:
    assert read(Loose, {"code": "H1", "ask.channel": "Instagram"}, TODAY) == Loose("H1", answers={"ask.channel": "Instagram"})
    problems = read(Order, {"count": "1", "size": "L"}, TODAY)
    assert isinstance(problems, Problems)
    assert "size" in problems.found


def test_words_are_given_to_the_parameters_in_order_and_the_last_takes_what_is_left() -> None:
    assert by_position(Order, "3 red 9.5 2026-01-01 no Ann for my aunt", TODAY) == {
        "count": "3",
        "colour": "red",
        "price": "9.5",
        "on": "2026-01-01",
        "gift": "no",
        "names": "Ann",
        "note": "for my aunt",
    }
    assert by_position(Nothing, "whatever", TODAY) == {}
    assert by_position(Loose, "H1 and more", TODAY) == {"code": "H1 and more"}, "a hidden parameter is never typed"


@pytest.mark.parametrize(("pace", "submit"), [(Pace.NOW, "Go on"), (Pace.LATER, "Go on"), (Pace.FORM, "Save")])
def test_a_form_that_only_asks_for_a_missing_word_speaks_of_no_saving(pace: Pace, submit: str) -> None:
    command = Command(name="give", summary="Give", args=Loose, handler=nothing, pace=pace)
    assert form_of(command, {}).submit == submit


def test_a_form_shows_no_hidden_parameter_but_carries_its_value() -> None:
    command = Command(name="loose", summary="Loose", handler=nothing, args=Loose)
    form = form_of(command, {"secret": "s3"}, {"code": "This is needed."})
    assert [each.name for each in form.fields] == ["code"]
    assert form.values == {"secret": "s3"}
    assert form.problems == {"code": "This is needed."}


@given(st.dictionaries(st.sampled_from([each.name for each in parameters(Order)]), st.text()))
def test_whatever_is_typed_is_read_or_refused_in_words(values: dict[str, str]) -> None:
    made = read(Order, values, TODAY)
    if isinstance(made, Problems):
        assert made.found
        assert all(made.found.values())
        assert made.missing <= made.found.keys()
    else:
        assert isinstance(made, Order)


@given(st.text())
def test_no_typed_words_are_lost_on_their_way_to_the_parameters(words: str) -> None:
    values = by_position(Order, words, TODAY)
    assert "".join("".join(str(value).split()) for value in values.values()) == "".join(words.split())


@dataclass(frozen=True, slots=True)
class Begun:
    name: Annotated[str, Arg("Name")]
    starts_on: Annotated[date | None, Arg("Starts")] = None
    free_after: Annotated[tuple[str, ...], Arg("Free", kind=Kind.CHOICES, options=(Option("7", "7"),))] = ()


@dataclass(frozen=True, slots=True)
class GivenTo:
    person: Annotated[str, Arg("Who")]
    part: Annotated[Literal["Foundation", "figures"], Arg("What")]


@pytest.mark.parametrize(
    ("args", "words", "values"),
    [
        (Begun, "Spring 2026", {"name": "Spring 2026"}),
        (Begun, "Spring 2026 2026-04-13", {"name": "Spring 2026", "starts_on": "2026-04-13"}),
        (Begun, "Cohort 7", {"name": "Cohort 7"}),
        (GivenTo, "Ana Ó Byrne figures", {"person": "Ana Ó Byrne", "part": "figures"}),
        (GivenTo, "Ana assets", {"person": "Ana", "part": "assets"}),
    ],
)
def test_a_name_of_several_words_goes_on_until_a_word_that_can_be_nothing_else(
    args: type[object], words: str, values: dict[str, str]
) -> None:
    assert by_position(args, words, TODAY) == values
