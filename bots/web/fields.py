"""Forms: every kind of question as the input that fits it, with what is wrong beside it."""

from __future__ import annotations

from typing import assert_never

from markupsafe import Markup

from bots.web.tags import Attribute, joined, tag, tagged
from bots.web.ways import ABOUT, ONE, SENT, SEVERAL, Ways
from core.drafts import about
from core.request import Typed
from core.ui import Field, Form, Kind

RADIOS_AT_MOST = 5
"""More choices than that go into a list."""
ROWS_AT_LEAST, ROWS_AT_MOST = 4, 16
ROW = 60
"""Characters that stand on a row of a long text, roughly."""


def drawn(form: Form, ways: Ways, *, compact: bool = False, stays: bool = False) -> Markup:
    """The form with its title; `compact`: within another page, which has the title already, and where it is sent in place.

    One that `stays` on its page has no way to leave it.
    """
    known = {each.name for each in form.fields}
    unseen = {name: value for name, value in form.values.items() if name not in known}
    named = not (compact and len(form.fields) == 1)  # a single question is named by what stands over it
    fields = [_field(each, form, ways, named=named) for each in form.fields]
    strange = {name: words for name, words in form.problems.items() if name not in known}
    return tag(
        "form",
        "" if compact else tag("h1", form.title),
        tag("div", ways.prose(form.intro), class_="intro") if form.intro else "",
        _summary(form) if form.problems else "",
        *(tag("p", words, class_="problem") for words in strange.values()),
        ways.hidden(unseen, **{SENT: "1", ABOUT: " ".join(about(form))}),
        *fields,
        tag(
            "p",
            tag("button", form.submit, class_="button primary", type="submit"),
            _cancel(ways, compact=compact and not stays),
            class_="actions",
        ),
        method="post",
        action=ways.to(form.command),
        class_="form compact" if compact else "form",
        novalidate=True,
        data_inplace=compact,
        data_leaves=ways.url(f"/left/{form.command.replace(' ', '/')}"),
    )


def _cancel(ways: Ways, *, compact: bool) -> Markup | str:
    return tag("a", "Leave it", class_="button", href=ways.url(ways.back), data_inplace=True) if compact and ways.back else ""


def _summary(form: Form) -> Markup:
    """What is wrong, before everything else, with the way to each field."""
    labels = {each.name: each.label for each in form.fields}
    lines = [
        tag("li", tag("a", f"{labels[name]}: {words}", href=f"#{_id(form, name)}"))
        for name, words in form.problems.items()
        if name in labels
    ]
    if not lines:
        return Markup("")
    count = "One answer needs" if len(lines) == 1 else f"{len(lines)} answers need"
    title = tag("h2", f"{count} another look")
    return tag("div", title, tag("ul", *lines), class_="card tone-bad problems", role="alert", tabindex="-1", id="problems")


def _field(field: Field, form: Form, ways: Ways, *, named: bool) -> Markup:
    value, problem, at = form.values.get(field.name, ""), form.problems.get(field.name, ""), _id(form, field.name)
    told = " ".join([*([f"{at}-hint"] if field.hint else []), *([f"{at}-problem"] if problem else [])])
    optional = "" if field.required else tag("span", " (optional)", class_="optional")
    hint = tag("p", field.hint, class_="hint", id=f"{at}-hint") if field.hint else ""
    wrong = tag("p", problem, class_="problem", id=f"{at}-problem") if problem else ""
    said: dict[str, Attribute] = {"aria-describedby": told or None, "aria-invalid": "true" if problem else None}
    if _of_several(field):
        legend = tag("legend", field.label, optional, class_=None if named else "hidden")
        inner = (legend, hint, wrong, *_choices(field, value, at))
        return tagged("fieldset", inner, {"class": "field", "id": at, "tabindex": "-1", **said})
    said |= {"id": at, "aria-required": "true" if field.required else None, "data-required": field.required}
    label = tag("label", field.label, optional, for_=at, class_=None if named else "hidden")
    return tag("div", label, hint, wrong, _input(field, value, ways, form, said), class_="field")


