"""Figures that come in a table: pasted, as a file of another tool, and in a picture."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from tests.servers.claude import ClaudeServer
from tests.servers.claude_replies import Says
from tests.stories.student import Student

TWO_WEEKS = (
    b"Reporting starts,Reporting ends,Campaign name,Amount spent (GBP),Impressions,Link clicks,Leads\n"
    b'2026-03-01,2026-03-07,Launch,100,"10,000",200,40\n'
    b"2026-03-01,2026-03-07,Jars,50,5000,100,10\n"
    b"2026-03-08,2026-03-14,Launch,120,10000,230,60\n"
)
SCREEN = "Screenshot_2026-04-01.png"
"""As Slack writes it in the file's address."""
PASTED = "ctr\tleads\tcpl\n2.1%\t240\t3.20"
MARKDOWN = "| Figure | Mar 2026 |\n|---|---|\n| CTR | 2,1 % |\n| Leads | 1.240 |"
CSV = "Month,CTR,Leads\n2026-03,2.1%,1240"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


async def test_only_what_is_used_is_asked_for_and_what_is_the_same_is_ticked(student: Student) -> None:
    await student.types("/kpi metrics")
    await student.fills({"Attract": "Click-through rate, New leads", "Convert": "Orders", "Grow": "Churn"})
    student.sees("asked for 4 figures: CTR, Leads, Orders, Churn")
    earlier = datetime.now(UTC).date() - timedelta(days=8)
    await student.types(f"/kpi log ctr 2.1% leads 240 to {earlier}")
    await student.presses("Save")
    await student.types("/kpi show ctr")
    await student.presses("Log it")
    await student.fills({"The same as last time": "Click-through rate: 2.1%", "New leads (number)": "251"})
    student.sees("Click-through rate: 2.1% (same)", "New leads: 251")
    student.offers("Go on with Convert")


async def test_a_file_of_two_weeks_is_offered_read_back_and_saved(student: Student) -> None:
    await student.types("/kpi settings")
    await student.fills({"Your shop's currency": "GBP"})
    await student.sends("Launch-Campaigns.csv", TWO_WEEKS)
    student.sees("figures from Meta Ads", "2 weeks, from 1 March to 14 March 2026")
    await student.presses("Read these figures")
    student.sees("7 March 2026", "CTR 2%", "CPL £3.00", "14 March 2026", "CTR 2.3%")
    await student.presses("Save all 2")
    student.sees("2 periods saved")
    await student.types("/kpi report")
    student.sees("2.3%")


async def test_a_table_is_read_turned_round_and_saved_in_words(student: Student) -> None:
    await student.types("/kpi settings")
    await student.fills({"Your shop's currency": "GBP"})
    await student.sends("weeks.csv", b"Date,CTR,Leads\n2026-03-04,2%,12\n2026-03-11,2.2%,14\n")
    await student.types("yes, read them")
    student.sees("as the last of its week", "7 days to 11 March 2026")
    await student.types("no, the week starts there")
    student.sees("as the first of its week", "7 days to 17 March 2026")
    await student.types("yes save them")
    student.sees("2 periods saved")


async def test_a_pasted_table_is_read_back_and_its_period_asked_for(student: Student) -> None:
    await student.types("/kpi settings")
    await student.fills({"Your shop's currency": "GBP"})
    await student.types(PASTED)
    student.sees("looks like figures", "a table of your own")
    await student.presses("Read these figures")
    student.sees("2.1%", "240", "£3.20", "which period")
    for pasted in (MARKDOWN, CSV):
        await student.types(pasted)
        await student.presses("Read these figures")
        student.sees("For March 2026", "2.1%", "1,240")
    await student.types("/kpi import")
    student.sees("Paste a table", "Shopify", "Klaviyo")


async def test_a_picture_is_read_by_claude_and_read_back(coached: Student, claude: ClaudeServer) -> None:
    seen = {
        "first": "2026-03-01",
        "last": "2026-03-31",
        "figures": [{"figure": "hook_AvgCTR", "text": "2,1 %"}, {"figure": "gift_OptInRate", "text": "180%"}],
    }
    claude.replies.append(Says((json.dumps(seen),)))
    await coached.sends(SCREEN, PNG)
    coached.sees("Figures in a picture?", "budget")
    await coached.presses("Read these figures")
    coached.sees("March 2026", "2.1%", "from 0% to 100%; this is 180%")
    await coached.presses("Save")
    coached.sees("Saved for March 2026")
    assert claude.requests[-1]["output_config"]["format"]["type"] == "json_schema"


async def test_without_a_key_a_picture_is_not_read(student: Student) -> None:
    await student.sends(SCREEN, PNG)
    await student.presses("Read these figures")
    student.sees("no key for Claude is set", "/kpi import")
