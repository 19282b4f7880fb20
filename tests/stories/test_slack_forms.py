"""Commands and forms as Slack has them: modals of several pages, what is typed into them, and what is suggested meanwhile."""

from __future__ import annotations

import pytest

from core.kpis.metrics import Level, Metrics
from tests.servers.slack import Person
from tests.stories.slack import Office, open_form

CONVERT = "Convert: from lead to first order"


@pytest.fixture
def maria(office: Office) -> Person:
    return office.server.person("Maria")


async def opens(office: Office, maria: Person, command: str, words: str = "") -> None:
    await maria.commands(command, words)
    await office.settled()
    open_form(maria)


async def measures_all_of(office: Office, maria: Person, level: Level) -> None:
    """Somebody who is asked for every figure of that part, so that its form has two pages."""
    await opens(office, maria, "/kpi", "metrics")
    await maria.submits({level.value: tuple(each.title for each in Metrics().of_level(level))})
    await office.settled()


async def test_a_form_of_two_pages_is_sent_as_one(office: Office, maria: Person) -> None:
    await measures_all_of(office, maria, Level.CONVERT)
    await opens(office, maria, "/kpi", "log")
    await maria.submits({"Which part of the funnel?": CONVERT})
    await office.settled()
    assert open_form(maria).title == "Your figures · 1 of 2"
    await maria.submits({"Assisted orders (%)": "12"})
    assert open_form(maria).title == "Your figures · 2 of 2"
    await maria.submits({"Cost per new customer (GBP)": "31"})
    await office.settled()
    assert maria.modal is None
    assert "12%" in maria.last.text
    assert "£31" in maria.last.text
    assert "Saved" in maria.last.text


async def test_what_was_typed_on_both_pages_is_kept_when_the_form_is_closed(office: Office, maria: Person) -> None:
    await measures_all_of(office, maria, Level.CONVERT)
    await opens(office, maria, "/kpi", "log")
    await maria.submits({"Which part of the funnel?": CONVERT})
    await office.settled()
    await maria.submits({"Assisted orders (%)": "12"})
    await maria.enters("Cost per new customer (GBP)", "31")
    await maria.closes()
    await office.settled()
    await opens(office, maria, "/kpi", "log")
    await maria.submits({"Which part of the funnel?": CONVERT})
    await office.settled()
    assert "What you had typed before is still here." in open_form(maria).text
    assert open_form(maria).field("Assisted orders (%)").value == "12"
    await maria.submits()
    assert open_form(maria).field("Cost per new customer (GBP)").value == "31"


async def test_a_draft_survives_closing_and_a_restart(office: Office, maria: Person) -> None:
    await opens(office, maria, "/assets", "add")
    await maria.enters("The text itself (1 of 3)", "Fuzzy jar?")
    await maria.enters("The text itself (2 of 3)", "It was the lid.")
    await maria.closes()
    await office.settled()
    await office.closes()
    await office.opens()
    await opens(office, maria, "/assets", "add")
    kept = "".join(each.value for each in open_form(maria).fields if each.label.startswith("The text itself"))
    assert "Fuzzy jar?" in kept
    assert "It was the lid." in kept


async def test_a_slip_is_answered_with_what_was_meant_as_it_is_typed_in_slack(office: Office, maria: Person) -> None:
    await maria.commands("/kpi", "lgo")
    await office.settled()
    assert "There is no command /kpi lgo. Did you mean /kpi log?" in maria.last.text
    await maria.presses("/kpi log", on=maria.last)
    await office.settled()
    await maria.closes()
    await maria.commands("/elevate", "mee")
    await office.settled()
    assert "/elevate-me" in maria.last.text


@pytest.mark.parametrize(
    ("command", "words", "menu", "typed", "found"),
    [
        ("/elevate-me", "edit", "Your time zone", "lon", "Europe/London"),
        ("/module", "complete", "Which module", "ho", "Hook"),
        ("/foundation", "edit", "Cell or grid", "pain", "Said pains"),
        ("/assets", "show", "Which asset", "jar", "Fuzzy jar? It was the lid."),
    ],
)
async def test_a_menu_suggests_what_fits_the_letters_that_are_typed(
    office: Office, maria: Person, command: str, words: str, menu: str, typed: str, found: str
) -> None:
    await opens(office, maria, "/assets", "add")
    await maria.submits({"Step": "Hook", "What it is": "Headline", "The text itself (1 of 3)": "Fuzzy jar? It was the lid."})
    await office.settled()
    await opens(office, maria, command, words)
    offered = await maria.suggestions(menu, typed)
    assert any(found in each for each in offered), offered
    assert maria.troubles == []
