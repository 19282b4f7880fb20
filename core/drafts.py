"""What tells a form from the others of its command, so that what was typed into one never appears in another."""

from __future__ import annotations

from core.request import Typed
from core.ui import Form

SEEN = "seen"
"""Wherever a form has it: the version on which it was opened, which makes it no other form."""


def about(form: Form) -> dict[str, Typed]:
    """The values that the form is sent with and shows in no field."""
    fields = {each.name for each in form.fields}
    return {name: value for name, value in form.values.items() if name not in fields and name != SEEN}
