"""Whatever Slack sends twice, out of order or by another way is answered once, in its order; what is nobody's is not answered."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator

import pytest

from tests.bots.slack.whole import Office, answers_in, office, told
from tests.servers.claude import ClaudeServer, Says
from tests.servers.slack import Person, SlackServer
from tests.servers.slack.delivery import Envelope
from tests.servers.slack.events import callback, edited_event, message_event
from tests.servers.slack.messages import as_json
from tests.servers.slack.things import Channel
from tests.stories.slack import MANIFEST


@pytest.fixture(scope="module")
async def everything(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[tuple[SlackServer, ClaudeServer, Office]]:
    folder = tmp_path_factory.mktemp("once")
    async with SlackServer(MANIFEST) as server, ClaudeServer() as claude, office(told(folder, server, claude), server) as one:
        yield server, claude, one


@pytest.fixture
def slack(everything: tuple[SlackServer, ClaudeServer, Office]) -> SlackServer:
    server, claude, _ = everything
    sending = server.deliveries
    sending.pauses, sending.copies, sending.patience, sending.echoes = (0, 0, 0), 0, 3.0, False
    for kept in (sending.acks, sending.lost, sending.missed):
        kept.clear()
    claude.requests.clear()
    claude.replies.clear()
    return server


@pytest.fixture
def claude(everything: tuple[SlackServer, ClaudeServer, Office]) -> ClaudeServer:
    return everything[1]


@pytest.fixture
def here(everything: tuple[SlackServer, ClaudeServer, Office]) -> Office:
    return everything[2]


@pytest.fixture
def maria(slack: SlackServer) -> Person:
    return slack.person("Maria")


@pytest.fixture
def room(slack: SlackServer, maria: Person) -> Channel:
    return slack.channel(f"room {maria.id}", maria)


async def quiet(slack: SlackServer, here: Office) -> None:
    """Everything is answered, and shown."""
    await slack.settled()
    await here.idle()
    await slack.settled()


async def test_what_slack_sends_three_times_with_the_number_of_the_try_is_answered_once(
    slack: SlackServer, maria: Person, here: Office, claude: ClaudeServer
) -> None:
    slack.deliveries.copies = 2
    said = [maria.says("@Teacher what is a hook?"), maria.says("/agents")]
    await quiet(slack, here)
    assert sorted(each.attempt for each in slack.acks) == [0, 0, 1, 1, 2, 2]
    assert [len(answers_in(maria, each)) for each in said] == [1, 1]
    assert len(claude.requests) == 1


async def test_what_is_acknowledged_too_late_comes_again_and_is_answered_once(
    slack: SlackServer, maria: Person, here: Office, claude: ClaudeServer
) -> None:
    slack.deliveries.patience = 0.0
    said = maria.says("@Teacher what is a hook?")
    await quiet(slack, here)
    assert len(slack.deliveries.missed) >= 4
    assert len(answers_in(maria, said)) == 1
    assert len(claude.requests) == 1


@pytest.mark.parametrize("mention_first", [True, False], ids=["mention first", "message first"])
@pytest.mark.parametrize("copies", [0, 1], ids=["once", "twice"])
async def test_a_mention_that_comes_as_two_events_is_answered_once(
    slack: SlackServer, maria: Person, room: Channel, here: Office, claude: ClaudeServer, mention_first: bool, copies: int
) -> None:
    slack.deliveries.copies, maria.mention_first = copies, mention_first
    said = [maria.says("@Elevate @Teacher what is a hook?", room), maria.says("@Elevate /agents", room)]
    await quiet(slack, here)
    assert len(slack.acks) == 4 * (1 + copies)
    assert [len(answers_in(maria, each)) for each in said] == [1, 1]
    assert len(claude.requests) == 1


async def test_the_second_event_of_a_mention_that_comes_when_the_first_is_answered_changes_nothing(
    slack: SlackServer, maria: Person, room: Channel, here: Office, claude: ClaudeServer
) -> None:
    slack.deliveries.hold()
    said = maria.says("@Elevate @Teacher what is a hook?", room)
    held: list[Envelope] = []

    def first_alone(all_of_them: list[Envelope]) -> list[Envelope]:
        held.extend(all_of_them)
        return held[:1]

    slack.deliveries.release(first_alone)
    await quiet(slack, here)
    assert len(answers_in(maria, said)) == 1
    slack.deliveries.send(held[1])
    await quiet(slack, here)
    assert len(answers_in(maria, said)) == 1
    assert len(claude.requests) == 1


async def test_what_is_sent_by_another_connection_because_the_first_fell_is_answered_once(
    slack: SlackServer, maria: Person, here: Office, claude: ClaudeServer
) -> None:
    hold = asyncio.Event()
    claude.replies.append(Says(("It stops ", "the right person."), hold=hold))
    slack.sockets.cut_in_envelope = 1
    said = maria.says("@Teacher what is a hook?")
    await slack.settled(until=lambda: bool(claude.requests), midway=True)
    slack.deliveries.send(Envelope("events_api", slack.acks[-1].payload))
    slack.sockets.cut()
    await slack.settled(midway=True)
    hold.set()
    await quiet(slack, here)
    assert len(answers_in(maria, said)) == 1
    assert len(claude.requests) == 1


async def test_a_button_a_command_and_a_form_that_come_twice_do_their_work_once(
    slack: SlackServer, maria: Person, here: Office
) -> None:
    async def again() -> None:
        """Everything that was acknowledged comes once more."""
        for each in list(slack.acks):
            await maria.sends(Envelope("interactive", each.payload, answerable=True))
        await quiet(slack, here)

    await maria.commands("/assets", "")
    await quiet(slack, here)
    await again()
    assert len(maria.answers) == 1
    slack.acks.clear()
    await maria.presses("Add something")
    await quiet(slack, here)
    await again()
    assert sum(each.method == "views.open" for each in slack.calls) == 1
    assert maria.modal
    slack.acks.clear()
    fields = {each.label: "Hooked" for each in maria.modal.fields if each.kind == "plain_text_input"}
    menus = {each.label: each.options[0] for each in maria.modal.fields if each.options}
    assert not await maria.submits({**fields, **menus})
    await quiet(slack, here)
    before = len(maria.answers)
    await again()
    assert len(maria.answers) == before
    assert maria.modal is None


async def test_two_hundred_events_in_any_order_and_each_twice_are_answered_once(slack: SlackServer, here: Office) -> None:
    people = [slack.person(f"Person {number}") for number in range(10)]
    slack.deliveries.copies = 1
    slack.deliveries.hold()
    said: list[tuple[Person, list[str]]] = []
    for person in people:
        threads = [person.says("/agents") for _ in range(4)]
        words = [f"/nosuch{number}" for number in range(16)]
        for number, each in enumerate(words):
            person.says(each, thread=threads[number % 4])
        said.append((person, words))
    answered = len(slack.called("chat.postMessage")) + 200
    slack.deliveries.release(lambda held: random.Random(7).sample(held, len(held)))
    # Some are put by while so much comes at once, and answered by the workers.
    await slack.settled(until=lambda: len(slack.acks) == 400 and len(slack.called("chat.postMessage")) >= answered, within=60)
    await quiet(slack, here)
    for person, words in said:
        assert [sum(f"command {each}." in seen.text for seen in person.answers) for each in words] == [1] * 16
        assert sum("Your agents" in seen.text for seen in person.answers) == 4
    assert not slack.deliveries.lost


async def test_what_nobody_said_to_us_is_not_answered(
    slack: SlackServer, maria: Person, room: Channel, here: Office, claude: ClaudeServer
) -> None:
    calls = len(slack.calls)
    slack.another_bot_says(f"<@{slack.team.bot_user}> @Teacher hello", room)
    said = maria.says("@Teacher https://example.test/page tells of hooks")
    await quiet(slack, here)
    answered = len(maria.answers)
    before = as_json(slack.world, said)
    said.blocks.append({"type": "divider"})  # as Slack does when it has fetched what a link shows
    slack.world.tell(slack.team, edited_event(slack.world, said, before))
    event = {**message_event(slack.world, said), "user": "USLACKBOT", "ts": slack.world.ts(), "text": "@Teacher a reminder"}
    slack.deliveries.send(Envelope("events_api", callback(slack.world, slack.team, event)))
    await quiet(slack, here)
    assert len(claude.requests) == 1
    assert len(maria.answers) == answered
    assert not [each for each in slack.calls[calls:] if each.args.get("channel") == room.id]


async def test_what_the_bot_itself_says_is_heard_and_not_answered(
    slack: SlackServer, maria: Person, here: Office, claude: ClaudeServer
) -> None:
    slack.deliveries.echoes = True
    claude.replies.append(Says(("Ask me again: @Teacher what is a hook? /agents",)))
    said = maria.says("@Teacher what do I say?")
    await quiet(slack, here)
    assert any(each.payload["event"].get("bot_id") for each in slack.acks)
    assert len(answers_in(maria, said)) == 1
    assert len(claude.requests) == 1


async def test_a_thread_is_answered_in_its_order_and_holds_up_no_other(
    slack: SlackServer, maria: Person, here: Office, claude: ClaudeServer
) -> None:
    hold = asyncio.Event()
    claude.replies.append(Says(("The first ", "answer."), hold=hold))
    first = maria.says("@Teacher the first question?")
    await slack.settled(until=lambda: bool(claude.requests), midway=True)
    claude.replies.extend([Says(("Another thread.",)), Says(("The second answer.",))])
    maria.says("and the second?", thread=first)
    other = maria.says("@Teacher another question?")
    await slack.settled(until=lambda: any("Another thread." in each for each in answers_in(maria, other)), midway=True)
    assert len(claude.requests) == 2
    hold.set()
    await quiet(slack, here)
    assert [each.split("[")[0].strip() for each in answers_in(maria, first)] == ["The first answer.", "The second answer."]
    assert ["Another thread." in each for each in answers_in(maria, other)] == [True]


async def test_a_thread_that_comes_backwards_is_answered_in_its_order(
    slack: SlackServer, maria: Person, here: Office, claude: ClaudeServer
) -> None:
    hold = asyncio.Event()
    claude.replies.append(Says(("The root, ", "at last."), hold=hold))
    root = maria.says("@Teacher the root?")
    await slack.settled(until=lambda: bool(claude.requests), midway=True)
    slack.deliveries.hold()
    for number in range(8):
        maria.says(f"question {number}?", thread=root)
    slack.deliveries.release(lambda held: held[::-1])
    await slack.settled(until=lambda: len(slack.acks) == 9, midway=True)
    hold.set()
    await quiet(slack, here)
    asked = [str(each["messages"][-1]["content"]) for each in claude.requests[1:]]
    assert [each.partition("question ")[2][:1] for each in asked] == [*"01234567"]
    assert len(answers_in(maria, root)) == 9
