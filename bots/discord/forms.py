"""A form as modals, page by page, and what was sent back as the form with its values; nothing typed gets lost on the way.

A modal has at most five components, words among them, and no other modal can follow it: between two pages stands a message.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bots.discord.arrived import Submitted
from bots.discord.inputs import LABEL, cut, label, same, typed, untold
from bots.discord.layout import COMPONENTS, Laid, Slot, grown, laid, read_pages, written_pages
from bots.discord.posts import Component, Post
from bots.discord.text import escaped
from bots.payload import Payload, inner, items, words
from core.drafts import about
from core.request import Asked, Left, Typed
from core.ui import Field, Form

TITLE = 45
"""Of a modal. https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal"""
WORDS = 4_000
"""Of a text display, and over all of a message. https://docs.discord.com/developers/components/reference#text-display"""
BUTTON = 80
"""https://docs.discord.com/developers/components/reference#button"""
APP = "Elevate"
DISPLAY, ROW, PRESSED, CARD = 10, 1, 2, 17
PRIMARY, SECONDARY = 1, 2
"""Types of components, and styles of a button."""
AS_IT_IS = "Send it as it is"
LED = "+"
"""Behind a form's id in a modal that was opened from the message that leads through the form."""
TYPED, LAID = "typed~", "pages~"
"""Where a form keeps the names of the fields that were changed on the pages before, and what is on which page: as long as it is
filled in, no input changes its page. No field is called so."""


def pages(form: Form) -> int:
    """How many modals the form comes to."""
    return len(_pages(form))


def modal(form: Form, form_id: str, page: int) -> Component:
    """The modal of a page (from 0), with the form's values in it, and what is wrong with a field below its label."""
    every = _pages(form)
    number = min(page, len(every) - 1)
    slots = every[number]
    found = [_label(form, every, slot) for slot in slots]
    told = [_display(each) for each in _told(form, every, number)[0]]
    title = form.title.strip() or APP
    of_several = f" · {number + 1} of {len(every)}" if len(every) > 1 else ""
    nothing = [] if found else [_display("There is nothing to fill in. Press Submit.")]
    return {
        "custom_id": f"form:{form_id}:{number}",
        "title": cut(title, TITLE - len(of_several)) + of_several,
        "components": [*told, *found, *nothing],
    }


def opens_alone(form: Form, page: int) -> bool:
    """Whether everything that is said of a page stands in its modal; else a message leads to it (`going_on`)."""
    return bool(form.problems) or not _told(form, _pages(form), page)[1]


def filled(form: Form, page: int, components: Sequence[Component]) -> Form:
    """The form with what stands on the page that was sent; what was not shown stays as it was. What was wrong is left only for
    the fields of other pages. A text that has filled its inputs goes on with one more on the next page."""
    every = _pages(form)
    slots = every[min(page, len(every) - 1)]
    sent = _sent(components)
    fields = [form.fields[number] for number in dict.fromkeys(slot.field for slot in slots)]
    here = {each.name: typed(each, form.values.get(each.name, ""), sent) for each in fields}
    known = {name: value for name, value in here.items() if value is not None}
    changed = {each.name for each in fields if each.name in known and not _is_same(form, each, known[each.name])}
    values: dict[str, Typed] = {**form.values, **known, TYPED: tuple(sorted({*_changed(form), *changed}))}
    there = {each.name for each in form.fields} - {each.name for each in fields}
    problems = {name: problem for name, problem in form.problems.items() if name in there}
    more = grown(replace(form, values=values), every, page)
    return replace(form, values={**values, LAID: written_pages(more)}, problems=problems)


def as_sent(form: Form, page: int, components: Sequence[Component]) -> Form:
    """The form with what stands on a page that was sent, on the same pages as before: to be shown once more."""
    now = filled(form, page, components)
    return replace(now, values={**now.values, LAID: written_pages(_pages(form))}, problems=form.problems)


def following(before: Form, now: Form, page: int) -> int | None:
    """The page after the one that was sent, or None where the form can be sent: `before` is the form as its modal showed it, and
    `now` with what was sent. Where a form came back, only the pages with something wrong are gone through again."""
    if before.problems:
        return first_wrong(now) if now.problems else None
    return page + 1 if page < pages(now) - 1 else None


def is_last(form: Form, page: int) -> bool:
    """Whether nothing comes after the page."""
    return page >= pages(form) - 1


def first_wrong(form: Form) -> int:
    """The first page with something wrong on it, from 0."""
    wrong = {number for number, each in enumerate(form.fields) if each.name in form.problems}
    found = (page for page, slots in enumerate(_pages(form)) if any(slot.field in wrong for slot in slots))
    return next(found, 0)


def asked(form: Form, sent: Submitted) -> Asked:
    """The command with every value of the form, which was filled in with all that was sent."""
    return Asked(
        id=sent.id,
        actor=sent.actor,
        address=sent.address,
        at=sent.at,
        direct=sent.direct,
        command=form.command,
        values=_unmarked(form.values),
        submitted=True,
    )


def left(form: Form, sent: Submitted, *, whole: bool = False) -> Left:
    """What is worth keeping of a form that may never be sent: what was changed on the pages so far.

    `whole`: the form came back, so that everything counts.
    """
    names = [each.name for each in form.fields if each.name in form.values] if whole else _changed(form)
    return Left(
        id=f"{sent.id}:left",
        actor=sent.actor,
        address=sent.address,
        at=sent.at,
        direct=sent.direct,
        command=form.command,
        values={name: form.values[name] for name in names},
        about=_unmarked(about(form)),
    )


