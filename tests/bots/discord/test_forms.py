"""Forms as modals: what Discord takes, what it sends back, and that nothing is lost between."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.discord import forms, inputs
from bots.discord.arrived import Submitted
from bots.discord.inputs import ROOM, cut
from bots.discord.posts import Post
from core.parcels import pack_form, unpack_form
from core.request import Actor, Address, Platform, Typed
from core.ui import Field, Form, Kind, Option
from tests.servers.discord.components import in_message, in_modal
from tests.servers.discord.forms import Filled, Modal, SeenField, SeenModal, complaints, fill, opened, seen_modal, submitted
from tests.servers.discord.openapi import validator
from tests.servers.discord.shapes import Json
from tests.servers.discord.things import Asks, Interaction

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ACTOR = Actor(Platform.DISCORD, "1", "2", "maya")
PLACE = Address(Platform.DISCORD, "1", "3", "4")
STEPS = tuple(Option(each, each.title()) for each in ("hook", "lead", "nurture", "sell"))
MANY = tuple(Option(f"v{n}", f"Number {n}") for n in range(60))
TEXT_KINDS = [Kind.LINE, Kind.LONG, Kind.NUMBER, Kind.DATE]
TEXTS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=60)


def checked(form: Form, page: int = 0) -> Json:
    """The modal of a page, after everything that describes Discord's modals has been asked."""
    modal: Json = json.loads(json.dumps(forms.modal(form, "shn_01", page)))
    schema = validator("components", "schemas", "ModalInteractionCallbackRequest")
    assert [str(each) for each in schema.iter_errors({"type": 9, "data": modal})] == []
    assert list(in_modal(modal)) == []
    assert modal["custom_id"] == f"form:shn_01:{page}"
    return modal


def before_a_person(form: Form, page: int = 0) -> Modal:
    """The page, open before somebody."""
    return opened(Interaction("5", "token", Asks.COMPONENT, "2", "3", None, 0.0, {}, modal=checked(form, page)))


def seen(form: Form, page: int = 0) -> SeenModal:
    """What a person sees of a page."""
    return seen_modal(before_a_person(form, page))


def only(form: Form) -> SeenField:
    """The field of a form that has one."""
    return seen(form).fields[0]


def sent(form: Form, page: int = 0, typed: Mapping[str, Filled] | None = None) -> Form:
    """The form after a page was sent as it was shown, but for what was typed by label; kept as text between, as in the record."""
    modal = before_a_person(form, page)
    for label, value in (typed or {}).items():
        fill(modal, label, value)
    return unpack_form(pack_form(forms.filled(form, page, submitted(modal))))


def asked(form: Form) -> Mapping[str, Typed]:
    """What the core gets of a form that was filled in."""
    last = Submitted(id="1", actor=ACTOR, address=PLACE, at=AT, direct=False, form="shn_01", page=0, components=())
    return forms.asked(form, last).values


def through_discord(form: Form) -> Mapping[str, Typed]:
    """The values of a form that is sent, page after page, as it was shown."""
    before, page = form, 0
    while True:
        after = sent(before, page)
        following = forms.following(replace(form, problems={}), after, page)
        if following is None:
            assert forms.is_last(after, page)
            return asked(after)
        assert following == page + 1
        before, page = after, following


def one(kind: Kind, value: Typed = "", **more: Any) -> Form:
    known = {"x": value} if value else {}
    return Form("x", "A form", (Field("x", "The field", kind, **more),), known)


