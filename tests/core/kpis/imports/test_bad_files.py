"""Files that are too large, harmful, damaged or in an unusual shape: read, or refused in words that say what to send instead."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from core.kpis.imports.delimited import decoded
from core.kpis.imports.found import Student, find
from core.kpis.imports.grid import COLUMNS_AT_MOST, FILE_BYTES, Grid, NoTable
from core.kpis.imports.opening import tables_in
from core.kpis.periods import Span
from tests.core.kpis.imports.workbooks import archive, bomb, workbook
from tests.core.kpis.world import EXPORTS, METRICS

NORA = Student({}, "GBP", Span.WEEK, False, date(2026, 4, 8))
HEAD = ("Week ending", "CTR", "Leads", "CPL")
WEEKS = ((date(2026, 3, 7), 0.021, 240, 3.2), (date(2026, 3, 14), 0.0234, 1251, 3.205))


def _refusal(content: bytes) -> str:
    with pytest.raises(NoTable) as refused:
        tables_in(content)
    return refused.value.message


def _typed(content: bytes) -> list[dict[str, str]]:
    found = find(tables_in(content), EXPORTS, METRICS, NORA)
    assert found is not None
    return [dict(each.typed) for each in found.readings]


def _in_percent(sheet: Worksheet) -> None:
    for row in (2, 3):
        sheet.cell(row, 2).number_format = "0.00%"


@pytest.mark.parametrize("size", [FILE_BYTES + 1, 50_000_000])
def test_a_file_of_fifty_megabytes_is_refused_before_it_is_opened(size: int) -> None:
    content = b"PK" + bytes(size)
    tracemalloc.start()
    assert "too large" in _refusal(content)
    assert tracemalloc.get_traced_memory()[1] < 100_000
    tracemalloc.stop()


@pytest.mark.parametrize("unpacked", [50_000_000, 90_000_000])
def test_what_is_packed_small_and_is_large_is_refused_by_its_directory(unpacked: int) -> None:
    content = bomb(unpacked)
    assert len(content) < 500_000
    tracemalloc.start()
    refusal = _refusal(content)
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()
    assert "as CSV" in refusal


def test_too_many_parts_and_too_much_text_are_refused() -> None:
    assert "too large" in _refusal(archive({f"xl/{at}.xml": b"" for at in range(500)}))
    strings = b"".join(b"<si><t>%d</t></si>" % at for at in range(700_000))
    assert "too much text" in _refusal(archive({"xl/sharedStrings.xml": strings}))


def test_a_workbook_that_declares_entities_is_not_opened() -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><workbook>&lol2;</workbook>'
    assert "declares things" in _refusal(archive({"xl/workbook.xml": laughs}))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old XLS"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "packed"),
        (b"<!doctype html><table>", "web page"),
        (b"PK\x03\x04 nothing of the kind", "damaged"),
        (archive({"word/document.xml": b"<w/>"}), "no XLSX"),
        (archive({"xl/workbook.xml": b"<workbook"}), "damaged"),
        (b"ctr,le\0ads\n1,2\n" * 3, "no text that I can read"),
        (b"\xff\xfea\x00,\x00b", "no text that I can read"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_send(content: bytes, words: str) -> None:
    if content.startswith(b"\xff\xfe"):
        content += b"\x00\xd8"  # half a pair
    assert words in _refusal(content)


def test_ten_thousand_columns_are_refused() -> None:
    wide = ",".join(f"c{at}" for at in range(10_000))
    assert f"more than {COLUMNS_AT_MOST} columns" in _refusal(f"{wide}\n{wide}\n".encode())
    assert f"more than {COLUMNS_AT_MOST} columns" in _refusal(workbook([range(10_000)]))


def test_many_rows_are_refused() -> None:
    assert "more than 5,000 rows" in _refusal(b"day,leads\n" + b"2026-03-01,1\n" * 5_100)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    text = "Leads;Umsatz für März;Revenue (£)\n240;x;£1.234,50\n"
    assert _typed(text.encode(encoding)) == [{"attract_LeadsTotal": "240", "revenue": "£1,234.50"}]


def test_formulas_of_a_csv_are_text_and_nothing_else() -> None:
    text = b'Leads,Orders,CPL\n"=HYPERLINK(""http://x.example"",""240"")",+12,@SUM(1)\n'
    found = find(tables_in(text), EXPORTS, METRICS, NORA)
    assert found is not None
    assert found.readings[0].typed["convert_TotalSales"] == "+12"
    assert found.readings[0].typed["attract_LeadsTotal"].startswith("=HYPERLINK"), "it is shown as it stands, and refused"


def test_dates_percents_and_decimals_of_a_workbook_are_what_it_shows() -> None:
    assert _typed(workbook([HEAD, *WEEKS], _in_percent)) == [
        {"hook_AvgCTR": "2.1%", "attract_LeadsTotal": "240", "gift_CPL": "£3.20"},
        {"hook_AvgCTR": "2.34%", "attract_LeadsTotal": "1251", "gift_CPL": "£3.21"},
    ]


def test_days_as_excels_numbers_and_with_times_are_days() -> None:
    rows = [("Date", "Leads"), *((46_082 + at, 10) for at in range(7))]
    assert _typed(workbook(rows)) == [{"attract_LeadsTotal": "70"}]
    timed = [("Day", "Leads"), *((datetime(2026, 3, at, 14, 5), 10) for at in range(1, 8))]
    assert _typed(workbook(timed)) == [{"attract_LeadsTotal": "70"}]


def test_merged_cells_above_a_table_are_passed_over() -> None:
    def merged(sheet: Worksheet) -> None:
        _in_percent(sheet)
        sheet.insert_rows(1, 3)
        sheet["A1"] = "Our spring"
        sheet.merge_cells("A1:D2")

    assert len(_typed(workbook([HEAD, *WEEKS], merged))) == 2


def test_a_formula_that_was_never_worked_out_is_missing_and_not_zero() -> None:
    rows = [("Leads", "Orders"), ("=SUM(B2:B2)", Decimal(12))]
    assert _typed(workbook(rows)) == [{"convert_TotalSales": "12"}]


@given(st.binary(max_size=400))
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe")
@example(b"PK\x05\x06" + bytes(18))
def test_no_bytes_make_the_opening_stumble(content: bytes) -> None:
    try:
        tables = tables_in(content)
    except NoTable:
        return
    assert all(isinstance(each, Grid) for each in tables)


@given(st.data())
def test_no_damage_to_a_workbook_makes_the_opening_stumble(data: st.DataObject) -> None:
    content = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        tables_in(bytes(content[: data.draw(st.integers(2, len(content)))]))
    except NoTable:
        return


@given(st.data())
def test_no_damage_to_what_is_in_a_workbook_makes_the_opening_stumble(data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as packed:
        parts = {each: packed.read(each) for each in packed.namelist() if not each.startswith("[")}
    name = data.draw(st.sampled_from(sorted(parts)))
    content = bytearray(parts[name])
    at = data.draw(st.integers(0, len(content) - 1))
    content[at : at + data.draw(st.integers(0, 8))] = data.draw(
        st.sampled_from([b"", b"9", b"<", b'"', b"A", b"\xff", b"1e400", b"-1"])
    )
    try:
        tables_in(archive({**parts, name: bytes(content)}))
    except NoTable:
        return


WHOLE = workbook([HEAD, *WEEKS])


@given(st.text(max_size=200), st.sampled_from(["utf-8", "utf-16", "utf-32", "cp1252"]))
def test_whatever_is_written_is_decoded_or_refused(text: str, encoding: str) -> None:
    content = text.encode(encoding, errors="ignore")
    try:
        assert "\0" not in decoded(content)
    except NoTable:
        assert b"\0" in content or encoding != "cp1252"
