"""A form as modals, page by page, and what was sent back as the form with its values; nothing typed gets lost on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from bots.slack.arrived import Closed, Submitted
from bots.slack.inputs import HINT, block_id, blocks, cut, most_blocks, option, plain, same, typed
from bots.slack.limits import OPTION_VALUE
from bots.slack.posts import Block
from bots.slack.sheet import Sheet
from core.drafts import about
from core.request import Asked, Left, Typed
from core.ui import Field, Form, Option

View: TypeAlias = Block
"""A modal, as it goes over the wire."""

TITLE = 24
SUBMIT = 24
SECTION = 3000
HEADER = 150
OPTIONS = 100
"""Limits of Slack. https://docs.slack.dev/reference/views/modal-views and https://docs.slack.dev/reference/block-kit/blocks"""
FIELDS_ON_A_PAGE = 12
"""More on one page is a wall; a grid of the Foundation has nine."""
BLOCKS_ON_A_PAGE = 84
"""Of Slack's 100: the others are left for the intro and what is wrong."""
APP = "Elevate"
TYPED = "typed~"
"""Where a form of several pages keeps the names of the fields that were changed on the pages before; no field is called so."""


def pages(form: Form) -> tuple[tuple[Field, ...], ...]:
    """The fields of each page. What is typed makes no difference, so that a page stays what it was when another is filled in."""
    found: list[list[Field]] = [[]]
    room = BLOCKS_ON_A_PAGE
    for field in form.fields:
        if found[-1] and (len(found[-1]) == FIELDS_ON_A_PAGE or most_blocks(field) > room):
            found.append([])
            room = BLOCKS_ON_A_PAGE
        found[-1].append(field)
        room -= most_blocks(field)
    return tuple(tuple(each) for each in found)


def is_last(form: Form, sheet: Sheet) -> bool:
    """Whether nothing comes after the page that the modal shows: sending it sends the form."""
    return sheet.page >= len(pages(form)) - 1


def view(form: Form, sheet: Sheet) -> View:
    """The modal of the sheet's page, with the form's values in it and what is wrong above them. A title that is too long for
    Slack stands whole below its bar."""
    every = pages(form)
    number = min(sheet.page, len(every) - 1)
    here = every[number]
    of_several = f" · {number + 1} of {len(every)}" if len(every) > 1 else ""
    title = form.title if 0 < len(form.title) <= TITLE - len(of_several) else APP
    inputs = [each for field in here for each in blocks(field, form.values.get(field.name, ""), sheet.again)]
    return {
        "type": "modal",
        "callback_id": form.command,
        "private_metadata": replace(sheet, page=number).written(),
        "notify_on_close": True,
        "title": plain(title + of_several, TITLE),
        "submit": plain(form.submit if number == len(every) - 1 else "Next", SUBMIT),
        "close": plain("Close", SUBMIT),
        "blocks": [
            *([{"type": "header", "text": plain(form.title, HEADER)}] if form.title not in ("", title) else []),
            *(_words(form.intro) if number == 0 else []),
            *_words(_told_of(form)),
            *(inputs or _words(f"There is nothing to fill in. Press {form.submit}.")),
        ],
    }


def errors(form: Form, sheet: Sheet) -> Mapping[str, str] | None:
    """What is wrong, by the blocks of the page that was sent; None where something else is wrong too, and the form is to be shown
    anew, from the page that `first_wrong` names."""
    here = {field.name for field in pages(form)[min(sheet.page, len(pages(form)) - 1)]}
    if not form.problems or not form.problems.keys() <= here:
        return None
    return {block_id(name, again=sheet.again): cut(problem, HINT) for name, problem in form.problems.items()}


def first_wrong(form: Form) -> int:
    """The first page with something wrong on it, from 0."""
    wrong = (number for number, fields in enumerate(pages(form)) if any(each.name in form.problems for each in fields))
    return next(wrong, 0)


def filled(form: Form, sent: Submitted | Closed) -> Form:
    """The form with what stands on the page that was sent or closed; what was not shown stays as it was."""
    here = {each.name: typed(each, form.values.get(each.name, ""), sent.state) for each in _shown(form, sent.sheet)}
    known = {name: value for name, value in here.items() if value is not None}
    fields = {each.name: each for each in form.fields}
    changed = {name for name, value in known.items() if not same(fields[name], value, form.values.get(name, ""))}
    mark = {TYPED: tuple(sorted({*_changed(form), *changed}))} if changed or TYPED in form.values else {}
    return replace(form, values={**form.values, **known, **mark}, problems={})


def asked(form: Form, sent: Submitted) -> Asked:
    """The command with every value of the form, that page's too."""
    values = {name: value for name, value in filled(form, sent).values.items() if name != TYPED}
    return Asked(
        id=sent.id,
        actor=sent.actor,
        address=sent.address,
        at=sent.at,
        direct=sent.direct,
        command=form.command,
        values=values,
        submitted=True,
    )


def left(form: Form, closed: Closed) -> Left:
    """What the person had typed and is worth keeping: what they changed, on this page and those before.

    In a form that came back with problems everything counts, because it was all sent once.
    """
    now = filled(form, closed)
    names = [each.name for each in form.fields if each.name in now.values] if form.problems else _changed(now)
    changed = {name: now.values[name] for name in names}
    return Left(
        id=closed.id,
        actor=closed.actor,
        address=closed.address,
        at=closed.at,
        direct=closed.direct,
        command=form.command,
        values=changed,
        about={name: value for name, value in about(form).items() if name != TYPED},
    )


def suggested(options: Sequence[Option], words: str) -> list[Block]:
    """The options of a field that completes, for what was typed; the words themselves come last, because only the core knows
    whether they mean something."""
    offered = [option(each) for each in options if 0 < len(each.value) <= OPTION_VALUE][: OPTIONS - 1]
    own = words.strip()
    taken = {name.casefold() for each in options for name in (each.value, each.label)}
    if own and len(own) <= OPTION_VALUE and own.casefold() not in taken:
        offered.append(option(Option(own, f"“{own}”")))
    return offered


def loading(title: str) -> View:
    """A modal that holds the place of a form that is still being made."""
    return told(title, "One moment …")


def told(title: str, words: str) -> View:
    """A modal that only says something."""
    return {"type": "modal", "title": plain(title or APP, TITLE), "close": plain("Close", SUBMIT), "blocks": _words(words)}


def _shown(form: Form, sheet: Sheet) -> tuple[Field, ...]:
    every = pages(form)
    return every[min(sheet.page, len(every) - 1)]


def _changed(form: Form) -> tuple[str, ...]:
    names: Typed = form.values.get(TYPED, ())
    return names if isinstance(names, tuple) else ()


def _told_of(form: Form) -> str:
    """What is wrong, by the labels of the fields."""
    labels = {each.name: each.label for each in form.fields}
    lines = [f"{labels[name]}: {problem}" if name in labels else problem for name, problem in form.problems.items()]
    return "\n".join(("Please look at this again:", *lines)) if lines else ""


def _words(text: str) -> list[Block]:
    """Words as sections, none longer than Slack takes: cut between lines, or else between words."""
    found, text = [], text.strip()
    while len(text) > SECTION:
        at = max(text.rfind("\n", 1, SECTION), 0) or max(text.rfind(" ", 1, SECTION), 0) or SECTION
        found.append(text[:at])
        text = text[at:].strip()
    return [{"type": "section", "text": plain(each, SECTION)} for each in (*found, text) if each]
