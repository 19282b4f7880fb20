"""What a cohort adds up to: every student is in one of three places of each module, and prompts are counted once a run."""

from __future__ import annotations

from datetime import UTC, datetime

from core.members.model import Member, Tried
from core.members.risk import Risk
from core.members.service import Row
from core.members.sums import ModuleSum, PromptSum, by_module, by_prompt

AT = datetime(2026, 4, 8, 12, tzinfo=UTC)


def row(number: int, shares: tuple[int, ...], completed: tuple[int, ...], prompts: dict[str, Tried], begun: bool = False) -> Row:
    member = Member(
        id=f"per_{number}",
        user_id=f"usr_{number}",
        organization_id="org_1",
        name=f"Student {number}",
        joined_at=AT,
        shares=shares,
        completed=completed,
        module=len(completed),
        begun=(len(completed),) if begun else (),
        prompts=prompts,
        rolled_at=AT,
    )
    return Row(member, Risk())


def test_each_module_counts_who_has_not_begun_who_is_in_it_and_who_closed_it() -> None:
    rows = [
        row(1, (25, 40), (0,), {}),
        row(2, (100,), (0,), {}, begun=True),
        row(3, (), (), {}),
    ]
    foundation, hook, gift, *_ = by_module(rows)
    assert foundation == ModuleSum(0, not_begun=1, begun=0, closed=2, ticked=42), (
        "closed with a quarter ticked is closed, and counts as a quarter"
    )
    assert hook == ModuleSum(1, not_begun=1, begun=2, closed=0, ticked=13), "begun with nothing ticked counts too"
    assert (gift.not_begun, gift.share(gift.not_begun)) == (3, 100)
    assert by_module([])[0].share(0) == 0


def test_prompts_are_added_up_over_students_the_most_run_first() -> None:
    rows = [row(1, (), (), {"H1": (3, 2, 1), "G1": (1, 1, 0)}), row(2, (), (), {"H1": (1, 1, 1)}), row(3, (), (), {})]
    assert by_prompt(rows) == (PromptSum("H1", 4, 3, 2, 2), PromptSum("G1", 1, 1, 0, 1))
    assert by_prompt(rows)[0].success == 75