def _of_several(field: Field) -> bool:
    match field.kind:
        case Kind.CHOICES | Kind.YES_NO:
            return True
        case Kind.CHOICE:
            return len(field.options) <= RADIOS_AT_MOST
        case _:
            return False


def _input(field: Field, value: Typed, ways: Ways, form: Form, said: dict[str, Attribute]) -> Markup:
    name, text = ONE + field.name, value if isinstance(value, str) else "\n".join(value)
    match field.kind:
        case Kind.LONG | Kind.LIST:
            lines = sum(1 + len(line) // ROW for line in text.split("\n"))
            rows = max(ROWS_AT_LEAST, min(ROWS_AT_MOST, lines + 1))
            return tagged("textarea", ["\n" + text], {"name": name, "rows": rows, "maxlength": field.max_length, **said})
        case Kind.CHOICE:
            chosen = text.casefold()
            empty = () if field.required and text else (tag("option", "Choose", value=""),)
            options = (
                tag("option", each.label, value=each.value, selected=chosen in (each.value.casefold(), each.label.casefold()))
                for each in field.options
            )
            return tagged("select", [*empty, *options], {"name": name, **said})
        case Kind.DATE:
            return tagged("input", (), {"type": "date", "name": name, "value": text, **said})
        case Kind.NUMBER:
            return tagged("input", (), {"type": "text", "inputmode": "decimal", "name": name, "value": text, **said})
        case Kind.LINE:
            return _line(field, name, text, ways, form, said)
        case Kind.CHOICES | Kind.YES_NO:
            raise ValueError(f"{field.kind} is drawn as a set of choices")
        case _:
            assert_never(field.kind)


def _line(field: Field, name: str, text: str, ways: Ways, form: Form, said: dict[str, Attribute]) -> Markup:
    plain: dict[str, Attribute] = {"type": "text", "name": name, "value": text, "maxlength": field.max_length}
    plain |= {"inputmode": "decimal"} if field.figure else {}
    if not field.completes:
        return tagged("input", (), {**plain, **said})
    found = f"{_id(form, field.name)}-found"
    source = ways.url(f"/suggest/{form.command.replace(' ', '/')}/{field.name}")
    offered: dict[str, Attribute] = {"list": found, "autocomplete": "off", "data-suggest": source}
    return joined((tagged("input", (), {**plain, **offered, **said}), tag("datalist", id=found)))


def _choices(field: Field, value: Typed, at: str) -> list[Markup]:
    """Each choice with its own box; what is chosen already is ticked."""
    chosen = {each.casefold() for each in (value if isinstance(value, tuple) else (value,))}
    match field.kind:
        case Kind.YES_NO:
            pairs = [("yes", "Yes"), ("no", "No")]
            chosen = {"yes" if each in ("yes", "y", "true", "on") else "no" if each else "" for each in chosen}
        case _:
            pairs = [(each.value, each.label) for each in field.options]
    several = field.kind is Kind.CHOICES
    if field.kind is Kind.CHOICE and not field.required:
        pairs = [*pairs, ("", "No answer")]
    drawn = [tag("input", type="hidden", name=SEVERAL + field.name, value="")] if several else []
    for number, (own, label) in enumerate(pairs):
        one = f"{at}-{number}"
        box = tag(
            "input",
            type="checkbox" if several else "radio",
            id=one,
            name=(SEVERAL if several else ONE) + field.name,
            value=own,
            checked=own.casefold() in chosen or label.casefold() in chosen,
        )
        drawn.append(tag("label", box, tag("span", label), for_=one, class_="choice"))
    return drawn


def _id(form: Form, name: str) -> str:
    """The id of a field within its page."""
    return "".join(each if each.isalnum() else "-" for each in f"f-{form.command}-{name}")