def text_of(post: Post) -> str:
    """The words of a message, with its buttons in brackets, as Discord takes it."""
    components: list[Json] = json.loads(json.dumps(post.components))
    assert list(in_message(components, v2=True)) == []
    texts = [each["content"] for each in components if each["type"] == 10]
    buttons = [f"[{each['label']}]" for row in components if row["type"] == 1 for each in row["components"]]
    return "\n".join([*texts, *buttons])


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        (one(Kind.LINE), "text"),
        (one(Kind.LINE, "two\nlines"), "paragraph"),
        (one(Kind.LONG, "two\nlines"), "paragraph"),
        (one(Kind.LIST, ("one", "two")), "paragraph"),
        (one(Kind.LIST, "Jar lids; Lab kits"), "paragraph"),
        (one(Kind.NUMBER, "2.5"), "text"),
        (one(Kind.DATE, "2026-11-30"), "text"),
        (one(Kind.CHOICE, "lead", options=STEPS), "radio"),
        (one(Kind.CHOICE, "lead", options=STEPS, required=False), "select"),
        (one(Kind.CHOICE, "hook", options=STEPS[:1]), "select"),
        (one(Kind.CHOICE, "v7", options=MANY[:25]), "select"),
        (one(Kind.CHOICE, "gone", options=STEPS), "radio"),
        (one(Kind.CHOICE, "gone " * 30, options=STEPS), "text"),
        (one(Kind.CHOICE, "something"), "text"),
        (one(Kind.CHOICES, ("hook", "sell"), options=STEPS), "checks"),
        (one(Kind.CHOICES, ("v3", "gone"), options=MANY[:12]), "select"),
        (one(Kind.YES_NO, "no"), "radio"),
        (one(Kind.YES_NO, required=False), "select"),
        (one(Kind.LINE, "ast_01", completes=True), "text"),
        (one(Kind.LINE, "x" * 400), "text"),
        (one(Kind.LONG, "z" * 21_000), "paragraph"),
        (one(Kind.CHOICE, "v33", options=MANY), "select"),
        (one(Kind.CHOICES, ("v1", "v33", "v59"), options=MANY), "select"),
        (one(Kind.CHOICE, "o" * 150, options=(Option("o" * 150, "Long"), Option("", "None"))), "radio"),
    ],
)
def test_every_kind_of_field_has_its_input_and_keeps_its_value(form: Form, kind: str) -> None:
    field = only(form)
    assert field.kind == kind
    assert field.label.startswith("The field")
    assert field.required is (form.fields[0].required and (len(seen(form).fields) == 1 or kind == "paragraph"))
    assert through_discord(form) == {"x": form.values.get("x", "")}


@pytest.mark.parametrize(
    ("form", "typed", "value"),
    [
        (one(Kind.LINE, "before"), "", ""),
        (one(Kind.LINE), " new ", " new "),
        (one(Kind.LIST), "one\n\n two", ("one", "two")),
        (one(Kind.LIST), "one; two", "one; two"),
        (one(Kind.NUMBER, "3"), "2,5", "2,5"),
        (one(Kind.DATE), "yesterday", "yesterday"),
        (one(Kind.CHOICE, "hook", options=STEPS), "Sell", "sell"),
        (one(Kind.CHOICE, "hook", options=STEPS, required=False), [], ""),
        (one(Kind.CHOICES, ("hook",), options=STEPS), ["Lead", "Sell"], ("lead", "sell")),
        (one(Kind.CHOICES, ("hook",), options=STEPS), [], ""),
        (one(Kind.YES_NO), "Yes", "yes"),
        (one(Kind.LINE, completes=True), "Salt and jars", "Salt and jars"),
    ],
)
def test_what_is_typed_comes_to_the_core_as_it_is(form: Form, typed: Filled, value: Typed) -> None:
    assert asked(sent(form, typed={"The field": typed})) == {"x": value}


def test_more_options_than_a_menu_has_are_several_menus() -> None:
    form = one(Kind.CHOICE, "v3", options=MANY)
    assert [each.label for each in seen(form).fields] == [f"The field ({n} of 3)" for n in (1, 2, 3)]
    assert asked(sent(form, typed={"The field (3 of 3)": "Number 57"})) == {"x": "v57"}
    assert asked(sent(form, typed={"The field (1 of 3)": []})) == {"x": ""}
    several = one(Kind.CHOICES, ("v3", "v30"), options=MANY)
    assert asked(sent(several, typed={"The field (1 of 3)": [], "The field (3 of 3)": ["Number 57"]})) == {"x": ("v30", "v57")}


