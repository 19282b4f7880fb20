"""Forms as modals: what Slack takes, what it sends back, and that nothing is lost between."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.views import View as SdkView

from bots.divided import divided, joined
from bots.slack import forms
from bots.slack.arrived import Closed, Submitted
from bots.slack.inputs import MORE, PART, block_id, name_in
from bots.slack.sheet import Sheet, read_sheet
from core.request import Actor, Address, Platform, Typed
from core.ui import Field, Form, Kind, Option
from tests.servers.slack.blocks import block_faults
from tests.servers.slack.shapes import faults
from tests.servers.slack.views import initial

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ACTOR = Actor(Platform.SLACK, "T1", "U1", "maya")
PLACE = Address(Platform.SLACK, "T1", "C1", "1.1")
SHEET = Sheet("shn_01", channel="C1", thread="1.1", response_url="https://hooks.slack.com/x")
STEPS = tuple(Option(each, each.title()) for each in ("hook", "lead", "nurture", "sell"))


def checked(view: Mapping[str, Any]) -> Mapping[str, Any]:
    """The view, after everything that describes Slack's modals has been asked."""
    assert faults("slack-block-kit", "ModalView", dict(view)) == []
    assert block_faults(view["blocks"], "modal", lambda _: True) == []
    SdkView(**view).validate_json()
    assert any(each["type"] == "input" for each in view["blocks"]) <= ("submit" in view)
    return view


def state(view: Mapping[str, Any], **typed: object) -> dict[str, dict[str, Any]]:
    """What Slack sends of a view: what stands in its inputs, and what was typed into some of them, by their block ids."""
    values = initial(list(view["blocks"]))
    for block, value in typed.items():
        element = values[block]["field"]
        key = next(name for name in element if name != "type")
        element[key] = {"value": value} if key == "selected_option" else value
    return values


def sent(view: Mapping[str, Any], **typed: object) -> Submitted:
    sheet = read_sheet(view["private_metadata"])
    assert sheet is not None
    held = state(view, **typed)
    return Submitted(id="1", actor=ACTOR, address=PLACE, at=AT, direct=False, command="x", sheet=sheet, state=held)


def closed(view: Mapping[str, Any], **typed: object) -> Closed:
    page = sent(view, **typed)
    return Closed(id="2", actor=ACTOR, address=PLACE, at=AT, direct=False, command="x", sheet=page.sheet, state=page.state)


def through_slack(form: Form) -> Mapping[str, Typed]:
    """The values of a form that is sent, page after page, as it was shown."""
    page = 0
    while True:
        submitted = sent(checked(forms.view(form, replace(SHEET, page=page))))
        if forms.is_last(form, submitted.sheet):
            return forms.asked(form, submitted).values
        form, page = forms.filled(form, submitted), page + 1


def one(kind: Kind, value: Typed = "", **more: Any) -> Form:
    known = {"x": value} if value else {}
    return Form("x", "A form", (Field("x", "The field", kind, **more),), known)


@pytest.mark.parametrize(
    ("form", "element"),
    [
        (one(Kind.LINE), "plain_text_input"),
        (one(Kind.LONG, "two\nlines"), "plain_text_input"),
        (one(Kind.LIST, ("one", "two")), "plain_text_input"),
        (one(Kind.LIST, "Jar lids; Lab kits"), "plain_text_input"),
        (one(Kind.NUMBER, "2.5"), "number_input"),
        (one(Kind.NUMBER, "2,5"), "plain_text_input"),
        (one(Kind.DATE, "2026-11-30"), "datepicker"),
        (one(Kind.DATE, "yesterday"), "plain_text_input"),
        (one(Kind.CHOICE, "lead", options=STEPS), "radio_buttons"),
        (one(Kind.CHOICE, "lead", options=STEPS, required=False), "static_select"),
        (one(Kind.CHOICE, "lead", options=tuple(Option(f"{n}", "x" * 90) for n in range(25))), "static_select"),
        (one(Kind.CHOICES, ("hook", "sell"), options=STEPS), "checkboxes"),
        (one(Kind.CHOICES, ("3", "gone"), options=tuple(Option(f"{n}", f"No {n}") for n in range(12))), "multi_static_select"),
        (one(Kind.CHOICE), "plain_text_input"),
        (one(Kind.YES_NO, "no"), "radio_buttons"),
        (one(Kind.YES_NO, required=False), "static_select"),
        (one(Kind.LINE, "ast_01", completes=True), "external_select"),
        (one(Kind.LINE, "x" * 75, completes=True), "external_select"),
        (one(Kind.LINE, "x" * 76, completes=True), "plain_text_input"),
        (one(Kind.CHOICE, "x" * 76), "plain_text_input"),
        (one(Kind.CHOICES, "x" * 76), "plain_text_input"),
    ],
)
def test_every_kind_of_field_has_its_input_and_keeps_its_value(form: Form, element: str) -> None:
    view = checked(forms.view(form, SHEET))
    block = view["blocks"][-1]
    assert block["element"]["type"] == element
    assert block["block_id"] == "x"
    assert block["optional"] is not form.fields[0].required
    assert through_slack(form) == {"x": form.values.get("x", "")}


