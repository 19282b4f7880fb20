"""Agents that look into a student's own records, and propose what to keep."""

from __future__ import annotations

from tests.servers.claude import Calls, ClaudeServer, Says, calls
from tests.stories.student import Student

PROMISE = "A jar that never goes fuzzy"
DRAFT = "Fuzzy jar? It was the lid."


async def test_sage_reads_the_foundation_and_quotes_it(coached: Student, claude: ClaudeServer) -> None:
    await coached.types("/foundation edit Main promise")
    await coached.fills({"Main promise": PROMISE})
    claude.replies.extend([calls("read_foundation", grid="company"), Says((f"Your promise: “{PROMISE}”.",))])
    await coached.types("@Sage what is my promise?")
    coached.sees("Sage:", f"Your promise: “{PROMISE}”.")
    [result] = claude.requests[1]["messages"][-1]["content"]
    assert PROMISE in result["content"]


async def test_writer_proposes_an_asset_which_is_saved_on_the_tap(coached: Student, claude: ClaudeServer) -> None:
    asset = {"step": "Hook", "kind": "Headlines", "text": DRAFT}
    claude.replies.extend([Says((DRAFT,)), Calls((("save_asset", asset),)), Says(("It waits for your Save.",))])
    await coached.types("@Writer one hook, please")
    await coached.types("@Writer keep that as an asset")
    coached.sees("Writer:", "It waits for your Save.", "Save as an asset", DRAFT)
    coached.offers("Save", "Change", "Leave it")
    await coached.presses("Save")
    coached.sees("Saved as a draft", DRAFT)
    await coached.types("/assets")
    coached.sees(DRAFT)


async def test_a_cell_that_an_agent_proposes_is_changed_first_and_then_saved(coached: Student, claude: ClaudeServer) -> None:
    said = {"cell": "customerAvatar.pains", "value": "My first batch went fuzzy"}
    claude.replies.extend([Calls((("propose_foundation", said),)), Says(("Shall I keep it?",))])
    await coached.types("@Teacher a customer told me her first batch went fuzzy")
    coached.sees("Shall I keep it?", "Now", "(empty)", "Proposed", "My first batch went fuzzy")
    await coached.presses("Change")
    await coached.fills({"Said pains": "My first batch went fuzzy\nIt smelled odd"})
    coached.sees("Saved under")
    await coached.types("/foundation history")
    coached.sees("It smelled odd", "proposed by an agent and saved")


async def test_what_a_student_says_is_done_is_ticked_and_can_be_undone(coached: Student, claude: ClaudeServer) -> None:
    claude.replies.extend([calls("tick_checklist", module="Hook", item=2), Says(("Well done.",))])
    await coached.types("@Guide I have done item 2 of Hook")
    coached.sees("Well done.", "Ticked:")
    await coached.presses("Undo")
    coached.sees("Item 2 is open again.")