def test_values_in_other_words_are_the_options_that_they_mean() -> None:
    assert through_discord(one(Kind.CHOICE, "LEAD", options=STEPS)) == {"x": "lead"}
    assert through_discord(one(Kind.YES_NO, "true")) == {"x": "yes"}
    assert through_discord(one(Kind.CHOICES, "Hook, sell", options=STEPS)) == {"x": ("hook", "sell")}


def test_what_is_required_is_asked_for_by_discord_itself() -> None:
    fields = (Field("a", "A"), Field("b", "B", required=False), Field("c", "C", Kind.CHOICE, options=STEPS))
    modal = before_a_person(Form("x", "A form", (*fields, Field("d", "D", Kind.CHOICES, options=STEPS))))
    assert complaints(modal).keys() == {"A", "C", "D"}


def test_a_long_hint_is_read_whole() -> None:
    hint = (
        "Take the first rival. What do the people who gave it one or two stars say went wrong? One on each line, as name : why."
    )
    field = only(one(Kind.LIST, hint=hint))
    assert f"{field.description} {field.placeholder}" == hint
    filled_in = seen(one(Kind.LIST, ("a", "b"), hint=hint))
    assert filled_in.text == f"**The field**: {hint}"
    cut_off = only(one(Kind.LONG, hint="word " * 30))
    assert cut_off.description.endswith("…")
    assert cut_off.placeholder.startswith("…")
    assert f"{cut_off.description[:-1]} {cut_off.placeholder[1:]}" == ("word " * 30).strip()


def test_a_figure_as_an_example_stands_in_the_input_and_not_below_the_label() -> None:
    field = only(one(Kind.NUMBER, hint="22"))
    assert (field.description, field.placeholder) == ("", "22")


def test_a_field_that_completes_says_that_a_name_is_enough() -> None:
    assert only(one(Kind.LINE, completes=True)).description == "A part of the name is enough."
    field = only(one(Kind.LINE, completes=True, hint="Which asset?"))
    assert (field.description, field.placeholder) == ("Which asset?", "A part of the name is enough.")


def test_long_titles_and_labels_fit() -> None:
    form = Form("x", "Your company, market and customer: what is filled and what is not", (Field("a", "word " * 20),) * 1)
    assert seen(form).title == "Your company, market and customer: what is…"
    assert len(only(form).label) <= 45
    assert seen(Form("x", "", (Field("a", "A"),))).title == "Elevate"


def test_what_a_modal_has_no_room_for_stands_in_the_message_that_leads_to_it() -> None:
    hint = "The one whose turn it is. " * 6
    fields = [Field(f"f{n}", f"Field {n}", required=False) for n in range(9)]
    fields.append(Field("who", "Who", Kind.CHOICE, hint, options=(Option("a", "Ann"), Option("b", "Bob"))))
    small, full = (Form("x", "Run it", tuple(fields[:number]), intro="*Kept* for you.") for number in (4, 5))
    assert forms.opens_alone(small, 0)
    assert seen(small).text == "\\*Kept\\* for you."
    assert not forms.opens_alone(full, 0)
    assert seen(full).text == ""
    asks = ", ".join(each.label for each in fields[:5])
    assert text_of(forms.going_on(full, "shn_01", 0)) == f"**Run it**\n\\*Kept\\* for you.\n{asks}\n[Fill it in]"
    assert forms.opens_alone(Form("x", "Run it", tuple(fields[:5]), problems={"f1": "Too many."}, intro="*Kept*"), 0)
    later = Form("x", "Run it", tuple(fields))
    assert f"**Who**: {hint}\nPage 2 of 2" in text_of(forms.going_on(later, "shn_01", 1))