@pytest.mark.parametrize(
    ("form", "typed", "value"),
    [
        (one(Kind.LINE, "before"), None, ""),
        (one(Kind.LINE), " new ", " new "),
        (one(Kind.LIST), "one\n\n two", ("one", "two")),
        (one(Kind.LIST), "one; two", "one; two"),
        (one(Kind.NUMBER, "3"), "4", "4"),
        (one(Kind.DATE), "2026-12-01", "2026-12-01"),
        (one(Kind.CHOICE, "hook", options=STEPS), "sell", "sell"),
        (one(Kind.CHOICES, ("hook",), options=STEPS), [{"value": "lead"}, {"value": "sell"}], ("lead", "sell")),
        (one(Kind.CHOICES, ("hook",), options=STEPS), [], ""),
        (one(Kind.YES_NO), "yes", "yes"),
        (one(Kind.LINE, completes=True), "Salt and jars", "Salt and jars"),
    ],
)
def test_what_is_typed_comes_to_the_core_as_it_is(form: Form, typed: object, value: Typed) -> None:
    assert forms.asked(form, sent(forms.view(form, SHEET), x=typed)).values == {"x": value}


def test_a_chosen_id_is_shown_by_its_name_and_further_inputs_say_what_they_are_for() -> None:
    form = one(Kind.LINE, "per_1", completes=True, options=(Option("per_1", "Nora"),))
    chosen = checked(forms.view(form, SHEET))["blocks"][-1]["element"]["initial_option"]
    assert (chosen["text"]["text"], chosen["value"]) == ("Nora", "per_1")
    blocks = checked(forms.view(one(Kind.LONG, max_length=50_000), SHEET))["blocks"]
    assert [each.get("hint", {}).get("text", "") for each in blocks[1:]] == [MORE, ""]


@pytest.mark.parametrize(
    ("form", "element"),
    [
        (one(Kind.CHOICE, "w" * 76, options=STEPS), "radio_buttons"),
        (one(Kind.CHOICES, ("hook", "w" * 76), options=STEPS), "checkboxes"),
        (one(Kind.YES_NO, "w" * 76), "radio_buttons"),
    ],
)
def test_what_is_too_long_to_be_a_choice_is_not_chosen_and_can_still_be_read(form: Form, element: str) -> None:
    block = checked(forms.view(form, SHEET))["blocks"][-1]
    assert block["element"]["type"] == element
    assert "w" not in [each["value"] for each in block["element"]["options"]]
    assert block["hint"]["text"].endswith(f"Not one of these: “{'w' * 76}”")


def test_a_choice_that_is_no_longer_offered_is_still_shown_and_sent() -> None:
    form = one(Kind.CHOICE, "share", options=STEPS)
    assert through_slack(form) == {"x": "share"}
    assert through_slack(one(Kind.CHOICE, "LEAD", options=STEPS)) == {"x": "lead"}
    assert through_slack(one(Kind.YES_NO, "true")) == {"x": "yes"}


def test_values_that_are_not_shown_go_along_and_an_emptied_one_is_empty() -> None:
    form = Form("x", "A form", (Field("a", "A"), Field("b", "B", required=False)), {"a": "1", "b": "2", "seen": "7"})
    asked = forms.asked(form, sent(forms.view(form, SHEET), b=None))
    assert asked.values == {"a": "1", "b": "", "seen": "7"}
    assert asked.submitted
    assert (asked.command, asked.address, asked.direct) == ("x", PLACE, False)


def test_many_fields_are_pages_and_what_was_typed_on_each_is_kept() -> None:
    fields = tuple(Field(f"f{n}", f"Field {n}", required=False) for n in range(30))
    form = Form("x", "Your figures for the week", fields, {"f3": "three"}, intro="Leave empty what you like.")
    first = checked(forms.view(form, SHEET))
    assert first["title"]["text"] == "Elevate · 1 of 3"
    assert [each["type"] for each in first["blocks"][:2]] == ["header", "section"]
    assert first["submit"]["text"] == "Next"
    page = sent(first, f0="zero")
    assert not forms.is_last(form, page.sheet)
    form = forms.filled(form, page)
    second = checked(forms.view(form, replace(SHEET, page=1)))
    assert not any(each["type"] == "section" for each in second["blocks"])
    form = forms.filled(form, sent(second, f12="twelve"))
    last = checked(forms.view(form, replace(SHEET, page=2)))
    assert last["submit"]["text"] == "Save"
    values = forms.asked(form, sent(last, f29="end")).values
    assert {name: value for name, value in values.items() if value} == {
        "f0": "zero",
        "f3": "three",
        "f12": "twelve",
        "f29": "end",
    }
    kept = forms.left(form, closed(last, f29="end")).values
    assert kept == {"f0": "zero", "f12": "twelve", "f29": "end"}


def test_a_form_that_is_closed_leaves_only_what_was_changed() -> None:
    form = Form("x", "A form", (Field("a", "A"), Field("b", "B")), {"a": "1", "seen": "7"})
    view = forms.view(form, SHEET)
    assert forms.left(form, closed(view)).values == {}
    assert forms.left(form, closed(view, b="new")).values == {"b": "new"}
    assert forms.left(form, closed(view, a=None)).values == {"a": ""}
    came_back = replace(form, problems={"a": "Too short."})
    assert forms.left(came_back, closed(view)).values == {"a": "1", "b": ""}


