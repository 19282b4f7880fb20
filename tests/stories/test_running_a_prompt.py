"""Running a prompt of the playbook, with Claude and without, and what is done with the answer."""

from __future__ import annotations

import asyncio

import pytest

from tests.servers.claude import ClaudeServer, Drops, Fails, Refuses, Reply, Says
from tests.stories.student import Student

ANSWERS = {
    "Said pains": "My first batch went fuzzy; It smelled off",
    "Emotions and fears": "Making the family ill",
    "Identity": "Nora, 36, cooks from scratch",
    "Voice": "warm, plain, patient",
    "Where will these headlines run?": "Instagram",
}
HEADLINES = "1. Fuzzy jar? It was the lid.\n2. Three days, then fluff."


async def test_what_is_missing_is_asked_for_there_and_then_and_kept(coached: Student, claude: ClaudeServer) -> None:
    claude.replies.append(Says((HEADLINES,)))
    await coached.types("/run H1")
    coached.sees(
        "Pain headlines",
        "It asks for 5 answers. The first 4 are for your Foundation and kept, so you are asked only once; the last is",
    )
    await coached.fills(ANSWERS)
    coached.sees("Writer", "Fuzzy jar? It was the lid.", "Said pains, Emotions and fears, Identity", "claude-sonnet-5-5")
    sent = claude.requests[0]["messages"][-1]["content"][0]["text"]
    assert "- My first batch went fuzzy\n- It smelled off" in sent
    assert "Sound warm, plain, patient" in sent
    assert "{" not in sent
    assert "[[" not in sent

    claude.replies.append(Says((HEADLINES,)))
    await coached.types("/run H1 Facebook")
    coached.sees("Fuzzy jar? It was the lid.")
    assert "Facebook" in claude.requests[1]["messages"][-1]["content"][0]["text"]


async def test_the_answer_is_saved_refined_and_run_again(coached: Student, claude: ClaudeServer) -> None:
    claude.usual = Says((HEADLINES,))
    await coached.types("/run H1")
    await coached.fills(ANSWERS)
    await coached.presses("Refine")
    claude.replies.append(Says(("**Revised text**\nShorter: Fluff again?\n\n**What changed**\n- Half as long",)))
    await coached.fills({"What should change?": "shorter"})
    coached.sees("Shorter: Fluff again?")
    coached.offers("The version before")
    assert HEADLINES in claude.requests[-1]["messages"][-1]["content"][0]["text"]
    await coached.presses("Save")
    coached.sees("Saved as a draft")
    await coached.presses("Mark as live")
    await coached.fills({"Channel": "Instagram"})
    coached.sees("Status: Live", "Kind: Headlines", "H1 Pain headlines, then refined", "on version 1 of your Foundation")
    coached.sees("Shorter: Fluff again?")
    coached.sees_no("What changed")
    await coached.types("/runs")
    coached.sees("H1", "R1", "done")
    await coached.types("/run H1 Instagram")
    await coached.presses("Run again")
    coached.sees("Fuzzy jar?")
    await coached.presses("Edit and save")
    await coached.fills({"Text": "My own headline"})
    await coached.types("/assets")
    coached.sees("Pain headlines (H1), refined", "Pain headlines (H1)", "Live", "Draft")


async def test_the_items_of_a_list_are_saved_one_by_one(coached: Student, claude: ClaudeServer) -> None:
    claude.usual = Says((f"Pain used: fuzz.\n\n{HEADLINES}",))
    await coached.types("/run H1")
    await coached.fills(ANSWERS)
    await coached.presses("Save items")
    coached.sees("Fuzzy jar? It was the lid.", "Three days, then fluff.")
    await coached.fills({"Which ones?": "1, 2", "Channel": "Instagram"})
    coached.sees("Saved as 2 drafts")
    await coached.presses("My assets")
    coached.sees("Fuzzy jar? It was the lid.", "Three days, then fluff.")
    await coached.types("/assets 2")
    coached.sees("Headlines", "Instagram", "Made by: H1 Pain headlines")


async def test_the_first_thing_saved_completes_a_module_whose_checklist_is_done(coached: Student, claude: ClaudeServer) -> None:
    claude.usual = Says((HEADLINES,))
    for item in range(1, 9):
        await coached.types(f"/module tick 1 {item}")
    coached.sees("Save one piece of work, and the module is complete")
    await coached.types("/run H1")
    await coached.fills(ANSWERS)
    await coached.presses("Save")
    coached.sees("Saved as a draft", "Hook is completed", "For the community")
    await coached.types("/runs")
    await coached.presses(coached.choices("Open one")[0])
    await coached.presses("Save")
    coached.sees("Saved before, and not twice")


