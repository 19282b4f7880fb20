"""Abilities about what came of the asker's figures: what followed an asset, and where they stand among those who share."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from core.abilities.ability import reads
from core.chat.ports import Asker, Used
from core.kpis.comparison_views import TOWARDS, median, own, place, when
from core.kpis.comparisons import Compared, Comparisons
from core.kpis.impact_words import NOT_WHY, averages, briefly, counted, verdict
from core.kpis.impacts import Following, Impact
from core.kpis.periods import day
from core.kpis.verdict import Outcome

NOTHING_LIVE = "Nothing of the student's is live. /assets is where they say that something is, and since when."
NOT_SHARING = (
    "The student does not share their figures with the cohort, so there is no comparison for them. /kpi sharing says in plain "
    "words what sharing means, and is theirs alone to press."
)
NOTHING_TO_COMPARE = "The student has logged no figures within the last six weeks."
CAREFUL = "Tell it as what came after, never as what it was due to."


@reads("Looking at what moved since")
async def read_impact(
    asker: Asker,
    following: Following,
    *,
    asset: Annotated[
        int | None, Field(description="Its number in search_assets; none reads the newest that are live", ge=1)
    ] = None,
) -> Used:
    """Read what the figures of a step did before and after the student's assets went live: equal windows, how many periods on
    each side, and the verdict (moved, did not, too early, or cannot tell). The verdict is computed: repeat it, make none of your
    own, and never say that an asset caused a change.
    """
    if asset is not None:
        return Used(f"{_one(await following.of(asker.person, str(asset), asker.at))}\n\n{NOT_WHY} {CAREFUL}")
    found = await following.page(asker.person, asker.at)
    if not found.count:
        return Used(NOTHING_LIVE)
    left = f"\nand {found.count - len(found.rows)} that went live earlier" if found.pages > 1 else ""
    return Used("\n".join(f"- {_line(each)}" for each in found.rows) + f"{left}\n\n{NOT_WHY} {CAREFUL}")


@reads("Setting you beside your cohort")
async def compare_with_cohort(asker: Asker, comparisons: Comparisons) -> Used:
    """Read where the student's own figures stand among those of their cohort: the median and a range of percentiles, for figures
    that at least five people share. Only the student who shares sees it, and nothing says whose the others are.
    """
    found = await comparisons.of(asker.person, asker.at)
    if found is None:
        return Used(NOT_SHARING)
    lines = [_beside(each) for each in found]
    return Used("\n".join([*lines, "", TOWARDS]) if lines else NOTHING_TO_COMPARE)


def _line(impact: Impact) -> str:
    """An asset in a line of the list."""
    heading, main = impact.entry.heading, impact.main
    about = f"{impact.entry.number}. {heading.title} ({heading.elevate_step.value}, live since {day(impact.live_on)})"
    return f"{about}: {main.metric.title if main else 'no figure'}: {_said(impact, main)}"


def _one(impact: Impact) -> str:
    """An asset whole: the sentence, and the other figures of its step."""
    heading = impact.entry.heading
    lines = [f"{impact.entry.number}. {heading.title} ({heading.elevate_step.value}), live since {day(impact.live_on)}"]
    lines.append(verdict(impact))
    lines += [f"- {each.metric.title}: {_said(Impact(impact.entry, impact.live_on, each), each)}" for each in impact.others]
    return "\n".join(lines)


def _said(impact: Impact, found: Outcome | None) -> str:
    if found is None:
        return briefly(impact)
    both = averages(found)
    moved = f" ({both[0]} on average before, {both[1]} after; {counted(found)})" if both else ""
    why = f", {found.why.value}" if found.why else ""
    return f"{briefly(impact).lower()}{why}{moved}"


def _beside(each: Compared) -> str:
    mine = f"- {each.metric.title}: {own(each)} in {when(each)}"
    if each.told is None:
        return f"{mine}; fewer than five people share it"
    return f"{mine}; the cohort's median is about {median(each)}, the student's percentile {place(each)}"
