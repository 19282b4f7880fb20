"""The settings as README.md and .env.example tell them: `python -m tests.house.settings_words` writes both anew."""

from __future__ import annotations

import textwrap
from pathlib import Path

from bots.settings import described, secret_names

BEGINS, ENDS = "<!-- settings -->", "<!-- /settings -->"
ROOT = Path(__file__).parents[2]
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


def write() -> None:
    """Write both anew; README.md keeps everything but what stands between its two marks."""
    (ROOT / ".env.example").write_text(example(), encoding="utf-8")
    readme = ROOT / "README.md"
    before, _, rest = readme.read_text(encoding="utf-8").partition(f"{BEGINS}\n")
    _, _, after = rest.partition(ENDS)
    readme.write_text(f"{before}{BEGINS}\n{table()}{ENDS}{after}", encoding="utf-8")


if __name__ == "__main__":
    write()