def test_a_form_without_fields_can_be_sent() -> None:
    form = Form("x", "A form", (), {"seen": "3"}, intro="This empties the list.")
    assert seen(form).text == "This empties the list.\nThere is nothing to fill in. Press Submit."
    assert through_discord(form) == {"seen": "3"}


def test_values_that_are_not_shown_go_along_and_an_emptied_one_is_empty() -> None:
    form = Form("x", "A form", (Field("a", "A"), Field("b", "B", required=False)), {"a": "1", "b": "2", "seen": "7"})
    assert asked(sent(form, typed={"B": ""})) == {"a": "1", "b": "", "seen": "7"}


def test_many_fields_are_pages_and_what_was_typed_on_each_is_kept() -> None:
    fields = tuple(Field(f"f{n}", f"Field {n}", required=False) for n in range(12))
    form = Form("x", "Your figures for this week", fields, {"f3": "three"}, intro="Leave empty what you like.")
    first = seen(form)
    assert (first.title, first.text) == ("Your figures for this week · 1 of 3", "Leave empty what you like.")
    assert [len(seen(form, page).fields) for page in range(3)] == [4, 4, 4]
    form = sent(form, 0, {"Field 0": "zero"})
    going_on = text_of(forms.going_on(form, "shn_01", 1))
    assert going_on == (
        "**Your figures for this week**\nPage 2 of 3: Field 4, Field 5, Field 6, Field 7\n"
        "[Go on: page 2 of 3]\n[Send it as it is]\n[Back to page 1]"
    )
    needed = replace(form, fields=(*fields[:-1], replace(fields[-1], required=True)))
    assert "Send it as it is" not in text_of(forms.going_on(needed, "shn_01", 1)), "something is still asked for"
    form = sent(form, 1, {"Field 4": "four"})
    form = sent(form, 2, {"Field 11": "end"})
    values = {name: value for name, value in asked(form).items() if value}
    assert values == {"f0": "zero", "f3": "three", "f4": "four", "f11": "end"}


def test_a_form_that_is_left_leaves_what_was_changed_on_the_pages_so_far() -> None:
    fields = tuple(Field(f"f{n}", f"Field {n}", required=False) for n in range(7))
    page = Submitted(id="9", actor=ACTOR, address=PLACE, at=AT, direct=False, form="shn_01", page=0, components=())
    form = Form("x", "A form", fields, {"f1": "one", "seen": "7", "asset": "a"})
    left = forms.left(sent(form, 0, {"Field 0": "zero"}), page)
    assert (left.command, left.values, left.about) == ("x", {"f0": "zero"}, {"asset": "a"})
    assert left.id != page.id
    assert forms.left(sent(form), page).values == {}
    assert forms.left(form, page, whole=True).values == {"f1": "one"}


def test_problems_lead_to_their_pages_alone() -> None:
    fields = tuple(Field(f"f{n}", f"Field {n}", hint="A number.") for n in range(12))
    form = Form("x", "A form", fields, problems={"f5": "Not a *number*.", "f11": "Too long.", "other": "Changed meanwhile."})
    assert forms.first_wrong(form) == 1
    told = text_of(forms.going_on(form, "shn_01", 1))
    assert told.splitlines() == [
        "**A form**",
        "Please look at this again:",
        "Field 5: Not a \\*number\\*.",
        "Field 11: Too long.",
        "Changed meanwhile.",
        "[Fix it]",
    ]
    field = seen(form, 1).field("Field 5")
    assert (field.description, field.placeholder) == ("Not a *number*.", "A number.")
    again = sent(form, 1, {"Field 5": "5"})
    assert forms.following(form, again, 1) == 2
    whole = sent(again, 2, {"Field 11": "11"})
    assert forms.following(again, whole, 2) is None
    assert {name: value for name, value in asked(whole).items() if value} == {"f5": "5", "f11": "11"}


