"""What is open of a commitment, and which of them the home page shows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.commitments import views
from core.commitments.commands import Promise, Words, commit, keep
from core.commitments.service import Commitments, TooLong
from core.nudges.service import Reminders
from core.people.model import Person
from core.plain import message
from core.request import Asked
from core.ui import Form, Message
from persistence.commitments import CommitmentRecord
from persistence.documents import Database
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from tests.core.conftest import ADDRESS, AT, actor
from tests.core.exchanges.test_suggesting import Waking
from tests.core.nudges.learners import promise

ASKED = Asked(id="1", actor=actor(), address=ADDRESS, at=AT, command="commit")


@pytest.mark.parametrize(
    ("words", "asks"),
    [("call Sam by Monday", {"by"}), ("call Sam", {"by"}), ("by tomorrow", {"what"}), ("call Sam by 1/2/2020", {"by"})],
)
async def test_of_what_was_said_in_words_only_what_is_open_is_asked(
    database: Database, nora: Person, words: str, asks: set[str]
) -> None:
    form = await commit(ASKED, nora, Words(words), Commitments(CommitmentRecord(database), Waking()))
    assert isinstance(form, Form)
    assert form.asks == asks


@pytest.mark.parametrize(
    ("words", "by", "told"),
    [
        ("call Sam by the 45th", "the 45th", "I do not know that day"),
        *((f"call Sam by {day}", day, "That day is over") for day in ("yesterday", "last Friday", "two days ago")),
    ],
)
async def test_a_day_that_is_none_is_told_and_is_no_part_of_what_they_will_do(
    database: Database, nora: Person, words: str, by: str, told: str
) -> None:
    form = await commit(ASKED, nora, Words(words), Commitments(CommitmentRecord(database), Waking()))
    assert isinstance(form, Form)
    assert (form.values["what"], form.values["by"]) == ("call Sam", by)
    assert form.problems["by"].startswith(told)
    again = await keep(ASKED, nora, Promise("call Sam", by), Commitments(CommitmentRecord(database), Waking()))
    assert isinstance(again, Form)
    assert again.problems == form.problems, "typed once more into the form, it is told the same"
    other = await commit(
        ASKED, nora, Words("raise sales by 20 in the 2nd shop"), Commitments(CommitmentRecord(database), Waking())
    )
    assert isinstance(other, Form)
    assert (other.values["what"], other.problems) == ("raise sales by 20 in the 2nd shop", {})


async def test_what_is_too_long_is_told_so_and_never_cut_in_silence(database: Database, nora: Person) -> None:
    commitments = Commitments(CommitmentRecord(database), Waking())
    form = await commit(ASKED, nora, Words(f"{'ring the printer and ask ' * 9} by tomorrow"), commitments)
    assert isinstance(form, Form)
    assert "at most 200 characters" in form.problems["what"]
    assert str(form.values["what"]).endswith(("the…", "ask…", "ring…", "and…", "printer…"))
    assert form.values["by"]
    with pytest.raises(TooLong):
        await commitments.promise(nora, "ring " * 50, AT.date(), AT, "evt")
    whole = await commitments.promise(nora, "r" * 200, AT.date(), AT, "evt")
    assert len(whole.what) == 200


async def test_of_a_form_with_two_days_that_may_be_meant_only_the_day_is_asked_again(database: Database, nora: Person) -> None:
    form = await keep(ASKED, nora, Promise("call Sam", "next thurs"), Commitments(CommitmentRecord(database), Waking()))
    assert isinstance(form, Form)
    assert form.asks == {"by"}
    assert [option.label for each in form.fields for option in each.options] == ["Thursday 12 March", "Thursday 5 March"]


def test_what_is_over_hides_nothing_on_the_home_page_that_is_due_today(nora: Person) -> None:
    days = (AT - timedelta(days=3), AT - timedelta(days=2), AT - timedelta(days=1), AT)
    card = views.panel(nora, [promise(each.date()) for each in days], AT.date())
    shown = message(Message(cards=(card,)))
    assert "Monday 2 March\n" in shown
    assert shown.count("its day is over") == 2


async def test_nothing_is_said_to_be_asked_on_a_day_on_which_a_coach_keeps_us_quiet(database: Database, nora: Person) -> None:
    reminders = Reminders(NudgePreferencesRecord(database), NudgeRecord(database), CommitmentRecord(database))
    commitments = Commitments(CommitmentRecord(database), reminders)
    days = (AT.date() + timedelta(days=1), AT.date() + timedelta(days=9))
    soon, later = [await commitments.promise(nora, f"by {day}", day, AT, f"{day}") for day in days]
    assert await commitments.quiet_beyond(nora, soon) is None
    until = (await reminders.coached(nora, AT)).date()
    assert (await commitments.quiet_beyond(nora, soon), await commitments.quiet_beyond(nora, later)) == (until, None)
    told = message(views.made(nora, soon, quiet=until))
    assert "I keep quiet until Thursday 5 March, and ask you about it after that." in told
