"""Agents that search the web: what is shown, what stands below the answer, and what is sent on."""

from __future__ import annotations

import pytest

from core import plain
from core.chat.sources import SOURCES_AT_MOST, listed
from core.llm.model import Cited
from core.people.model import Person
from core.ui import Tone
from persistence.documents import Database
from tests.core.chat.world import world
from tests.servers.claude import Refuses, Says, calls
from tests.servers.claude_replies import Begun, Block, Called, Fetched, Searched, Text, cited, plays

LIDS, FORUM = ("https://jars.example/lids", "Lids compared"), ("https://forum.example/t/7", "Fuzzy [jars](https://evil.example)")
ASKED = "@Researcher what do people say about lids?"
FOUND = plays(
    Text("I look."),
    Searched("lids", (LIDS, FORUM)),
    Fetched("https://www.jars.example/lids", "Lids", "Glass chips."),
    Text("Lids chip.", (cited(*LIDS), cited(*FORUM), cited(*LIDS))),
)


async def test_researcher_searches_and_its_sources_stand_below_each_once(database: Database, nora: Person) -> None:
    async with world(database, FOUND, Says(("As I said.",))) as here:
        heard = await here.say(nora, ASKED)
        shown = heard.messages[0].text
        assert shown == (
            "I look.\n\nLids chip.\n\n**Sources**\n- [Lids compared](https://jars.example/lids)\n"
            "- [Fuzzy jars](https://forum.example/t/7)"
        )
        assert "".join(heard.grown) == shown
        assert [(each.title, each.state) for each in heard.steps] == [
            ("Searching the web", "running"),
            ("Searching the web", "done"),
            ("Reading jars.example", "running"),
            ("Reading jars.example", "done"),
        ]
        kept = (await here.kept())[-1]
        assert kept.content == shown
        await here.say(nora, "are you sure?")
        declared = [each["name"] for each in here.claude.requests[-1]["tools"]]
        assert {"web_search", "web_fetch"} <= set(declared)
        assert "encrypted" not in str(here.claude.requests[-1]["messages"]), "what was found then is not sent again"


async def test_who_has_no_such_tool_searches_nothing(database: Database, nora: Person) -> None:
    async with world(database, Says(("A hook.",))) as here:
        await here.say(nora, "@Teacher what is a hook?")
        assert not {"web_search", "web_fetch"} & {each["name"] for each in here.claude.requests[0]["tools"]}


async def test_a_search_that_pauses_goes_on_and_tools_of_ours_are_used_in_between(database: Database, nora: Person) -> None:
    late = {"type": "web_search_tool_result", "tool_use_id": "srvtoolu_1_2", "content": [], "caller": {"type": "direct"}}
    replies = (
        plays(Text("I look."), Begun("lids"), stop="pause_turn"),
        plays(Block(late), Called("read_foundation", "{}"), stop="tool_use"),
        plays(Text("Nothing found.")),
    )
    async with world(database, *replies) as here:
        heard = await here.say(nora, ASKED)
        assert heard.messages[0].text == "I look.\n\nNothing found."
        assert [each.state for each in heard.steps] == ["running", "done", "running", "done"]
        assert len(here.claude.requests) == 3
    assert Tone.BAD not in [each.tone for each in heard.messages[0].cards]


async def test_an_answer_that_only_pauses_comes_to_an_end(database: Database, nora: Person) -> None:
    async with world(database, usual=plays(Searched("lids"), stop="pause_turn")) as here:
        heard = await here.say(nora, ASKED)
        assert len(here.claude.requests) == 9
    assert "came to no end" in plain.message(heard.messages[0])


@pytest.mark.parametrize("status", [400, 403])
async def test_where_the_web_may_not_be_searched_the_answer_is_made_without_and_says_so(
    status: int, database: Database, nora: Person
) -> None:
    refused = Refuses(status, says="web_search: Web search is not enabled for this organization.")
    async with world(database, refused, calls("read_foundation"), Says(("Send me a link.",))) as here:
        heard = await here.say(nora, ASKED)
        names = [{each["name"] for each in request["tools"]} for request in here.claude.requests]
    assert heard.messages[0].text == "Send me a link."
    assert "made without the web" in plain.message(heard.messages[0])
    assert "web_search" in names[0]
    assert not {"web_search", "web_fetch"} & (names[1] | names[2]), "it is not asked for again in this answer"


async def test_arguments_that_did_not_come_whole_do_nothing(database: Database, nora: Person) -> None:
    broken = Called("propose_foundation", '{"grid": "customer", "cell": "pains", "text": "It w')
    async with world(database, plays(broken, stop="tool_use"), Says(("Once more.",))) as here:
        heard = await here.say(nora, ASKED)
        [result] = here.claude.requests[-1]["messages"][-1]["content"]
    assert result["is_error"]
    assert "did not come whole" in result["content"]
    assert "Save" not in plain.message(heard.messages[0])


def test_the_list_of_sources_is_short_and_nothing_in_a_title_acts() -> None:
    many = [Cited(f"https://a.example/{number}", "") for number in range(12)]
    assert listed(many, "").count("](") == SOURCES_AT_MOST
    assert listed(many[:2], "As https://a.example/0 says.").splitlines()[1:] == ["- [a.example](https://a.example/1)"]
    assert listed((), "x") == ""
    assert listed([Cited("https://a.example/(x)", "@everyone <!channel> ![p](http://q) " + "long " * 30)], "").splitlines()[
        1
    ] == ("- [everyone channel p " + "long " * 11 + "long…](https://a.example/%28x%29)")
