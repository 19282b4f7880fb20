"""Long talks: what is sent along only grows, its oldest part is summed up, and nothing that matters is lost on the way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from core.chat.model import Memory
from core.chat.standing import changes
from core.chat.window import FULL, KEPT, LINE_AT_MOST, TALK_AT_MOST
from core.people.model import Person
from core.people.service import People
from core.request import Withdrawn
from persistence.documents import Database
from tests.core.chat.long_talk import SMALL, LongTalk, long_talk, script
from tests.core.conftest import AT, actor
from tests.servers.claude import Refuses, Says, calls

SLOPPY = Says(("- They talked of the shop.",))
"""A small model that keeps nothing."""
PLANTED = (
    "My supplier in Galway is Marlene Hofstetter, and she wants 40 % up front.",
    "I decided to drop the bundle, it only confused people.",
    "I will finish the Hook module by Friday 13 March, promise.",
    "The kit costs €59.90 now, and the refill club 12 a month.",
    "A customer wrote “my first batch went fuzzy and I gave up”.",
    "Run E4 again when the newsletter at hello@crock-clover.ie has 250 readers.",
)
FACTS = (
    *("Marlene Hofstetter", "Galway", "40 %", "decided to drop the bundle", "finish the Hook module by Friday 13 March"),
    *("€59.90", "12 a month", "my first batch went fuzzy and I gave up", "E4", "hello@crock-clover.ie", "250 readers"),
)
LONG = "Look at what your customers say about the lid of the jar, and say it back to them in their own words. " * 30


def text_of(body: dict[str, Any]) -> str:
    """All that a request says."""
    blocks = [*body["system"], *(block for each in body["messages"] for block in each["content"])]
    return "\n".join(str(block.get("text", "")) for block in blocks)


async def memory_of(talk: LongTalk) -> Memory:
    found = await talk.store.conversation_at(talk.person, talk.address)
    assert found is not None
    return found.memory


async def grown(talk: LongTalk, *, person: Person | None = None, direct: bool = True, characters: int = TALK_AT_MOST) -> None:
    """Let the talk grow by at least so many characters, without anybody summing up."""
    for _ in range(characters // len(LONG) + 1):
        talk.server.replies.append(Says((LONG,)))
        talk.at += timedelta(minutes=1)
        await talk.says(person or talk.person, "And then?", direct=direct)


async def test_planted_facts_are_there_after_two_summaries_of_a_model_that_keeps_nothing(database: Database) -> None:
    async with long_talk(database, SLOPPY) as talk:
        for each in PLANTED:
            talk.server.replies.append(Says(("Noted.",)))
            await talk.says(talk.person, each)
        for _ in range(2):
            await grown(talk)
            await talk.sum_up()
        talk.server.replies.append(Says(("As you said.",)))
        await talk.says(talk.person, "What did we settle?")
        request = talk.server.requests[-1]
        memory = await memory_of(talk)
        kept = [str(each["content"]) for each in await database.collection("conversationMessages").find({})]
    earlier = request["messages"][0]["content"][0]["text"]
    assert talk.figures.summaries == 2
    assert earlier.startswith("<earlier>\n- They talked of the shop.")
    assert [fact for fact in FACTS if fact not in earlier] == []
    assert memory.covers > len(PLANTED) * 2
    assert len(text_of(request)) < TALK_AT_MOST + 20_000
    assert set(PLANTED) <= set(kept), "messages are kept for good"


async def test_what_is_summed_up_is_asked_of_the_small_model_and_paid_by_whoever_asked_last(database: Database) -> None:
    async with long_talk(database, SLOPPY) as talk:
        await grown(talk)
        assert (await memory_of(talk)) == Memory(), "nobody waits for it while an answer comes"
        await talk.sum_up()
        [asked] = [body for body in talk.server.requests if body["model"] == SMALL]
        await talk.sum_up()
    assert "Never lose" in asked["system"][0]["text"]
    assert asked["messages"][-1]["content"][-1]["text"] == "Write the minutes now."
    assert len([body for body in talk.server.requests if body["model"] == SMALL]) == 1


async def test_between_two_summaries_what_was_sent_is_sent_again_word_for_word(database: Database) -> None:
    async with long_talk(database, SLOPPY) as talk:
        before: list[str] = []
        for each in script(9):
            await talk.turn(each)
            asked = [body for body in talk.server.requests if body["model"] != SMALL][-1]
            now = [str({**block, "cache_control": None}) for message in asked["messages"] for block in message["content"]]
            now = now[: next(index for index, block in enumerate(now) if "<now>" in block)]
            assert now[: len(before)] == before
            before = now
        assert len(before) >= 17
        assert 100 * talk.figures.ours.cached / talk.figures.ours.total > 70
        assert talk.figures.ours.cached > talk.figures.former.cached
        assert all(read.anew < 200 for read in talk.figures.newest)


async def test_without_a_summary_old_lines_fall_off_all_at_once(database: Database) -> None:
    async with long_talk(database, Refuses(400)) as talk:
        await grown(talk, characters=FULL)
        await talk.sum_up()
        assert (await memory_of(talk)) == Memory()
        talk.server.replies.append(Says(("Yes.",)))
        await talk.says(talk.person, "Still there?")
        memory = await memory_of(talk)
        sent = text_of(talk.server.requests[-1])
        talk.server.usual = SLOPPY
        await grown(talk)
        await talk.sum_up()
        healed = await memory_of(talk)
    assert memory.covers > 0
    assert memory.summed == 0
    assert 0 < sent.count(LONG) <= KEPT // len(LONG)
    assert healed.summed == healed.covers > memory.covers, "what had fallen off is summed up as soon as that can be done"


async def test_what_was_told_one_person_alone_is_part_of_no_summary(database: Database, people: People) -> None:
    async with long_talk(database, SLOPPY) as talk:
        omar = await people.meet(actor("omar"), AT)
        secret = Says(("Your weakest cell is Marlene’s price of 77 crowns.",))
        for number in (1, 2):
            talk.server.replies.append(Says(("Noted.",)))
            await talk.says(talk.person if number == 1 else omar, f"I am number {number}.", direct=False)
        talk.server.replies.extend((calls("read_foundation"), secret))
        await talk.says(talk.person, "@Sage what is weak?", direct=False)
        await grown(talk, person=omar, direct=False)
        await talk.sum_up()
        [asked] = [body for body in talk.server.requests if body["model"] == SMALL]
        memory = await memory_of(talk)
        talk.server.replies.append(Says(("Yes.",)))
        await talk.says(omar, "And?", direct=False)
        later = text_of(talk.server.requests[-1])
    assert memory.covers > 6
    for text in (text_of(asked), str(memory), later):
        assert "77 crowns" not in text
        assert "number 1" in text
    assert '<said by="Nora">' in text_of(asked)
    assert '<said by="Omar">' in text_of(asked)


async def test_words_that_are_taken_back_leave_the_summary_which_is_made_anew_without_them(database: Database) -> None:
    async with long_talk(database, Says(("- The code word is Rhubarb, from Galway.",))) as talk:
        talk.server.replies.append(Says(("Noted.",)))
        await talk.says(talk.person, "The code word is Rhubarb.", event="gone")
        talk.server.replies.append(Says(("Noted.",)))
        await talk.says(talk.person, "I live in Galway.")
        await grown(talk)
        await talk.sum_up()
        assert "Rhubarb" in (await memory_of(talk)).text
        await talk.chat.withdrawn(Withdrawn(id="x", actor=actor(), address=talk.address, at=talk.at, of="gone"), talk.person)
        assert "Rhubarb" not in str(await memory_of(talk))
        talk.server.replies.append(Says(("Yes.",)))
        talk.server.usual = Says(("- Lives in Galway.",))
        await talk.says(talk.person, "Where do I live?")
        assert "Rhubarb" not in text_of(talk.server.requests[-1])
        await grown(talk)
        await talk.sum_up()
        again = [body for body in talk.server.requests if body["model"] == SMALL][-1]
        memory = await memory_of(talk)
    assert "Galway" in text_of(again), "it is made anew, of everything that is left"
    assert "Rhubarb" not in text_of(again)
    assert "Rhubarb" not in str(memory)


async def test_what_changes_of_the_student_is_told_beside_the_question_until_the_cache_is_cold(database: Database) -> None:
    async with long_talk(database) as talk:
        for each in script(2):
            await talk.turn(each)
        await talk.hands.foundations.save(talk.person, {"companyContext.guarantee": "Thirty days, no questions"}, talk.at)
        talk.server.replies.append(Says(("Yes.",)))
        await talk.says(talk.person, "And my guarantee?")
        first, warm = talk.server.requests[0], talk.server.requests[-1]
        assert warm["system"] == first["system"]
        assert "This has changed" in warm["messages"][-1]["content"][-1]["text"]
        assert "Thirty days, no questions" in warm["messages"][-1]["content"][-1]["text"]
        talk.at += timedelta(hours=2)
        talk.server.replies.append(Says(("Yes.",)))
        await talk.says(talk.person, "And now?")
        cold = talk.server.requests[-1]
    assert "Thirty days, no questions" in cold["system"][2]["text"]
    assert "This has changed" not in cold["messages"][-1]["content"][-1]["text"]


def test_changes_are_told_by_the_line_under_their_heading() -> None:
    told = "Name: Nora\n## Place\nModule 0.\n- Fill a cell\n- Ask three people\n## Voice\n- Tone: warm\n- Never: loud"
    now = "Name: Nora\n## Place\nModule 0.\n- Ask three people\n## Voice\n- Tone: dry\n- Never: loud"
    assert changes(told, told) == ""
    assert changes(told, now) == "## Place\n(no longer: Fill a cell)\n## Voice\n- Tone: dry"


async def test_a_talk_that_is_too_long_for_the_model_is_summed_up_and_tried_once_more(database: Database) -> None:
    async with long_talk(database, SLOPPY) as talk:
        await grown(talk, characters=TALK_AT_MOST - 2 * LINE_AT_MOST)
        full = Refuses(400, says="prompt is too long: 1208311 tokens > 1000000 maximum")
        talk.server.replies.extend((full, SLOPPY, Says(("Here it is.",))))
        answer = await talk.says(talk.person, "Sum it up, please.")
        refused, summary, again = talk.server.requests[-3:]
        memory = await memory_of(talk)
    assert answer == "Here it is."
    assert summary["model"] == SMALL
    assert len(text_of(again)) < len(text_of(refused)) - LINE_AT_MOST
    assert "Sum it up, please." in text_of(again)
    assert again["messages"][0]["content"][0]["text"].startswith("<earlier>")
    assert memory.covers > 0


async def test_what_is_too_long_even_so_is_told_and_tried_no_third_time(database: Database) -> None:
    async with long_talk(database, Refuses(400, says="prompt is too long: 2 tokens > 1 maximum")) as talk:
        answer = await talk.says(talk.person, "What now?")
        assert len(talk.server.requests) == 2
    assert answer == ""
