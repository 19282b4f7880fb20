"""The settings as README.md and .env.example tell them: `make readme` writes both anew."""

from __future__ import annotations

import textwrap

from bots.settings import described, secret_names

HEAD = """\
# Elevate's settings. Copy this file to .env and take the # away from what you want to set.
# Nothing here is needed: without any, Elevate talks on the terminal and keeps its data on this machine.
# The environment wins over this file, and an empty value is as good as none.
"""


def table() -> str:
    """The table of README.md."""
    rows = ["| setting | what it is | wants | when not set |", "| --- | --- | --- | --- |"]
    rows += [f"| `{name}` | {says.about} | {says.wants} | {says.unset} |" for name, says in described().items()]
    return "\n".join(rows) + "\n"


def example() -> str:
    """The whole of .env.example."""
    parts = [HEAD]
    for name, says in described().items():
        secret = " Keep it to yourself." if name in secret_names() else ""
        words = f"{says.about}: {says.wants}. When not set: {says.unset}.{secret}".replace("`", "")
        parts.append("\n".join(textwrap.wrap(words, 110, initial_indent="# ", subsequent_indent="# ")) + f"\n# {name}=\n")
    return "\n".join(parts)