def test_an_empty_field_for_a_long_text_has_room_for_one_where_that_costs_no_page() -> None:
    three = seen(one(Kind.LONG, max_length=20_000, hint="Paste it.")).fields
    assert [each.description for each in three] == ["Paste it.", inputs.GOES_ON, inputs.GOES_ON]
    assert len(seen(one(Kind.LONG, max_length=4_000)).fields) == 1
    five = tuple(Field(f"f{n}", f"Field {n}", Kind.LONG, max_length=20_000) for n in range(5))
    assert [each.label for each in seen(Form("x", "A form", five)).fields] == [f"Field {n}" for n in range(5)]


def test_a_text_that_fills_its_input_goes_on_with_another() -> None:
    fields = tuple(Field(f"f{n}", f"Field {n}", Kind.LONG, max_length=20_000) for n in range(6))
    form = sent(Form("x", "A form", fields), 0, {"Field 0": "a" * ROOM, "Field 1": "short"})
    assert forms.pages(form) == 2
    assert [each.label for each in seen(form, 1).fields] == ["Field 0 (2 of 2)", "Field 3", "Field 4", "Field 5"]
    assert seen(form, 1).fields[0].value == ""
    form = sent(form, 1, {"Field 0 (2 of 2)": "b" * ROOM})
    assert forms.following(form, form, 1) == 2
    form = sent(form, 2, {"Field 0 (3 of 3)": "The end."})
    assert asked(form)["f0"] == "a" * ROOM + "b" * ROOM + "The end."


def test_a_long_text_is_shown_in_parts_that_come_back_as_one() -> None:
    text = "\n\n".join(f"Paragraph {n}: " + "jars and salt " * 20 for n in range(80)).strip()
    form = one(Kind.LONG, text, max_length=50_000)
    assert forms.pages(form) == 2
    assert through_discord(form) == {"x": text}
    last = seen(form, 1).fields[-1]
    after = sent(sent(form), 1, {last.label: last.value + "\nAnd more."})
    assert asked(after) == {"x": f"{text}\nAnd more."}


def test_a_page_that_is_shown_once_more_has_what_was_typed_and_loses_none_of_it() -> None:
    form = Form("x", "A form", (Field("a", "A"), Field("b", "B")), {"a": "1"}, {"b": "This is needed."})
    modal = before_a_person(form)
    fill(modal, "B", "typed")
    once_more = forms.as_sent(form, 0, submitted(modal))
    assert seen(once_more).field("B").value == "typed"
    assert once_more.problems == form.problems
    assert asked(sent(once_more)) == {"a": "1", "b": "typed"}


def test_junk_instead_of_a_modal_changes_nothing() -> None:
    form = one(Kind.LINE, "before")
    for junk in ({}, {"type": 18}, {"type": 18, "component": 3}, {"type": 1, "components": [3]}, {"type": 10, "content": "x"}):
        assert asked(forms.filled(form, 0, [junk])) == {"x": "before"}
    assert asked(forms.filled(form, 99, [])) == {"x": "before"}


@given(st.data())
def test_any_form_goes_through_discord_and_comes_back(data: st.DataObject) -> None:
    fields, values = [], {}
    for number in range(data.draw(st.integers(0, 8))):
        kind, length = data.draw(st.sampled_from(TEXT_KINDS)), data.draw(st.sampled_from([12, 300, 4_000, 20_000]))
        hint, label = data.draw(st.text("ab. ", max_size=200)), f"{number} {data.draw(st.text('ab ', max_size=60))}"
        fields.append(Field(f"f{number}", label, kind, hint, data.draw(st.booleans()), max_length=length))
        values[f"f{number}"] = data.draw(TEXTS) * data.draw(st.integers(0, 200))
    form = Form("x", data.draw(TEXTS), tuple(fields), values, intro=data.draw(TEXTS))
    assert through_discord(form) == values


@given(st.text("ab .?", max_size=300), st.integers(10, 120))
def test_what_is_cut_fits(text: str, most: int) -> None:
    assert len(cut(text, most)) <= most
    assert cut(text, max(most, len(text))) == text
