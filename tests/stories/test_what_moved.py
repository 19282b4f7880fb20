"""What moved after an asset went live, and one's figures beside the cohort's, on every surface."""

from __future__ import annotations

from tests.servers.claude import ClaudeServer, Says, calls
from tests.stories.student import Student

HOOK = {"Step": "Hook", "What it is": "Headlines", "Title": "Fuzzy jar", "The text itself": "Fuzzy jar? It was the lid."}


async def test_a_live_asset_says_what_its_figure_did_and_agents_say_the_same(coached: Student, claude: ClaudeServer) -> None:
    await coached.types("/assets add")
    await coached.fills(HOOK)
    await coached.types("/assets implement 1")
    await coached.fills({})
    await coached.presses("Before and after")
    coached.sees("Before and after: Fuzzy jar", "too early", "not why")
    await coached.presses("All that is live")
    coached.sees("Fuzzy jar", "CTR", "Too early")
    claude.replies.extend([calls("read_impact", asset=1), Says(("Too early to say.",))])
    await coached.types("@MediaBuyer did my hook work?")
    coached.sees("Too early to say.")
    [result] = claude.requests[1]["messages"][-1]["content"]
    assert "It is **too early** to tell." in result["content"]
    assert "never as what it was due to" in result["content"]


async def test_figures_are_shared_by_consent_and_taken_back(student: Student) -> None:
    await student.types("/kpi cohort")
    student.sees("You do not share", "no names, no notes, no shop")
    await student.presses("Share my figures")
    student.sees("Your figures count from now on", "You have shared since")
    await student.presses("Me and my cohort")
    student.sees("None of your figures is from the last six weeks")
    await student.types("/kpi sharing")
    await student.presses("Stop sharing")
    student.sees("Your figures are out of the comparison", "You do not share")
