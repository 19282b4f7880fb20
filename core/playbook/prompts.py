"""The prompts of the playbook as the course's author wrote them (`prompts/<step>/<CODE>.md`)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from string import digits
from typing import Literal

from pydantic import Field

from core.contents import Flaw, Flawed, Renewable, Written, read_markdown
from core.errors import NotFound
from core.fuzzy import OSA, process
from core.playbook.likeness import likest

LIKE_AT_MOST = 10

STEPS = ("Foundation", "Hook", "Gift", "Identify", "Engage", "Sell", "Nurture", "Upsell", "Educate", "Share", "Any")
CODE = re.compile(r"[A-Z]{1,2}[0-9]{1,2}")
_BETWEEN = re.compile(r"(?<=[A-Za-z])[\s-]+(?=[0-9]{1,2}$)")
"""What people put between a code's letters and its number."""


class Ask(Written):
    """A question that is put to the student when the prompt is run."""

    name: str = Field(pattern=r"^[A-Za-z]+$")
    question: str
    hint: str = ""
    kind: Literal["text", "long", "number", "choice"] = "text"
    required: bool = True
    choices: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Its name among the values of a run."""
        return f"ask.{self.name}"


class Prompt(Written):
    """One prompt: what it needs, what it asks, and its ROCKET template."""

    code: str = Field(pattern=rf"^{CODE.pattern}$")
    title: str
    step: Literal["Foundation", "Hook", "Gift", "Identify", "Engage", "Sell", "Nurture", "Upsell", "Educate", "Share", "Any"]
    description: str
    output: str
    asset: str
    customer_facing: bool
    requires: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    ask: tuple[Ask, ...] = ()
    warning: str = ""
    body: str

    @property
    def order(self) -> tuple[int, str, int]:
        """Where it stands in the playbook: by step, then by letters and number."""
        letters = self.code.rstrip(digits)
        return STEPS.index(self.step), letters, int(self.code.removeprefix(letters))


class Playbook(Renewable):
    """All prompts, found by code or title."""

    def __init__(self, content: Path) -> None:
        self._folder = content / "prompts"

    @cached_property
    def by_code(self) -> Mapping[str, Prompt]:
        """Every prompt by its code, in the order of the course. Raises `Flawed` with what is wrong in all the files."""
        found: dict[str, Prompt] = {}
        flaws: list[Flaw] = []
        for path in sorted(self._folder.glob("*/*.md")):
            try:
                prompt = read_markdown(path, Prompt, body="body")
            except Flawed as trouble:
                flaws += trouble.flaws
                continue
            if prompt.code in found:
                flaws.append(Flaw(f"{path.parent.name}/{path.name}", 2, f"the code {prompt.code} is used twice"))
            found[prompt.code] = prompt
        if flaws:
            raise Flawed(flaws)
        return {each.code: each for each in sorted(found.values(), key=lambda each: each.order)}

    def of_step(self, step: str) -> Sequence[Prompt]:
        """The prompts of a step."""
        return [each for each in self.by_code.values() if each.step == step]

    def means_one(self, typed: str) -> bool:
        """Whether this is the code or the whole title of a prompt."""
        return self._named(typed.strip()) is not None

    def named(self, typed: str) -> Prompt:
        """The prompt that someone means by code or whole title; `ED1` and `ed 1` are never taken for `E`-something.

        Raises:
            NotFound: with the nearest prompts.
        """
        wanted = typed.strip()
        found = self._named(wanted)
        if found is not None:
            return found
        near = self.like(wanted)[:3]
        codes = process.extract(wanted.upper(), list(self.by_code), scorer=OSA.distance, score_cutoff=1, limit=3)
        likely = [self.by_code[code] for code, _, _ in codes] or near
        hint = f"Did you mean {_listed(likely)}?" if likely else "/run lists them all."
        raise NotFound(f"There is no prompt “{wanted[:40]}”. {hint}")

    def _named(self, wanted: str) -> Prompt | None:
        code = _BETWEEN.sub("", wanted).upper()
        if code in self.by_code:
            return self.by_code[code]
        return next((each for each in self.by_code.values() if each.title.casefold() == wanted.casefold()), None)

    def like(self, typed: str) -> Sequence[Prompt]:
        """The prompts whose code begins so, or whose title or description reads like it; the likeliest first."""
        wanted = typed.strip()
        if not wanted:
            return list(self.by_code.values())
        begins = [each for each in self.by_code.values() if each.code.startswith(wanted.upper())]
        texts = {each.code: (each.title, each.description) for each in self.by_code.values()}
        codes = dict.fromkeys([*(each.code for each in begins), *likest(wanted, texts, LIKE_AT_MOST)])
        return [self.by_code[code] for code in codes]


def _listed(prompts: Sequence[Prompt]) -> str:
    names = [f"{each.code} ({each.title})" for each in prompts]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
