"""A name with the sign before it that no agent answers to, where nobody else can be called: at a terminal."""

from __future__ import annotations

import re

from core.agents.mentions import CALLS
from core.agents.naming import KEYWORDS
from core.request import Platform, Said

_CALLING = re.compile(rf"\s*[{CALLS}](?P<name>[^\W\d_]{{2,20}})[,:;!?.…-]*(?:\s+(?P<next>\S+).*)?\s*", re.DOTALL)
"""The first word alone: names of accounts have digits, stops and joins, and mailboxes begin before the sign."""
_TELLS_OF_THEM = re.compile(
    r"\w+(?:s|ed|['’]\w+)|told|wrote|said|did|had|made|sent|got|sold|and|or|on|in|at|from|for|of|to|with|as|about", re.IGNORECASE
)
"""Words after the name that tell of somebody, and ask nobody anything."""


def calls_nobody(said: Said) -> str:
    """The name by which they begin to speak to somebody, or ""; whether an agent has it is for whoever asks to know.

    Elsewhere such a name may be a person's whom they mention.
    """
    found = _CALLING.fullmatch(said.text) if said.actor.platform is Platform.TERMINAL and said.direct else None
    if found is None or found["name"].casefold() in KEYWORDS:
        return ""
    return "" if found["next"] and _TELLS_OF_THEM.fullmatch(found["next"].strip(",.!?:;")) else found["name"]
