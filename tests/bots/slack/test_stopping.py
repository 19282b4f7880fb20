"""Stop ends the answer that is being given, wherever it is given; the end of a process leaves it to the next one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from persistence.mongo import open_mongo
from tests.bots.slack.whole import Office, answers_in, office, told
from tests.servers.claude import ClaudeServer, Says
from tests.servers.slack import Person, SlackServer
from tests.servers.slack.things import Message
from tests.stories.slack import MANIFEST

FOR_EVER = 10**6


@pytest.fixture
async def slack() -> AsyncGenerator[SlackServer]:
    async with SlackServer(MANIFEST) as server:
        server.deliveries.echoes = False
        yield server


@pytest.fixture
async def claude() -> AsyncGenerator[ClaudeServer]:
    async with ClaudeServer() as server:
        yield server


@pytest.fixture
async def here(slack: SlackServer, claude: ClaudeServer, tmp_path: Path) -> AsyncGenerator[Office]:
    async with office(told(tmp_path, slack, claude), slack) as one:
        yield one


@pytest.fixture
async def shared(mongo_address: str, tmp_path: Path) -> AsyncGenerator[str]:
    """The address of a database for several processes."""
    name = f"elevate_{tmp_path.name.replace('-', '_')[-30:]}"
    yield f"{mongo_address.rstrip('/')}/{name}"
    database = await open_mongo(mongo_address, database=name, selection_seconds=60)
    await database.drop()
    await database.close()


async def begins(slack: SlackServer, claude: ClaudeServer, maria: Person, *words: str) -> tuple[Message, asyncio.Event]:
    """An answer that has begun with these words, and stops in the middle."""
    hold = asyncio.Event()
    claude.replies.append(Says(("The first words came. ", *words, "The end."), hold=hold))
    asked = maria.says("@Teacher what is a hook?")
    await slack.settled(until=lambda: "first words" in "".join(answers_in(maria, asked)), midway=True)
    return asked, hold


async def test_stop_ends_what_is_being_answered_and_the_question_behind_it_is_answered(
    slack: SlackServer, maria: Person, here: Office, claude: ClaudeServer
) -> None:
    asked, _ = await begins(slack, claude, maria)
    maria.says("and on a shop's page?", thread=asked)
    await slack.settled(until=lambda: len(slack.acks) == 2, midway=True)
    claude.replies.append(Says(("The second answer.",)))
    maria.stops(asked)
    await slack.settled(until=lambda: len(answers_in(maria, asked)) == 2)
    await here.idle()
    first, second = answers_in(maria, asked)
    assert "first words" in first
    assert "Stopped" in first
    assert "The end." not in first
    assert "The second answer." in second
    assert len(claude.requests) == 2


async def test_stop_comes_by_a_button_where_there_are_no_streams(
    slack: SlackServer, maria: Person, here: Office, claude: ClaudeServer
) -> None:
    slack.fail("chat.startStream", error="feature_not_enabled", times=FOR_EVER)
    asked, _ = await begins(slack, claude, maria)
    await maria.presses("Stop")
    await slack.settled(until=lambda: "Stopped" in "".join(answers_in(maria, asked)))
    await here.idle()
    [answer] = answers_in(maria, asked)
    assert "[Stop]" not in answer
    assert "The end." not in answer
    assert claude.cancelled.is_set()


async def test_nobody_stops_what_another_asked(slack: SlackServer, maria: Person, here: Office, claude: ClaudeServer) -> None:
    slack.fail("chat.startStream", error="feature_not_enabled", times=FOR_EVER)
    nora = slack.person("Nora")
    room = slack.channel("general", maria, nora)
    hold = asyncio.Event()
    claude.replies.append(Says(("The first words came. ", "The end."), hold=hold))
    asked = maria.says("@Elevate @Teacher what is a hook?", room)
    await slack.settled(until=lambda: "first words" in "".join(answers_in(nora, asked)), midway=True)
    await nora.presses("Stop")
    await slack.settled(midway=True)
    hold.set()
    await slack.settled()
    await here.idle()
    [answer] = answers_in(maria, asked)
    assert "The end." in answer


@pytest.mark.parametrize("streams", [True, False], ids=["Slack's stop", "our button"])
async def test_a_process_is_told_to_stop_by_the_other(
    slack: SlackServer, maria: Person, claude: ClaudeServer, shared: str, tmp_path: Path, streams: bool
) -> None:
    if not streams:
        slack.fail("chat.startStream", error="feature_not_enabled", times=FOR_EVER)
    settings = told(tmp_path, slack, claude, shared)
    async with office(settings, slack) as one:
        asked, _ = await begins(slack, claude, maria)
        ours = list(slack.sockets.connections)
        async with office(settings, slack, sockets=4):
            for each in ours:
                each.leaving = True  # what comes now goes to the other one
            if streams:
                maria.stops(asked)
            else:
                await maria.presses("Stop")
            await slack.settled()
            await one.idle()
    [answer] = answers_in(maria, asked)
    assert "first words" in answer
    assert "The end." not in answer
    assert len(claude.requests) == 1


async def test_what_does_not_end_within_the_grace_goes_back_and_is_answered_by_the_next_process(
    slack: SlackServer, maria: Person, claude: ClaudeServer, tmp_path: Path
) -> None:
    settings = told(tmp_path, slack, claude)
    async with office(settings, slack, grace_seconds=0.0):
        asked, _ = await begins(slack, claude, maria)
    assert "Stopped" not in "".join(answers_in(maria, asked))
    claude.replies.append(Says(("It stops the right person.",)))
    async with office(settings, slack):
        await slack.settled(until=lambda: "right person" in maria.last.text)
    texts = answers_in(maria, asked)
    assert sum("right person" in each for each in texts) == 1
    assert len(claude.requests) == 2


async def test_two_processes_with_two_sockets_each_answer_every_event_once_and_each_thread_in_its_order(
    slack: SlackServer, claude: ClaudeServer, shared: str, tmp_path: Path
) -> None:
    settings = told(tmp_path, slack, claude, shared)
    people = [slack.person(f"Person {number}") for number in range(4)]
    async with office(settings, slack) as one, office(settings, slack, sockets=4) as other:
        slack.deliveries.copies, hold = 1, asyncio.Event()
        claude.replies.extend([Says(("About question 0", "."), hold=hold)] * len(people))
        roots = [(each, each.says("@Teacher question 0?")) for each in people]
        await slack.settled(until=lambda: len(claude.requests) == len(people), midway=True)
        slack.deliveries.hold()
        for number in range(1, 4):
            slack.clock.advance(0.01)  # the record tells no shorter times apart, and nobody types as fast
            for person, root in roots:
                person.says(f"question {number}?", thread=root)
        slack.deliveries.release(lambda held: held[::-1])
        await slack.settled(until=lambda: len(slack.acks) == 8 * len(people), midway=True)
        hold.set()
        await slack.settled(until=lambda: all(len(answers_in(*each)) >= 4 for each in roots), within=60)
        await one.idle()
        await other.idle()
        await slack.settled()
    for person, root in roots:
        answers = answers_in(person, root)
        assert [each.partition("question ")[2][:1] for each in answers] == ["0", "1", "2", "3"]
    assert len(claude.requests) == 16
