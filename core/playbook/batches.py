"""Which prompts are run one after the other: a step's, or several that are named by their codes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.errors import NotFound
from core.playbook.prompts import CODE, STEPS, Playbook, Prompt

PREFIX = "step:"
_BETWEEN = re.compile(r"[\s,;+&/]+")
_AND = "AND"


@dataclass(frozen=True, slots=True)
class Batch:
    """Prompts, and what was named beside them and is none.

    `code` is what is typed after /run to have the same again; `step` is where they stand in the course, the first of them.
    """

    name: str
    code: str
    step: str
    prompts: tuple[Prompt, ...]
    unknown: tuple[str, ...] = ()


def batch_in(code: str | None, words: str | None, playbook: Playbook) -> Batch | None:
    """The batch of `step:Hook`, or of `F1 F2`; None where one prompt or something else was typed.

    Raises:
        NotFound: there is no such step.
    """
    typed = (code or "").strip()
    if not typed.casefold().startswith(PREFIX):
        return _named(typed, words or "", playbook)
    wanted = (typed[len(PREFIX) :] or words or "").strip().casefold()
    found = next((each for each in STEPS if each.casefold() == wanted), None)
    if found is None:
        raise NotFound(f"There is no step “{wanted[:40]}”. The steps are {', '.join(STEPS[:-1])}.")
    return Batch(found, f"{PREFIX}{found}", found, tuple(playbook.of_step(found)))


def _named(code: str, words: str, playbook: Playbook) -> Batch | None:
    """Several codes in the order in which they are named, each once. One that is no prompt's, after a prompt that asks something,
    is the answer to that.
    """
    first, others = _codes(code), _codes(words)
    codes = tuple(dict.fromkeys((*first, *others)))
    if not first or (words.strip() and not others) or len(codes) < 2:
        return None
    prompts = tuple(playbook.by_code[each] for each in codes if each in playbook.by_code)
    unknown = tuple(each for each in codes if each not in playbook.by_code)
    is_answer = len(first) == 1 and len(prompts) == 1 and any(each.required for each in prompts[0].ask)
    if not prompts or first[0] in unknown or is_answer:
        return None
    name = f"{', '.join(each.code for each in prompts[:-1])} and {prompts[-1].code}" if prompts[1:] else prompts[0].code
    return Batch(name, " ".join(codes), prompts[0].step, prompts, unknown)


def _codes(typed: str) -> tuple[str, ...]:
    """The codes, where there is nothing else."""
    parts = [each for each in _BETWEEN.split(typed.upper()) if each and each != _AND]
    return tuple(parts) if all(CODE.fullmatch(each) for each in parts) else ()
