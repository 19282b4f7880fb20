"""Figures from elsewhere, from the message in which they come to the record."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from core.errors import NotFound
from core.kpis.imports.grid import NoTable
from core.kpis.imports.hearing import FiguresSent
from core.kpis.imports.picture import NothingSeen, PictureUnread
from core.kpis.imports.service import Imports, NoFigures
from core.kpis.service import Snapshots
from core.llm.model import Brief, Chunk, Finish, Words
from core.people.model import Person
from core.plain import message
from core.request import File, Said
from core.ui import Answer, Form, Message
from tests.core.course.world import ACTOR, ADDRESS, NOON, Student, pressables
from tests.core.kpis.imports.workbooks import workbook
from tests.core.kpis.world import logged, logging_student

WEEKS = "Week ending,CTR,Leads,CPL\n2026-03-07,2%,240,3.20\n2026-03-14,2.2%,250,3.10\n2026-03-21,150%,260,3.00\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def _picture(content: bytes) -> File:
    """A picture that the platform has: what it is found by is its content."""
    return File("dash.png", "image/png", source=content.hex(), size=len(content))


PICTURE = _picture(PNG)


class Eyes:
    """Implements `core.llm.model.Model`: sees what the test says, and keeps what it was asked."""

    name = "eyes"
    practice = False

    def __init__(self, *answers: object) -> None:
        self._answers = [each if isinstance(each, str) else json.dumps(each) for each in answers]
        self.briefs: list[Brief] = []

    async def answer(self, brief: Brief) -> AsyncGenerator[Chunk, None]:
        self.briefs.append(brief)
        yield Words(self._answers.pop(0))
        yield Finish("end_turn", note="You have used 80% of today's budget.")

    async def check(self) -> str:
        return self.name


@pytest.fixture
async def nora(tmp_path: Path) -> AsyncIterator[Student]:
    async with logging_student(tmp_path) as student:
        yield student


@asynccontextmanager
async def _seeing(folder: Path, *answers: object) -> AsyncIterator[tuple[Student, Eyes]]:
    eyes = Eyes(*answers)
    async with logging_student(folder, eyes) as student:
        yield student, eyes


async def _calls(person: Person, words: str) -> bool:
    return words.startswith("Guide")


async def _hears(nora: Student, text: str = "", *files: File, direct: bool = True) -> Answer:
    imports = await nora.services.call(_imports)
    said = Said(id="evt", actor=ACTOR, address=ADDRESS, at=NOON, text=text, files=files, direct=direct)
    return await FiguresSent(imports, _calls).hear(said, nora.person)


async def _imports(imports: Imports) -> Imports:
    return imports


async def _offered(nora: Student, text: str = "", *files: File) -> Message:
    answer = await _hears(nora, text, *files)
    assert isinstance(answer, Message)
    return answer


async def _read(nora: Student, text: str = "", *files: File) -> Message:
    answer = await nora.press(await _offered(nora, text, *files), "Read these figures")
    assert isinstance(answer, Message)
    return answer


async def _leads(nora: Student) -> list[float]:
    """The new leads of every period, latest first."""

    async def kept(snapshots: Snapshots) -> list[float]:
        return [each.figures["attract_LeadsTotal"] for each in await snapshots.history(nora.person)]

    found: list[float] = await nora.services.call(kept)
    return found


def _csv(text: str, name: str = "figures.csv") -> File:
    return File(name, "text/csv", text.encode())


async def test_nothing_is_saved_by_being_sent_or_read(nora: Student) -> None:
    shown = await _read(nora, "", _csv(WEEKS))
    assert "I read 3 periods from a table of your own" in message(shown)
    assert "Nothing is logged yet" in await nora.text("kpi")


async def test_every_period_is_read_back_and_what_cannot_be_is_refused_with_the_reason(nora: Student) -> None:
    shown = await _read(nora, "", _csv(WEEKS))
    text = message(shown)
    assert "7 days to 7 March 2026: CTR 2%, CPL £3.20, Leads 240" in text
    assert "Click-through rate can only be from 0% to 100%; this is 150%." in text
    saved = await nora.press(shown, "Save all 3")
    assert isinstance(saved, Message)
    assert "3 periods saved" in message(saved)
    assert "150%" in message(saved)
    assert "260" in await nora.text("kpi")
    with pytest.raises(NotFound):
        await nora.press(shown, "Save all 3")


async def test_one_of_several_is_looked_at_changed_and_saved_by_itself(nora: Student) -> None:
    shown = await _read(nora, "", _csv(WEEKS))
    one = await nora.press(shown, "7 days to 14 March")
    assert isinstance(one, Message)
    assert "2.2%" in message(one)
    form = await nora.press(one, "Change")
    assert isinstance(form, Form)
    assert form.values["attract_LeadsTotal"] == "250"
    saved = await nora.press(one, "Save")
    assert isinstance(saved, Message)
    assert "Saved for the last 7 days to 14 March 2026" in message(saved)


async def test_what_is_logged_already_is_marked(nora: Student) -> None:
    await logged(nora, "ctr 1.9% roas 3 to 2026-03-14")
    shown = await _read(nora, "", _csv(WEEKS))
    assert "14 March 2026*" in message(shown)
    assert "7 March 2026*" not in message(shown)
    await nora.press(shown, "Save all")


async def test_what_was_saved_since_a_table_was_read_is_not_written_over_by_it(nora: Student) -> None:
    shown = await _read(nora, WEEKS.replace("150%", "2.3%"))
    await logged(nora, "leads 244 ctr 2.2% to 2026-03-14")
    saved = await nora.press(shown, "Save all 3")
    assert isinstance(saved, Message)
    assert "2 periods saved" in message(saved)
    assert "7 days to 14 March 2026 was saved after I read you this; it stays as it was saved." in message(saved)
    assert [each.label for each in pressables(saved)] == ["See the report", "7 days to 14 March 2026"]
    assert await _leads(nora) == [260, 244, 240]
    one = await nora.press(saved, "7 days to 14 March")
    assert isinstance(one, Message)
    assert "250" in message(one)
    await nora.press(one, "Save")
    assert await _leads(nora) == [260, 250, 240]


async def test_what_was_logged_before_a_table_was_read_gives_way_to_it(nora: Student) -> None:
    await logged(nora, "leads 244 ctr 2.2% to 2026-03-14")
    saved = await nora.press(await _read(nora, WEEKS.replace("150%", "2.3%")), "Save all 3")
    assert isinstance(saved, Message)
    assert "3 periods saved" in message(saved)
    assert "stays as it was saved" not in message(saved)
    assert await _leads(nora) == [260, 250, 240]


async def test_where_every_period_was_saved_since_nothing_is_and_that_is_said(nora: Student) -> None:
    shown = await _read(nora, "Week ending,Leads\n2026-03-07,240\n2026-03-14,250\n")
    for words in ("leads 244 to 2026-03-07", "leads 254 to 2026-03-14"):
        await logged(nora, words)
    saved = await nora.press(shown, "Save all 2")
    assert isinstance(saved, Message)
    assert "Nothing was saved" in message(saved)
    assert message(saved).count("stays as it was saved") == 2
    assert isinstance(await nora.press(saved, "7 days to 7 March"), Message), "what was read still waits"


async def test_weeks_may_be_named_by_their_first_days(nora: Student) -> None:
    shown = await _read(nora, WEEKS.replace("Week ending", "Week"))
    assert "I took each day as the last of its week." in message(shown)
    later = await nora.press(shown, "These are first days")
    assert isinstance(later, Message)
    assert "13 March 2026" in message(later)
    assert "first days" not in [each.label for each in pressables(later)]


async def test_a_table_without_days_asks_which_period_it_is(nora: Student) -> None:
    shown = await _read(nora, "CTR\tLeads\n2.1%\t240")
    labels = [each.label for each in pressables(shown)]
    assert labels == ["The last 7 days to 7 April 2026", "The last 30 days to 7 April 2026", "March 2026", "Change"]
    dated = await nora.press(shown, "March 2026")
    assert isinstance(dated, Message)
    assert "For March 2026" in message(dated)
    saved = await nora.press(dated, "Save")
    assert isinstance(saved, Message)
    assert "Saved for March 2026" in message(saved)


async def test_a_table_after_the_command_is_read_back_at_once(nora: Student) -> None:
    shown = await nora.message("kpi log", "Month;CTR;Leads\n2026-03;2,1%;1.240")
    assert "I read these figures from a table of your own" in message(shown)
    assert "For March 2026" in message(shown)
    assert "1,240" in message(shown)


async def test_a_rate_that_could_be_a_fraction_is_asked_about(nora: Student) -> None:
    shown = await nora.message("kpi log", "Month;CTR;Leads\n2026-03;0,021;1.240")
    assert "Did you mean 0.021% or 2.1%?" in message(shown)


async def test_columns_that_nothing_is_read_from_are_named(nora: Student) -> None:
    shown = await nora.message("kpi log", "Month,CTR,Weather,Moon\n2026-03,2%,sun,full")
    assert "Columns that I did not use: Weather, Moon." in message(shown)


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ("Month,CTR,Sessions,Leads\n2026-03,2%,900,40", "Sessions"),
        ("Month,CTR,Sessions,Page views\n2026-03,2%,900,", "Sessions"),
        ("Date,Clicks,Impressions,Visits\n2026-03-07,4,90,9\n2026-03-08,4,90,9", "Visits"),
        ("Week ending,CTR,Review requests,Carts,Sessions\n2026-03-07,2%,9,,5\n2026-03-14,2%,9,,5", "Review requests, Sessions"),
    ],
)
async def test_counts_that_are_kept_in_rates_only_do_not_vanish_without_a_word(nora: Student, table: str, named: str) -> None:
    shown = await nora.message("kpi log", table)
    assert f"Not taken, since I keep no such figure by itself: {named}." in message(shown)


@pytest.mark.parametrize(
    "table",
    [
        "Month,CTR,Leads,Orders,Revenue\n2026-03,2%,40,12,600",
        "Month,CTR,Add to carts,Sessions\n2026-03,2%,9,900",
        "Month,Clicks,Impressions,CTR\n2026-03,9,900,1%",
        "Month,CTR,Sessions\n2026-03,2%,",
    ],
)
async def test_counts_of_which_a_figure_came_are_not_named_as_left_out(nora: Student, table: str) -> None:
    assert "Not taken" not in message(await nora.message("kpi log", table))


async def test_money_of_another_currency_is_refused_as_if_it_were_typed(nora: Student) -> None:
    await logged(nora, "aov £59")
    shown = await nora.message("kpi log", "Month,CTR,CPL (USD)\n2026-03,2%,3.20")
    assert "kept in GBP, but you typed $3.20" in message(shown)


async def test_before_a_currency_is_settled_the_table_decides_it(nora: Student) -> None:
    shown = await nora.message("kpi log", "Month,CTR,CPL (CHF),Spend\n2026-03,2%,3.20,100")
    assert "CHF 3.20" in message(shown)
    assert "money in CHF" in message(shown)
    await nora.press(shown, "Save")
    assert (await nora.people.meet(ACTOR, NOON)).settings["currency"] == "CHF"


async def test_files_of_several_tools_are_read_together(nora: Student) -> None:
    other = workbook([("Week ending", "Orders", "Revenue"), ("2026-03-07", 12, 708.5), ("2026-03-14", 10, 590.0)])
    shown = await _read(nora, "", _csv(WEEKS), File("shop.xlsx", "", other))
    line = next(each for each in message(shown).splitlines() if "7 March 2026:" in each)
    assert "Leads 240" in line
    assert "Orders 12" in line
    assert "Revenue £708.50" in line


async def test_a_question_with_a_file_goes_to_the_agents(nora: Student) -> None:
    assert await _hears(nora, "Which of these weeks was best?", _csv(WEEKS)) is None
    assert await _hears(nora, "@Teacher look at this please", _csv(WEEKS)) is None
    assert await _hears(nora, "Please compare these numbers", _csv(WEEKS)) is None
    assert await _hears(nora, "Look at my new page", File("Screenshot_1.png", "image/png", PNG)) is None
    assert await _hears(nora, "", File("jar.png", "image/png", PNG)) is None
    assert await _hears(nora, "", File("plan.pdf", "application/pdf", b"%PDF-1.7")) is None
    assert await _hears(nora, "", _csv("name,age\nMaya,3\n")) is None


@pytest.mark.parametrize(
    "words",
    [
        "my figures",
        "Please log these figures",
        "read this",
        "import it",
        "Last week's numbers",
        "my shop figures",
        "Here are the numbers",
    ],
)
async def test_words_that_ask_for_it_are_no_question(nora: Student, words: str) -> None:
    assert isinstance(await _hears(nora, words, _csv(WEEKS)), Message)


async def test_where_others_read_along_nothing_is_taken_for_figures(nora: Student) -> None:
    assert await _hears(nora, WEEKS, direct=False) is None
    assert await _hears(nora, "", _csv(WEEKS), direct=False) is None


async def test_a_workbook_without_figures_or_that_cannot_be_read_is_answered(nora: Student) -> None:
    with pytest.raises(NoFigures, match="Its columns are name, age"):
        await _hears(nora, "", File("a.xlsx", "", workbook([("name", "age"), ("Maya", 3)])))
    with pytest.raises(NoTable, match="damaged"):
        await _hears(nora, "", File("a.xlsx", "", b"PK nothing"))
    with pytest.raises(NoTable, match="too large"):
        await _hears(nora, "", File("a.xlsx", "", source="far", size=50_000_000))


async def test_a_long_paste_that_discord_makes_a_file_is_read(nora: Student) -> None:
    assert "3 weeks, from 1 March to 21 March 2026" in message(await _offered(nora, "", _csv(WEEKS, "message.txt")))


async def test_what_is_read_in_a_picture_keeps_to_figures_bounds_and_days(tmp_path: Path) -> None:
    seen = {
        "first": "2026-03-01",
        "last": "2026-03-31",
        "figures": [
            {"figure": "hook_AvgCTR", "text": "2,1%"},
            {"figure": "gift_OptInRate", "text": "400%"},
            {"figure": "luck", "text": "7"},
            {"figure": "attract_LeadsTotal", "text": "about many"},
        ],
    }
    async with _seeing(tmp_path, seen) as (nora, eyes):
        shown = await _read(nora, "read these figures", PICTURE)
        text = message(shown)
        assert "For March 2026" in text
        assert "Click-through rate" in text
        assert "from 0% to 100%" in text
        assert "“about many” is not a number" in text
        assert "luck" not in text
        assert "80% of today's budget" in text
        saved = await nora.press(shown, "Save")
        assert isinstance(saved, Message)
        assert "2.1%" in message(saved)
        assert "400" not in message(saved)
        [brief] = eyes.briefs
        assert brief.pictures == 1
        assert brief.schema is not None


@pytest.mark.parametrize("answer", ["no JSON", {"figures": []}, {"first": "", "last": "", "figures": [{"figure": 1}]}])
async def test_an_answer_of_another_form_is_not_read(tmp_path: Path, answer: object) -> None:
    async with _seeing(tmp_path, answer) as (nora, _):
        with pytest.raises(PictureUnread):
            await _read(nora, "my figures", PICTURE)


@pytest.mark.parametrize(
    ("first", "last"), [("", ""), ("2026-03-31", "2026-03-01"), ("2027-01-01", "2027-01-31"), ("soon", "2026-03-01")]
)
async def test_days_that_make_no_sense_are_asked_for(tmp_path: Path, first: str, last: str) -> None:
    seen = {"first": first, "last": last, "figures": [{"figure": "hook_AvgCTR", "text": "2%"}]}
    async with _seeing(tmp_path, seen) as (nora, _):
        assert "which period" in message(await _read(nora, "my figures", PICTURE))


async def test_a_picture_that_shows_none_or_is_none_is_answered(tmp_path: Path) -> None:
    async with _seeing(tmp_path, {"first": "", "last": "", "figures": []}) as (nora, _):
        with pytest.raises(NothingSeen):
            await _read(nora, "my figures", PICTURE)
        with pytest.raises(NoTable, match="no PNG or JPEG"):
            await _read(nora, "my figures", _picture(b"GIF89a"))


async def test_what_came_later_takes_the_place_of_what_waited(nora: Student) -> None:
    first = await _offered(nora, "", _csv(WEEKS))
    await _offered(nora, "", _csv(WEEKS))
    with pytest.raises(NotFound, match="do not wait any more"):
        await nora.press(first, "Read", at=NOON + timedelta(minutes=1))


async def test_import_says_what_can_be_brought_and_how(nora: Student) -> None:
    text = await nora.text("kpi import")
    for each in ("Paste a table", "XLSX", "Meta Ads", "Google Analytics 4", "Shopify", "Klaviyo", "10 MB"):
        assert each in text
