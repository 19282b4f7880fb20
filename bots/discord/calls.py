"""What pressing something does, as the short text that Discord keeps behind a button or an option.

`run keep?run=run_7&asset_type=Hook` is a command with its values, `assets add!step=…` its form with these values in it,
`kpi log~ctr 2.1%` a command with words; `#2` at the end keeps equal calls of one message apart. Nothing before the values has a
colon: what is no call (`form:…`, `page:…`, `stop:…`) begins with a word and one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote

from core.request import Typed
from core.ui import Call

CHARACTERS = 100
"""https://docs.discord.com/developers/components/reference#anatomy-of-a-component, and that of a select's option."""
EQUAL_AT_MOST = 40
"""No message has more components."""
NAME = 24
"""Characters of what is likely to be written often: names of commands and fields."""
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

_CALL = re.compile(r"([^?!~#:]+)(?:([?!])([^~#]*))?(?:~([^#]*))?(?:#[0-9a-z]+)?")
_SIGNS = re.compile(r"[%?!~#&=*]|[^\S ]|[\x00-\x1f\x7f]|\A | \Z")
"""What stands for something in a call, and spaces that could be lost."""


class NotACall(ValueError):
    """The text is none of ours: from another version, or from somebody who made it by hand."""


class TooLong(ValueError):
    """The call does not fit behind a button."""


def written(call: Call, number: int = 0) -> str:
    """The call as text of at most 100 characters; `number` (from 0) keeps equal calls of one message apart.

    Raises:
        TooLong: it has more. Name things by their ids in a call, or keep them (`core.sharing`).
    """
    text = _kept(call.command).replace(":", "%3A")
    if call.values or call.form:
        text += ("!" if call.form else "?") + "&".join(_value(name, value) for name, value in call.values.items())
    if call.words:
        text += f"~{_kept(call.words)}"
    text = numbered(text, number)
    if len(text) > CHARACTERS:
        raise TooLong(f"a call of {call.command!r} with {', '.join(call.values)} has {len(text)} characters; Discord takes 100")
    return text


def if_it_fits(call: Call) -> str | None:
    """The call as text, if it can stand behind a button however many others of the message are equal to it; else None."""
    try:
        text = written(call)
    except TooLong:
        return None
    return text if len(numbered(text, EQUAL_AT_MOST)) <= CHARACTERS else None


def numbered(written: str, number: int) -> str:
    """A call that was written, kept apart from those of one message that are equal to it."""
    return f"{written}#{_short(number)}" if number else written


def read(custom_id: str) -> Call:
    """The call that was written.

    Raises:
        NotACall: it is none.
    """
    found = _CALL.fullmatch(custom_id)
    if found is None:
        raise NotACall(custom_id)
    command, sign, values, words = found.groups()
    return Call(_plain(command), dict(_values(values or "")), form=sign == "!", words=_plain(words or ""))


def _value(name: str, value: Typed) -> str:
    if isinstance(value, str):
        return f"{_kept(name)}={_kept(value)}"
    return f"{_kept(name)}*" + (f"={'*'.join(map(_kept, value))}" if value else "")


def _values(text: str) -> Iterator[tuple[str, Typed]]:
    for each in text.split("&") if text else ():
        name, given, value = each.partition("=")
        if name.endswith("*"):
            yield _plain(name[:-1]), tuple(map(_plain, value.split("*"))) if given else ()
        elif given:
            yield _plain(name), _plain(value)
        else:
            raise NotACall(text)


def _kept(text: str) -> str:
    return _kept_name(text) if len(text) <= NAME else _escaped(text)


@lru_cache(maxsize=1024)
def _kept_name(text: str) -> str:
    return _escaped(text)


def _escaped(text: str) -> str:
    return _SIGNS.sub(lambda found: "".join(f"%{each:02X}" for each in found[0].encode()), text)


def _plain(text: str) -> str:
    return unquote(text)


def _short(number: int) -> str:
    left, digit = divmod(number, len(DIGITS))
    return (_short(left) if left else "") + DIGITS[digit]
