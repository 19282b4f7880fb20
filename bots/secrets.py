"""Keeping secrets out of what is shown and logged: tokens are known by their looks."""

from __future__ import annotations

import re

_TOKENS = re.compile(
    r"""
      sk-ant-[\w-]{8,}                                          # Anthropic
    | x(?:ox[a-z]|app)(?:\.xox[a-z])?-[\w-]{6,}                 # Slack
    | [\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}                      # Discord
    | (?<=://)[^\s/@]+@                                         # a name and password in a URL
    | (?i:(?<=bearer\s)|(?<=bot\s))[\w.+/=-]{16,}               # the value of an Authorization header
    """,
    re.VERBOSE,
)

HIDDEN = "[hidden]"


def redact(text: str) -> str:
    """The text with everything that looks like a token or password replaced."""
    return _TOKENS.sub(HIDDEN, text)


def looks_secret(text: str) -> bool:
    """Whether something in the text looks like a token or password."""
    return _TOKENS.search(text) is not None