def going_on(form: Form, form_id: str, page: int) -> Post:
    """The message before a page, with the button that opens it: what is wrong, or what the page asks for and has no room for."""
    every, problems = _pages(form), _problems(form)
    number = min(page, len(every) - 1)
    asks = escaped(", ".join(dict.fromkeys(form.fields[slot.field].label for slot in every[number])))
    where = f"Page {number + 1} of {len(every)}: {asks}" if len(every) > 1 else asks
    begins = number == 0 and not problems and not _changed(form)
    first = "Fix it" if problems else "Fill it in" if begins else f"Go on: page {number + 1} of {len(every)}"
    buttons = [(first, f"page:{form_id}:{number}")]
    if number and not problems:
        if not _missing(form, every[number:]):
            buttons.append((AS_IT_IS, f"send:{form_id}{LED}:{number}"))
        buttons.append((f"Back to page {number}", f"page:{form_id}:{number - 1}"))
    intro = _intro(form) if begins else []
    more = [each for each in _told(form, every, number)[1] if each not in intro]
    told = [escaped(each) for each in problems] or [*intro, *more, where]
    return _post(form, told, buttons)


def trying_again(form_id: str, page: int, words: str) -> Post:
    """The message that something is in the way just now, with the button that opens the page with what was typed."""
    return Post((_display(escaped(words)), _row([("Try again", f"page:{form_id}:{page}")])))


def was_sent(form: Form) -> Post:
    """The message that led through a form which has been sent."""
    return Post((_display(f"**{escaped(form.title.strip() or APP)}**\nSent."),))


def told(words: str) -> Post:
    """A message that only says something."""
    return Post((_display(escaped(words)),))


def _label(form: Form, every: Laid, slot: Slot) -> Component:
    field = form.fields[slot.field]
    of = sum(each.field == slot.field for slots in every for each in slots)
    value, problem = form.values.get(field.name, ""), form.problems.get(field.name, "")
    return label(field, value, part=slot.part, of=of, problem=problem)


def _told(form: Form, every: Laid, page: int) -> tuple[list[str], list[str]]:
    """What is said above the inputs of a page, and what there is no room for: the intro, and hints too long for their input."""
    slots = every[min(page, len(every) - 1)]
    hints = []
    for field in (form.fields[slot.field] for slot in slots if slot.part == 0):
        if hint := untold(field, form.values.get(field.name, "")):
            hints.append(f"**{escaped(field.label)}**: {escaped(hint)}")
    told = [*(_intro(form) if page == 0 else []), *(["\n".join(hints)] if hints else [])]
    room = COMPONENTS - len(slots)
    return told[:room], told[room:]


def _intro(form: Form) -> list[str]:
    return [escaped(form.intro)] if form.intro else []


def _problems(form: Form) -> list[str]:
    """What is wrong, by the labels of the fields, in their order."""
    labels = {each.name: each.label for each in form.fields}
    names = [*(name for name in labels if name in form.problems), *(name for name in form.problems if name not in labels)]
    return [f"{labels[name]}: {form.problems[name]}" if name in labels else form.problems[name] for name in names]


def _missing(form: Form, slots: Laid) -> bool:
    """Whether the form cannot be sent without something that is asked for on these pages."""
    fields = (form.fields[slot.field] for page in slots for slot in page)
    return any(each.required and not form.values.get(each.name) for each in fields)


def _post(form: Form, lines: Sequence[str], buttons: Sequence[tuple[str, str]]) -> Post:
    title = [f"**{escaped(form.title)}**"] if form.title else []
    ask = ["Please look at this again:"] if form.problems else []
    return Post((_display("\n".join([*title, *ask, *lines])), _row(buttons)))


def _row(buttons: Sequence[tuple[str, str]]) -> Component:
    """Buttons by their labels and custom_ids, the first of them the way onward."""
    made = [
        {"type": PRESSED, "style": SECONDARY if at else PRIMARY, "label": cut(text, BUTTON), "custom_id": custom_id}
        for at, (text, custom_id) in enumerate(buttons)
    ]
    return {"type": ROW, "components": made}


def _display(text: str) -> Component:
    return {"type": DISPLAY, "content": cut(text, WORDS)}


def _sent(components: Sequence[Component]) -> Mapping[str, Payload]:
    """The inputs of a modal that was sent, by their custom_ids."""
    found = [inner(each, "component") if each.get("type") == LABEL else each for each in components]
    rows = [each for row in components if row.get("type") == ROW for each in items(row, "components")]
    return {words(each, "custom_id"): each for each in (*found, *rows) if words(each, "custom_id")}


def _pages(form: Form) -> Laid:
    kept = form.values.get(LAID)
    return read_pages(kept, len(form.fields)) if isinstance(kept, tuple) else laid(form)


def _is_same(form: Form, field: Field, value: Typed) -> bool:
    return same(field, value, form.values.get(field.name, ""))


def _changed(form: Form) -> tuple[str, ...]:
    names: Typed = form.values.get(TYPED, ())
    return names if isinstance(names, tuple) else ()


def _unmarked(values: Mapping[str, Typed]) -> dict[str, Typed]:
    return {name: value for name, value in values.items() if name not in {TYPED, LAID}}
