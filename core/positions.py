"""Words typed in a row after a command's name, and the parameters that they are for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from core.command import Parameter, parameters, read_one
from core.listing import Listing
from core.request import Typed
from core.ui import Kind

DAY_WORDS = 5
"""A day is said in no more words: on Friday 1st December 2026."""


def by_position(args: type[Any], words: str, today: date) -> dict[str, Typed]:
    """Words typed after a command's name, given to its parameters in order; the last takes all that is left.

    A text before parameters that only certain words can mean goes on until one of these: a cohort may be called Spring 2026.
    A choice right before sentences is left out where they begin with none of its words. After a name, a comma or a colon is no
    part of it: `Nora, how is it?`
    Or each has its name before it, as Discord shows commands: `/me edit name: Nora Berg timezone: Europe/Berlin`.
    """
    if issubclass(args, Listing):
        return _of_a_list(args, words)
    left = words.strip()
    named = [each for each in parameters(args) if not each.arg.hidden]
    said = _by_name(named, left)
    if said:
        return said
    values: dict[str, Typed] = {}
    for at, each in enumerate(named):
        if not left:
            break
        if at == len(named) - 1:
            values[each.name] = left
            continue
        first = _first_of(left, each, named[at + 1 :], today)
        if first:
            named_alone = each.arg.suggest is not None or each.kind is Kind.CHOICE
            values[each.name] = (first.rstrip(",:") or first) if named_alone else first
            left = left[len(first) :].strip()
    return values


def _by_name(named: Sequence[Parameter], words: str) -> dict[str, Typed]:
    """The values of words that begin with a parameter's name and a colon; nothing where they do not."""
    names = "|".join(re.escape(each.name) for each in named)
    begun = list(re.finditer(rf"(?:^|(?<=\s))({names}):", words, re.IGNORECASE)) if named else []
    if not begun or begun[0].start() > 0:
        return {}
    ends = [*(each.start() for each in begun[1:]), len(words)]
    return {each[1].casefold(): words[each.end() : end].strip() for each, end in zip(begun, ends, strict=True)}


def _of_a_list(args: type[Listing], words: str) -> dict[str, Typed]:
    """Words typed after the name of a list: `gift page:2 sort:name` are what is looked for, the page and the order.

    What narrows the list may stand first without its name: `last month nora`, `hook draft`.
    """
    named = {each.name: each for each in parameters(args)}
    left, values = [], dict[str, Typed]()
    for word in words.split():
        name, colon, value = word.partition(":")
        parameter = named.get({"sort": "order"}.get(name.casefold(), name.casefold()))
        if colon and value and parameter is not None:
            values[parameter.name] = _meant(parameter, value)
        else:
            left.append(word)
    for each in named.values():
        if each.name != "order" and each.kind is Kind.CHOICE and each.name not in values:
            taken = next((option for option in each.options() if _begins(left, option.label.split())), None)
            if taken is not None:
                values[each.name], left = taken.value, left[len(taken.label.split()) :]
    return {**values, "search": " ".join(left)} if left else values


def _begins(words: Sequence[str], with_these: Sequence[str]) -> bool:
    return [each.casefold() for each in words[: len(with_these)]] == [each.casefold() for each in with_these]


def _meant(parameter: Parameter, typed: str) -> str:
    """The option that begins with what is typed, where its words are joined by hyphens: `last` or `last-seen`."""
    wanted = typed.replace("-", " ").casefold()
    found = [each.value for each in parameter.options() if each.label.casefold().startswith(wanted)]
    return found[0] if len(found) == 1 or (found and wanted in map(str.casefold, found)) else typed


def _first_of(left: str, parameter: Parameter, others: Sequence[Parameter], today: date) -> str:
    """The words that this parameter takes: one, a text's several, up to the first that can be the next one's, all or none."""
    if parameter.kind is Kind.CHOICE and others[0].kind is Kind.LONG:
        return _choice_of(left, parameter, today)
    first = _day_of(left, parameter, today) or left.partition(" ")[0]
    if parameter.kind is Kind.LONG and not any(each.required for each in others):
        return left  # in sentences any word may be one that the next parameter can mean
    if parameter.kind is not Kind.LINE or any(each.kind in (Kind.LINE, Kind.LONG, Kind.LIST) for each in others):
        return first
    for space in (at for at, sign in enumerate(left) if sign == " "):
        rest = left[space:].strip()
        word = rest.partition(" ")[0]
        if word and (_day_of(rest, others[0], today) or _can_mean(others[0], word, today)):
            return left[:space].strip()
    return first if any(each.required for each in others) else left


def _day_of(left: str, parameter: Parameter, today: date) -> str:
    """The longest of the first words that is a day, where one is asked for: `next Monday`, `30 November 2026`."""
    if parameter.kind is not Kind.DATE:
        return ""
    ends = [found.end() for found in re.finditer(r"\S+", left)][:DAY_WORDS]
    return next((left[:end] for end in reversed(ends) if _can_mean(parameter, left[:end], today)), "")


def _choice_of(left: str, parameter: Parameter, today: date) -> str:
    """The most of the first words that are one of the choices; "" where none is."""
    longest = max(len(name.split()) for each in parameter.options() for name in (each.label, each.value))
    ends = [found.end() for found in re.finditer(r"\S+", left)][:longest]
    return next((left[:end] for end in reversed(ends) if _can_mean(parameter, left[:end].rstrip(",:"), today)), "")


def _can_mean(parameter: Parameter, words: str, today: date) -> bool:
    try:
        read_one(parameter, words, today)
    except ValueError:
        return False
    return True
