"""Telling a name from what somebody asks in the place where one is wanted."""

from __future__ import annotations

import re

_ASKING = re.compile(
    r".*[?？].*|(?:what|why|who|how|where|when|which)(?:['’]?s|['’]re)? "
    r"(?:is|are|am|was|do|does|did|can|could|should|will|would|to|this|that|it|for)\b.*|what|why|huh|help(?: me)?(?: please)?",
    re.IGNORECASE | re.DOTALL,
)
"""People are called Will, May and How, but none of them “How do”."""


def asks(typed: str) -> str:
    """What to say where a question was typed in the place of a name; "" where it may be one."""
    if not _ASKING.fullmatch(" ".join(typed.split()).rstrip(".! ")):
        return ""
    return (
        "That reads like a question, and this is where I ask what the agents are to call you. A first name will do. "
        "Once this is said you can ask anything."
    )