async def test_an_asset_says_when_what_it_was_made_from_has_changed(coached: Student, claude: ClaudeServer) -> None:
    claude.usual = Says((HEADLINES,))
    await coached.types("/run H1")
    await coached.fills(ANSWERS)
    await coached.presses("Save")
    await coached.types("/assets 1")
    coached.sees_no("Since then")
    await coached.types("/foundation edit pains")
    await coached.fills({"Said pains": "Nobody told me about the lid"})
    await coached.types("/assets 1")
    coached.sees("Since then you changed Said pains. Run it again?")
    await coached.presses("Run H1 again")
    coached.sees("Fuzzy jar?")
    assert "Nobody told me about the lid" in claude.requests[-1]["messages"][-1]["content"][0]["text"]


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Refuses(401), "ANTHROPIC_API_KEY"),
        (Refuses(402), "run out of credit"),
        (Refuses(529, {"x-should-retry": "false"}), "overloaded"),
        (Drops(("1. Fuzzy jar?",)), "incomplete"),
        (Fails(("1. Fuzzy jar?",)), "incomplete"),
        (Says(("1. Fuzzy jar?",), stop="max_tokens"), "incomplete"),
    ],
)
async def test_trouble_with_claude_is_told_what_came_is_kept_and_trying_again_is_offered(
    coached: Student, claude: ClaudeServer, reply: Reply, says: str
) -> None:
    claude.replies.extend([reply] * (2 if says == "overloaded" else 1))  # where one is overloaded, another is asked
    await coached.types("/run H1")
    await coached.fills(ANSWERS)
    coached.sees(says)
    if not isinstance(reply, Refuses):
        coached.sees("1. Fuzzy jar?")
    await coached.types("/runs")
    coached.sees("broke off")
    await coached.presses(coached.choices("Open one")[0])
    if not isinstance(reply, Refuses):
        coached.sees("1. Fuzzy jar?")
    claude.replies.append(Says((HEADLINES,)))
    await coached.presses("Try again")
    coached.sees("Three days, then fluff.")


async def test_an_answer_that_is_stopped_keeps_what_came(coached: Student, claude: ClaudeServer) -> None:
    hold = asyncio.Event()
    await coached.types("/run H1")
    claude.replies.append(Says(("Pain used: fuzz.\n\n1. Fuzzy", " jar?"), hold=hold))
    await coached.stops(coached.fills(ANSWERS), after="Pain used")
    coached.sees("Stopped. What came until then is kept.")
    await coached.types("/runs")
    coached.sees("broke off")
    await coached.presses(coached.choices("Open one")[0])
    coached.sees("Pain used: fuzz.", "You stopped it.")
    hold.set()


async def test_without_a_key_the_complete_prompt_is_shown_and_its_result_can_be_brought_back(student: Student) -> None:
    await student.types("/run H1")
    await student.fills(ANSWERS)
    student.sees("No key for Claude is set", "## Role", "- My first batch went fuzzy", "practice")
    await student.presses("Save what it gave you")
    await student.fills({"Text": "1. Fuzzy jar? It was the lid."})
    student.sees("Saved as a draft")
    await student.types("/assets")
    student.sees("Pain headlines (H1)", "Draft")


async def test_without_a_key_keep_it_has_the_very_button_of_the_run(student: Student) -> None:
    await student.types("/run H1")
    await student.fills(ANSWERS)
    await student.types("keep it")
    student.sees("Your last run is", "H1, Pain headlines")
    await student.presses("Save what it gave you")
    await student.fills({"Text": "1. Fuzzy jar? It was the lid."})
    student.sees("Saved as a draft")
    await student.types("save it")
    student.sees("/runs")
    student.offers_no("Save what it gave you")


async def test_the_prompts_of_a_step_say_whether_they_are_ready(student: Student) -> None:
    await student.types("/run")
    student.sees("Prompts for Foundation", "FC1", "Company synthesis")
    await student.types("/run hook")
    student.sees("Prompts for Hook", "H1", "needs 4 cells", "H7", "needs work kept from Hook")
    await student.types("/run H7")
    student.sees("something you kept from Hook")


async def test_a_prompt_is_found_by_what_it_is_for(student: Student) -> None:
    await student.types("/run win back silent customers")
    student.sees("Prompts like “win back silent customers”", "N6", "Nurture", "needs")
    await student.types("/run pain headlines")
    student.sees("Run H1")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("/run H9", "There is no prompt “H9”. Did you mean"),
        ("/run zzzz", "/run lists them all"),
        ("/run ed1", "Run ED1"),
        ("/run sh 1", "Run SH1"),
    ],
)
async def test_a_code_is_never_taken_for_another(student: Student, typed: str, says: str) -> None:
    await student.types(typed)
    student.sees(says)
