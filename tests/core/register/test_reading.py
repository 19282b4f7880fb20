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
