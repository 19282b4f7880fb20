"""What an agent that a person makes may be given to read: a choice of the read-only tools, always of whoever asks it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

READABLE: Mapping[str, str] = MappingProxyType(
    {
        "read_foundation": "Foundation",
        "read_progress": "Place in the course",
        "read_snapshots": "Last figures",
        "compare_periods": "Figures, period against period",
        "read_impact": "What moved after an asset went live",
        "compare_with_cohort": "Figures beside the cohort's",
        "search_assets": "Saved assets",
        "read_module": "The course's modules",
        "list_prompts": "The playbook's prompts",
    }
)
"""The tools by name, with what each shows. None of them writes, and none reaches outside."""


def allowed(tools: Iterable[str]) -> tuple[str, ...]:
    """Those of the tools that such an agent may have, in our order: whatever is kept, it never has another."""
    wanted = set(tools)
    return tuple(name for name in READABLE if name in wanted)


def in_words(tools: Iterable[str]) -> str:
    """What they show, for people to read."""
    return ", ".join(READABLE[name] for name in allowed(tools)) or "Nothing"
