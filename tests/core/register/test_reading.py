"""Which rows of a list can be taken, and what is said of the others."""

from __future__ import annotations

import pytest

from core.kpis.imports.delimited import grids
from core.kpis.imports.grid import Grid
from core.register.reading import Entry, is_register, read


def grid(text: str) -> Grid:
    [found] = grids(text)
    return found


@pytest.mark.parametrize(
    ("heading", "people"),
    [
        ("Full name;Slack ID;Group", True),
        ("name,E-mail", True),
        ("E-mail,Cohort", True),
        ("Week,E-mail", False),
        ("Name,Account,Cohort,Time zone,Joined", True),
        ("Date,CTR,Leads", False),
        ("Campaign name,Spend", False),
        ("Name,Clicks", False),
    ],
)
def test_a_list_of_people_is_told_from_a_table_of_figures_by_its_heading(heading: str, people: bool) -> None:
    row = ";".join("abc") if ";" in heading else ",".join("x" * (heading.count(",") + 1))
    assert is_register(grid(f"{heading}\n{row}\n")) is people


def test_rows_are_counted_as_the_spreadsheet_does_and_problems_say_what_to_do() -> None:
    rows = (
        "Name,Account,E-mail,Cohort,Time zone",
        "Ana,U012ABC,,Spring,dublin",
        ",U012ABD,,,",
        "Ben,,ben@shop.example,,",
        "Cas,cas,,,",
        "Dan,<@U012ABC>,,,",
        "Eve,U012ABF,,,Europe/Dubln",
        "'=Fay,@U012ABG,,,",
        ",,Ben@shop.example,,",
        "Gil,,at home,,",
    )
    entries, problems = read(grid("\n".join(rows)), "slack")
    assert entries == [
        Entry(2, "Ana", "U012ABC", "Spring", "Europe/Dublin"),
        Entry(4, "Ben", "", email="ben@shop.example"),
        Entry(8, "=Fay", "U012ABG"),
    ]
    assert [each.row for each in problems] == [3, 5, 6, 7, 9, 10]
    for each, words in zip(
        problems,
        (
            *("no name", "Copy member ID", "same account as in row 2", "Did you mean Dublin"),
            *("same address as in row 4", "no e-mail address"),
        ),
        strict=True,
    ):
        assert words in each.words


def test_an_id_that_a_spreadsheet_has_shortened_is_found_out() -> None:
    _, [problem] = read(grid("Name,Discord ID\nAna,1.23457E+17\n"), "discord")
    assert "Format that column as text" in problem.words
    entries, _ = read(grid("Name,Discord ID\nAna,123456789012345678\n"), "discord")
    assert [each.account for each in entries] == ["123456789012345678"]


@pytest.mark.parametrize(
    ("rows", "entry"),
    [
        ("Name,Account\nBen,ben@shop.example", Entry(2, "Ben", "", email="ben@shop.example")),
        ("Name,Account\nBen,Ben@Shop.example", Entry(2, "Ben", "", email="ben@shop.example")),
        ("Name,Account,Email\nBen,ben@shop.example,", Entry(2, "Ben", "", email="ben@shop.example")),
        ("Name,Account,Email\nBen,ben@shop.example,Ben@shop.example", Entry(2, "Ben", "", email="ben@shop.example")),
        ("Name,Account,Email\nBen,U012ABC,ben@shop.example", Entry(2, "Ben", "U012ABC")),
    ],
)
def test_an_address_below_account_is_taken_as_one(rows: str, entry: Entry) -> None:
    assert read(grid(rows), "slack") == ([entry], [])


def test_two_addresses_that_differ_are_told() -> None:
    entries, [problem] = read(grid("Name,Account,Email\nBen,ben@shop.example,ben@home.example"), "slack")
    assert entries == []
    assert problem.words == "Two addresses are given, ben@shop.example and ben@home.example. Leave the one that is theirs."


def test_an_address_is_the_same_below_either_heading() -> None:
    rows = "Name,Account,Email\nBen,ben@shop.example,\nBenno,,ben@shop.example"
    assert [each.words for each in read(grid(rows), "slack")[1]] == ["It is the same address as in row 2."]
