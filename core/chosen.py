"""What stands in a form as an id, told by its name: nobody can read an id."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from core.ui import Form, Option

Naming: TypeAlias = Callable[[str, str], Awaitable[Sequence[Option]]]
"""Says for a field's name what an id in it is called."""
_ID = re.compile(r"[a-z]{2,5}_[0-9a-hjkmnp-tv-z]{26}")
"""As `core.ids` makes them."""


async def told(form: Form, naming: Naming) -> Form:
    """The form of whoever came from something with an id: its name is told above the fields, and the id sent along unseen. One
    that nobody knows stays to be seen: there is something to mend.
    """
    named = {name: each for name, each in (await _names(form, naming)).items() if name not in form.problems}
    lines = "\n".join(f"{each.label}: {named[each.name].label}" for each in form.fields if each.name in named)
    fields = tuple(each for each in form.fields if each.name not in named)
    return replace(form, fields=fields, intro="\n\n".join(each for each in (form.intro, lines) if each))


async def named(form: Form, naming: Naming) -> Form:
    """The form with the names of the ids in its fields among their options, for a menu that shows what is chosen."""
    found = await _names(form, naming)
    fields = tuple(replace(each, options=(found[each.name],)) if each.name in found else each for each in form.fields)
    return replace(form, fields=fields)


async def _names(form: Form, naming: Naming) -> dict[str, Option]:
    found: dict[str, Option] = {}
    for each in form.fields:
        value = form.values.get(each.name, "")
        if each.completes and isinstance(value, str) and _ID.fullmatch(value):
            option = next((option for option in await naming(each.name, value) if option.value == value), None)
            found |= {each.name: option} if option else {}
    return found
