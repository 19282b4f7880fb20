"""An id in a form is told by its name."""

from __future__ import annotations

from collections.abc import Sequence

from core import chosen
from core.ids import new_id
from core.ui import Field, Form, Option

NORA = new_id("per")
WHO, WORDS = Field("student", "Who", completes=True), Field("words", "Your words")


async def called(field: str, id: str) -> Sequence[Option]:
    assert field == "student"
    return [Option(NORA, "Nora")] if id == NORA else []


async def test_what_a_button_knew_is_told_above_the_fields_and_sent_along() -> None:
    form = await chosen.told(Form("write", "Write", (WHO, WORDS), {"student": NORA, "words": "Hi"}), called)
    assert [each.name for each in form.fields] == ["words"]
    assert (form.intro, form.values["student"]) == ("Who: Nora", NORA)


async def test_a_name_and_an_id_that_nobody_knows_stay_to_be_changed() -> None:
    for value in ("Nora", new_id("per"), ""):
        form = Form("write", "Write", (WHO, WORDS), {"student": value})
        assert await chosen.told(form, called) == form
    wrong = Form("write", "Write", (WHO, WORDS), {"student": NORA}, {"student": "Gone."})
    assert await chosen.told(wrong, called) == wrong


async def test_what_was_chosen_in_a_form_that_was_left_stays_a_choice_with_a_name() -> None:
    form = await chosen.named(Form("write", "Write", (WHO, WORDS), {"student": NORA}), called)
    assert form.fields[0].options == (Option(NORA, "Nora"),)
