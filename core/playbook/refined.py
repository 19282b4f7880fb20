"""Refinements: what of a rewriter's answer is the text itself, and the run that it began with."""

from __future__ import annotations

import re

from core.people.model import Person
from core.playbook.model import Execution
from core.playbook.ports import ExecutionStore

REWRITER = "R1"
REFINED_AT_MOST = 20
"""How many refinements of refinements are followed back to the run that read the Foundation."""

_LABEL = r"(?:\*\*|__)?:?(?:\*\*|__)?[ \t]*"
_REVISED = re.compile(rf"\A[\s#*_]*Revised text{_LABEL}", re.IGNORECASE)
_NOTES = re.compile(rf"^[ \t#*_]*What changed{_LABEL}(?:$|[ \t])", re.IGNORECASE | re.MULTILINE)


def work_in(execution: Execution) -> str:
    """What of the run's answer is for use: not a rewriter's labels, nor its notes on what it changed. "" where nothing came."""
    said = execution.ai_response or ""
    begin = _REVISED.match(said) if execution.prompt_code == REWRITER else None
    if begin is None:
        return said
    end = _NOTES.search(said, begin.end())
    return said[begin.end() : end.start() if end else len(said)].strip() or said


async def first_of(store: ExecutionStore, person: Person, run: Execution) -> Execution:
    """The run that this one reworks, or the one which that reworks, and so on; a run that reworks none is its own first."""
    for _ in range(REFINED_AT_MOST):
        before = await store.find(person, run.refines) if run.refines else None
        if before is None:
            break
        run = before
    return run
