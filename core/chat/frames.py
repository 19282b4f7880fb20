"""The marks around quoted words in a prompt: what stands between them is data, and can neither end them nor fake others."""

from __future__ import annotations

import re

NAMES = ("said", "file", "picture", "wishes", "found", "used", "request", "earlier", "now", "system")
"""Everything that our prompts put between `<…>` and `</…>`, and `system`, which models know from elsewhere."""
_MARKS = re.compile(rf"<(?=\s*/?\s*(?:{'|'.join(NAMES)})\b)", re.IGNORECASE)


def data(text: str) -> str:
    """The text so that it cannot end its own frame, nor begin another."""
    return _MARKS.sub("‹", text)


def named(text: str) -> str:
    """A name as it may stand within a mark."""
    return " ".join(text.replace("<", "").replace(">", "").replace('"', "'").split())
