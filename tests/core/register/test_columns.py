"""The register as a table: one heading, one row a student, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.members.model import Member
from core.members.risk import Risk
from core.members.service import Row
from core.openness.model import Part
from core.register.columns import Line, table
from core.separated import STARTS_A_FORMULA, cell, separated, unguarded

AT = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)


def line(name: str, opened: tuple[Part, ...] = (), more: Mapping[tuple[Part, str], object] | None = None) -> Line:
    member = Member(
        id=f"per_{name}",
        user_id="usr_1",
        organization_id="org_1",
        name=name,
        joined_at=AT,
        shares=(100, 40),
        completed=(0,),
        module=1,
        rolled_at=AT,
    )
    row = Row(member, Risk(2, ("no work on the course for 9 days", "a promise")))
    return Line(row, "Spring", f"U{name}", opened, more or {})


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_row_says_where_a_student_is_in_the_days_of_whoever_reads_it() -> None:
    heading, row = read(separated(table([line("Nora")], ZoneInfo("Europe/Berlin"))))
    told = dict(zip(heading, row, strict=True))
    assert told["Joined"] == "2026-03-03", "it is past midnight in Berlin"
    assert (told["Name"], told["Account"], told["Cohort"], told["Modules closed"]) == ("Nora", "UNora", "Spring", "1")
    assert (told["0 Foundation (% ticked)"], told["1 Hook (% ticked)"]) == ("100", "40")
    assert (told["Risk"], told["Why"]) == ("Worth a look", "no work on the course for 9 days; a promise")
    assert told["Last sign of life"] == ""


def test_a_part_has_columns_only_where_somebody_opened_it_and_is_empty_for_the_others() -> None:
    opened = line("Ana", opened=(Part.FIGURES,), more={(Part.FIGURES, "CTR (percent)"): 2.5})
    heading, ana, nora = read(separated(table([opened, line("Nora")], ZoneInfo("UTC"))))
    assert heading[-1] == "Figures: CTR (percent)"
    assert (ana[-1], nora[-1]) == ("2.5", "")
    assert not any("Foundation:" in each for each in heading)


@pytest.mark.parametrize("words", ["=1+1", "+44 20", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =HYPERLINK()"])
def test_words_are_never_a_formula(words: str) -> None:
    [[written]] = read(separated([[words]]))
    assert written.startswith("'")
    assert unguarded(written) == words


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_whatever_people_write_comes_back_and_starts_no_formula(words: str) -> None:
    assert not cell(words).lstrip(" \n").startswith(STARTS_A_FORMULA)
    if not words.startswith("'"):
        assert unguarded(cell(words)) == words


def test_a_number_stays_a_number_and_excel_is_told_that_it_is_utf8() -> None:
    assert separated([[-5, 2.5, None]]) == b"\xef\xbb\xbf-5,2.5,\r\n"


def test_nobody_is_an_empty_table() -> None:
    assert read(separated(table([], ZoneInfo("UTC")))) == [[]]