def test_problems_stand_beside_their_fields_or_else_above_them() -> None:
    fields = tuple(Field(f"f{n}", f"Field {n}") for n in range(14))
    form = Form("x", "A form", fields, problems={"f1": "Not a number."})
    assert forms.errors(form, replace(SHEET, again=2)) == {"f1@2": "Not a number."}
    assert forms.errors(form, replace(SHEET, page=1)) is None
    assert forms.errors(replace(form, problems={}), SHEET) is None
    elsewhere = replace(form, problems={"f13": "Too long.", "other": "Changed meanwhile."})
    assert forms.errors(elsewhere, SHEET) is None
    assert forms.first_wrong(elsewhere) == 1
    shown = checked(forms.view(elsewhere, replace(SHEET, page=1, again=1)))
    assert shown["blocks"][0]["text"]["text"] == "Please look at this again:\nField 13: Too long.\nChanged meanwhile."
    assert shown["blocks"][1]["block_id"] == "f12@1"


def test_a_long_text_is_shown_in_parts_that_come_back_as_one() -> None:
    text = "\n\n".join(f"Paragraph {n}: " + "jars and salt " * 20 for n in range(40)).strip()
    form = one(Kind.LONG, text, max_length=50_000)
    view = checked(forms.view(form, SHEET))
    labels = [each["label"]["text"] for each in view["blocks"]]
    assert labels[0] == f"The field (1 of {len(labels)})"
    assert len(labels) == len(divided(text, PART).texts) + 1
    assert [each["optional"] for each in view["blocks"]] == [False, *[True] * (len(labels) - 1)]
    assert through_slack(form) == {"x": text}
    page = sent(view, **{f"x#{len(labels)}": "And more."})
    assert forms.asked(form, page).values == {"x": f"{text}\nAnd more."}


def test_an_empty_field_for_a_long_text_has_room_for_one() -> None:
    assert len(forms.view(one(Kind.LONG, max_length=50_000), SHEET)["blocks"]) == 3
    assert len(forms.view(one(Kind.LONG, max_length=4_000), SHEET)["blocks"]) == 1
    assert len(forms.view(one(Kind.LONG, "word " * 500, max_length=4_000), SHEET)["blocks"]) == 2
    assert len(forms.view(one(Kind.LONG, max_length=3_000), SHEET)["blocks"]) == 1


def test_a_value_that_is_too_long_for_its_field_is_shown_whole() -> None:
    assert through_slack(one(Kind.LINE, "x" * 400)) == {"x": "x" * 400}
    assert through_slack(one(Kind.LONG, "y" * 9_000)) == {"x": "y" * 9_000}
    assert through_slack(one(Kind.LONG, "z" * 40_000)) == {"x": "z" * 40_000}


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60), st.integers(0, 400), st.sampled_from([" ", "\n", "🫙", "a"]))
def test_any_text_comes_back_from_its_parts(text: str, times: int, between: str) -> None:
    whole = between.join([text] * times)
    parts = divided(whole, PART)
    assert all(len(each.encode("utf-16-le")) <= 2 * PART for each in parts.texts)
    assert joined(parts.texts, parts, PART) == whole


@given(st.from_regex(r"[-_a-z0-9.]{1,40}", fullmatch=True), st.integers(0, 20), st.integers(0, 20))
def test_a_blocks_id_names_its_field(name: str, part: int, again: int) -> None:
    assert name_in(block_id(name, part, again)) == name


@given(st.text(max_size=30), st.integers(0, 9), st.text(max_size=5))
def test_what_is_kept_with_a_modal_is_read_back_or_is_not_ours(text: str, page: int, junk: str) -> None:
    assert read_sheet(Sheet("shn_1", page, 2, "C1", "1.1", "https://x").written()) == Sheet(
        "shn_1", page, 2, "C1", "1.1", "https://x"
    )
    assert read_sheet(text) is None
    assert read_sheet(json.dumps({"f": 3, "p": junk})) is None


def test_words_that_nothing_completes_are_offered_themselves() -> None:
    options = forms.suggested((Option("3", "3. Lead"), Option("x" * 200, "Too long")), " my own ")
    assert [each["value"] for each in options] == ["3", "my own"]
    assert [each["value"] for each in forms.suggested((Option("3", "3. Lead"),), "3. lead")] == ["3"]
    assert forms.suggested((), "  ") == []
    assert forms.suggested((), "x" * 76) == []
    assert len(forms.suggested([Option(f"{n}", f"{n}") for n in range(200)], "own")) == 100


def test_modals_that_only_say_something_are_modals_too() -> None:
    checked(forms.loading("Your figures for the week and the month"))
    assert checked(forms.told("", "word " * 2_000))["title"]["text"] == "Elevate"
    said = " ".join(each["text"]["text"] for each in forms.told("A", "word " * 2_000)["blocks"])
    assert said.split() == ["word"] * 2_000
