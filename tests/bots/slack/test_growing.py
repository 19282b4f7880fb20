"""Answers that grow, through the real slack_sdk: streams, what replaces them, and that nothing is lost or comes twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from functools import partial
from typing import Any

import pytest

from bots.slack.growing import STOPPED
from bots.slack.posts import Feature
from bots.slack.sender import address_of
from bots.slack.troubles import SlackTrouble, SlackUnreachable
from core.plans import Step
from core.request import File
from core.ui import Began, Call, Card, Ended, Feedback, Grew, Live, Message, Text, Update
from tests.bots.passing import live, until
from tests.bots.slack.sending import SAGE, WRITER, Sent
from tests.servers.slack import Person, SlackServer
from tests.servers.slack.things import Channel

FEEDBACK = Card("", (Feedback(Call("good"), Call("bad")),))


def _said(*words: str, cards: tuple[Card, ...] = ()) -> tuple[Update, ...]:
    return (Began(WRITER), *map(Grew, words), Ended(Message("".join(words), cards, speaker=WRITER)))


def _bodies(slack: SlackServer, *methods: str) -> list[dict[str, Any]]:
    return [each.args for each in slack.calls if each.method in methods and each.error is None]


def _texts(maria: Person) -> list[str]:
    return [each.text for each in maria.answers]


def _no_streams(slack: SlackServer, error: str = "unknown_method") -> None:
    slack.fail("chat.startStream", error=error, times=99)


# -- in a stream


async def test_an_answer_streams_under_its_speakers_face_and_ends_with_feedback(
    sent: Sent, slack: SlackServer, maria: Person
) -> None:
    root = maria.says("write me a line")
    origin = sent.origin(maria, thread=root.ts)
    posted = await sent.growing.grow(origin, live(*_said("Fresh ", "bread ", "daily.", cards=(FEEDBACK,))), "evt:1")
    assert maria.last.text.startswith("Fresh bread daily.")
    assert (maria.last.author, maria.last.icon, maria.last.thread_ts) == ("Writer", ":pencil2:", root.ts)
    assert posted == [maria.last.ts]
    assert await sent.messenger.find(address_of(origin), "evt:1:1") == maria.last.ts
    stopped = _bodies(slack, "chat.stopStream")[0]
    assert stopped["session_status"] == "active"
    assert [each["type"] for each in stopped["blocks"]] == ["context_actions"]
    assert slack.called("agents.sessions.setStatus")[0]["status"] == "processing"
    await slack.settled()


async def test_in_a_channel_a_stream_says_for_whom_it_is(sent: Sent, slack: SlackServer, maria: Person, room: Channel) -> None:
    root = maria.says("@Elevate hello", channel=room)
    await sent.growing.grow(sent.origin(maria, room, root.ts), live(*_said("Hello.")), "evt:1")
    started = _bodies(slack, "chat.startStream")[0]
    assert (started["recipient_user_id"], started["recipient_team_id"]) == (maria.id, slack.team.id)
    assert _texts(maria) == ["Hello."]


async def test_each_speaker_has_a_stream_and_the_session_is_at_work_again(sent: Sent, slack: SlackServer, maria: Person) -> None:
    root = maria.says("@Writer @Sage hello")
    second = (Began(SAGE), Grew("You said so."), Ended(Message("You said so.", speaker=SAGE)))
    await sent.growing.grow(sent.origin(maria, thread=root.ts), live(*_said("Fresh bread."), *second), "evt:1")
    assert [(each.author, each.text) for each in maria.answers] == [("Writer", "Fresh bread."), ("Sage", "You said so.")]
    assert [each["status"] for each in slack.called("agents.sessions.setStatus")] == ["processing", "processing"]
    await slack.settled()


async def test_steps_are_shown_as_tasks(sent: Sent, slack: SlackServer, maria: Person) -> None:
    root = maria.says("look it up")
    steps = (
        Step("s1", "Read your Foundation", "running"),
        Step("s1", "Read your Foundation", "done"),
        Step("s2", "Count", "failed"),
    )
    await sent.growing.grow(
        sent.origin(maria, thread=root.ts), live(Began(WRITER), *steps, Grew("Done."), Ended(Message("Done."))), "evt:1"
    )
    assert maria.last.text == "● Read your Foundation\n✗ Count\nDone."


async def test_tokens_are_not_sent_one_by_one(slow: Sent, slack: SlackServer, maria: Person) -> None:
    root = maria.says("write me a page")
    words = [f"word{number} " for number in range(300)]

    async def updates() -> AsyncGenerator[Update, None]:
        yield Began(WRITER)
        for number, word in enumerate(words):
            yield Grew(word)
            await asyncio.sleep(0)
            if number == 0:
                await until(lambda: bool(slack.called("chat.startStream")))
            if number == 5:
                slow.time.passes(0.8)
                await until(lambda: bool(slack.called("chat.appendStream")))
                assert "word3" in maria.last.text
        yield Ended(Message("".join(words)))

    await slow.growing.grow(slow.origin(maria, thread=root.ts), Live(updates()), "evt:1")
    assert maria.last.text == "".join(words)
    assert len(_bodies(slack, "chat.appendStream")) <= 6


async def test_while_a_step_takes_long_slack_is_told_that_it_goes_on(slow: Sent, slack: SlackServer, maria: Person) -> None:
    root = maria.says("look it up")

    async def updates() -> AsyncGenerator[Update, None]:
        yield Step("s1", "Read", "running")
        await until(lambda: bool(slack.called("chat.startStream")))
        for beats in (1, 2):
            await until(lambda: bool(slow.time.sleepers))
            slow.time.passes(31)
            await until(partial(_appended, slack, beats))
        yield Ended(Message("Done."))

    await slow.growing.grow(slow.origin(maria, thread=root.ts), Live(updates()), "evt:1")
    assert maria.last.text.endswith("Done.")


async def test_nobody_is_pinged_by_a_mention_that_came_in_pieces(slow: Sent, slack: SlackServer, maria: Person) -> None:
    root = maria.says("ping them")

    async def updates() -> AsyncGenerator[Update, None]:
        yield Began(None)
        yield Grew("Hello <!chan")
        await slack.settled(until=lambda: bool(slack.called("chat.startStream")), midway=True)
        slow.time.passes(5)
        for _ in range(50):
            await asyncio.sleep(0)
        yield Grew("nel> everybody")
        yield Ended(Message("Hello <!channel> everybody"))

    await slow.growing.grow(slow.origin(maria, thread=root.ts), Live(updates()), "evt:1")
    assert "<!channel>" not in maria.last.text
    assert maria.last.text == "Hello <\u200b!channel> everybody"


# -- a stream that is full, old or gone


async def test_a_long_answer_goes_on_in_the_next_stream_at_the_end_of_a_block(
    sent: Sent, slack: SlackServer, maria: Person
) -> None:
    root = maria.says("write me a book")
    paragraphs = [f"Paragraph {number}. " + "word " * 120 + "\n\n" for number in range(40)]
    await sent.growing.grow(sent.origin(maria, thread=root.ts), live(*_said(*paragraphs)), "evt:1")
    assert len(maria.answers) == 3
    assert "".join(_texts(maria)) == "".join(paragraphs)
    assert all(each.text.startswith("Paragraph") and len(each.text) <= 11_000 for each in maria.answers)
    assert all(each.author == "Writer" for each in maria.answers)
    await slack.settled()


async def test_a_fence_and_a_table_go_on_with_their_beginning(sent: Sent, slack: SlackServer, maria: Person) -> None:
    root = maria.says("write me code")
    code = ["```python\n", *(f"x{number} = '{'y' * 80}'\n" for number in range(200)), "```\n\n"]
    table = ["| a | b |\n| - | - |\n", *(f"| {number} | {'z' * 90} |\n" for number in range(150))]
    await sent.growing.grow(sent.origin(maria, thread=root.ts), live(*_said(*code, *table)), "evt:1")
    texts = _texts(maria)
    assert all(each.count("```") % 2 == 0 for each in texts)
    for number in range(200):
        assert sum(f"x{number} =" in each for each in texts) == 1
    for number in range(150):
        assert sum(f"| {number} | z" in each for each in texts) == 1
    assert all(each.startswith(("```python\n", "| a | b |\n| - | - |\n")) for each in texts)
    assert all(len(each) <= 12_000 for each in texts)


async def test_after_four_minutes_a_new_stream_takes_over_between_two_blocks(
    slow: Sent, slack: SlackServer, maria: Person
) -> None:
    root = maria.says("take your time")

    async def updates() -> AsyncGenerator[Update, None]:
        yield Began(WRITER)
        yield Grew("First. ")
        await slack.settled(until=lambda: bool(slack.called("chat.startStream")), midway=True)
        slow.time.passes(245)
        yield Grew("Still first.\n\nSecond ")
        await until(lambda: len(slack.called("chat.startStream")) == 2)
        yield Grew("and last.")
        yield Ended(Message("First. Still first.\n\nSecond and last."))

    await slow.growing.grow(slow.origin(maria, thread=root.ts), Live(updates()), "evt:1")
    assert _texts(maria) == ["First. Still first.\n\n", "Second and last."]


async def test_a_stream_that_is_silent_for_too_long_is_ended_before_slack_does(
    slow: Sent, slack: SlackServer, maria: Person
) -> None:
    root = maria.says("take your time")

    async def updates() -> AsyncGenerator[Update, None]:
        yield Began(WRITER)
        yield Grew("First. ")
        await until(lambda: bool(slack.called("chat.startStream") and slow.time.sleepers))
        slow.time.passes(271)
        await until(lambda: bool(slack.called("chat.stopStream")))
        yield Grew("Second.")
        yield Ended(Message("First. Second."))

    await slow.growing.grow(slow.origin(maria, thread=root.ts), Live(updates()), "evt:1")
    assert _texts(maria) == ["First. ", "Second."]


@pytest.mark.parametrize("method", ["chat.appendStream", "chat.stopStream"])
async def test_what_a_stream_that_slack_ended_did_not_take_is_shown_after_it(
    sent: Sent, slack: SlackServer, maria: Person, method: str
) -> None:
    root = maria.says("hello")
    slack.fail(method, error="message_not_in_streaming_state")
    answer = Live(_one_by_one(slack, "One ", "two ", "three ", "four.", cards=(FEEDBACK,)))
    posted = await sent.growing.grow(sent.origin(maria, thread=root.ts), answer, "evt:1")
    said = " ".join(" ".join(_texts(maria)).split())
    assert said.startswith("One two three four.")
    assert len(maria.answers) == len(posted) == 2


def _appended(slack: SlackServer, times: int) -> bool:
    return len(slack.called("chat.appendStream")) == times


def _more_calls(slack: SlackServer, before: int) -> bool:
    return len(slack.calls) > before


async def _one_by_one(slack: SlackServer, *words: str, cards: tuple[Card, ...] = ()) -> AsyncGenerator[Update, None]:
    """Each word when something was done with the one before it."""
    for word in words[:-1]:
        before = len(slack.calls)
        yield Grew(word)
        await until(partial(_more_calls, slack, before))
    yield Ended(Message("".join(words), cards))


@pytest.mark.parametrize("drop", ["before", "after"])
@pytest.mark.parametrize("method", ["chat.startStream", "chat.appendStream", "chat.stopStream"])
async def test_a_lost_answer_in_mid_stream_loses_nothing_and_doubles_nothing(
    sent: Sent, slack: SlackServer, maria: Person, method: str, drop: Any
) -> None:
    root = maria.says("hello")
    slack.fail(method, drop=drop)

    answer = Live(_one_by_one(slack, "One ", "two ", "three ", "four."))
    await sent.growing.grow(sent.origin(maria, thread=root.ts), answer, "evt:1")
    assert " ".join("".join(_texts(maria)).split()) == "One two three four."
    assert sum(each.streaming for each in maria.answers) == 0


async def test_when_slack_is_away_the_words_are_gathered_and_shown_when_it_is_back(
    sent: Sent, slack: SlackServer, maria: Person
) -> None:
    root = maria.says("hello")
    slack.fail("chat.appendStream", status=503, times=1)
    slack.fail("chat.stopStream", status=503, times=3)
    slack.fail("chat.update", status=503, times=5)
    await sent.growing.grow(sent.origin(maria, thread=root.ts), live(*_said("One ", "two ", "three.")), "evt:1")
    assert "".join(_texts(maria)) == "One two three."


async def test_when_slack_stays_away_the_answer_is_left_for_later(sent: Sent, slack: SlackServer, maria: Person) -> None:
    root = maria.says("hello")
    slack.fail("*", status=503, times=999)
    with pytest.raises(SlackUnreachable):
        await sent.growing.grow(sent.origin(maria, thread=root.ts), live(*_said("One ", "two.")), "evt:1")
    assert sum(sent.time.waited) > 60


# -- stopping


async def _stopped_midway(sent: Sent, slack: SlackServer, maria: Person, thread: str, *, leaving: bool = False) -> list[str]:
    closed: list[str] = []

    async def updates() -> AsyncGenerator[Update, None]:
        try:
            yield Began(WRITER)
            yield Grew("What came ")
            await until(lambda: bool(maria.answers))
            yield Grew("until then")
            await asyncio.Event().wait()
        finally:
            closed.append("closed")

    task = asyncio.create_task(sent.growing.grow(sent.origin(maria, thread=thread), Live(updates()), "evt:1"))
    await until(lambda: bool(maria.answers))
    for _ in range(20):
        await asyncio.sleep(0)
    sent.leaving = leaving
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    return closed


async def test_whoever_stops_it_keeps_what_came(slow: Sent, slack: SlackServer, maria: Person) -> None:
    root = maria.says("hello")
    assert await _stopped_midway(slow, slack, maria, root.ts) == ["closed"]
    assert maria.last.text == f"What came until then\n\n{STOPPED}"
    assert not maria.last.streaming
    await slack.settled()


async def test_at_the_end_of_the_process_nothing_is_said_of_stopping(slow: Sent, slack: SlackServer, maria: Person) -> None:
    root = maria.says("hello")
    await _stopped_midway(slow, slack, maria, root.ts, leaving=True)
    assert maria.last.text == "What came until then"
    assert await slow.messenger.find(address_of(slow.origin(maria, thread=root.ts)), "evt:1:1") is None


async def test_where_messages_are_changed_stopping_takes_the_button_away(slow: Sent, slack: SlackServer, maria: Person) -> None:
    root = maria.says("hello")
    slow.means.abilities.refuse(slack.team.id, Feature.STREAM)
    await _stopped_midway(slow, slack, maria, root.ts)
    assert _texts(maria) == [f"What came until then\n\n{STOPPED}"]
    assert "actions" not in [block["type"] for block in maria.last.message.blocks]


async def test_slacks_own_button_ends_it_too(slow: Sent, slack: SlackServer, maria: Person) -> None:
    root = maria.says("hello")
    closed: list[str] = []

    async def updates() -> AsyncGenerator[Update, None]:
        try:
            yield Grew("What came ")
            await slack.settled(until=lambda: bool(slack.called("chat.startStream")), midway=True)
            slack.fail("chat.appendStream", error="stopped_by_user")
            slow.time.passes(1)
            yield Grew("until then ")
            await asyncio.Event().wait()
        finally:
            closed.append("closed")

    await slow.growing.grow(slow.origin(maria, thread=root.ts), Live(updates()), "evt:1")
    assert closed == ["closed"]
    assert maria.last.text.endswith(STOPPED)
    assert "until then" in maria.last.text


# -- without streams


@pytest.mark.parametrize("error", ["unknown_method", "method_not_supported_for_channel_type", "missing_scope"])
async def test_where_there_are_no_streams_a_message_is_changed(sent: Sent, slack: SlackServer, maria: Person, error: str) -> None:
    root = maria.says("hello")
    _no_streams(slack, error)
    origin = sent.origin(maria, thread=root.ts)
    posted = await sent.growing.grow(origin, live(*_said("One ", "two.", cards=(FEEDBACK,))), "evt:1")
    assert len(maria.answers) == 1
    assert maria.last.text.startswith("One two.")
    assert "actions" not in [block["type"] for block in maria.last.message.blocks]
    assert Feature.STREAM in sent.means.abilities.without(slack.team.id)
    assert await sent.messenger.find(address_of(origin), "evt:1:1") == posted[0]
    await sent.growing.grow(origin, live(*_said("Again.")), "evt:2")
    assert sum(each.method == "chat.startStream" for each in slack.calls) == 1


async def test_a_stream_that_comes_too_soon_is_a_message_this_once(sent: Sent, slack: SlackServer, maria: Person) -> None:
    root = maria.says("hello")
    slack.fail("chat.startStream", status=429, retry_after=120)
    await sent.growing.grow(sent.origin(maria, thread=root.ts), live(*_said("One ", "two.")), "evt:1")
    assert _texts(maria) == ["One two."]
    assert sent.means.abilities.without(slack.team.id) == frozenset()


async def test_a_message_is_changed_once_a_second_and_can_be_stopped(slow: Sent, slack: SlackServer, maria: Person) -> None:
    slow.means.abilities.refuse(slack.team.id, Feature.STREAM)
    root = maria.says("hello")

    async def updates() -> AsyncGenerator[Update, None]:
        yield Began(WRITER)
        yield Step("s1", "Reading", "running")
        yield Grew("One ")
        await until(lambda: bool(maria.answers))
        await until(lambda: maria.last.message.blocks != [])
        button = maria.last.message.blocks[-1]["elements"][0]
        assert (button["action_id"], button["value"]) == ("stop", "evt:1")
        for number in range(20):
            yield Grew(f"w{number} ")
            await asyncio.sleep(0)
        assert slack.called("chat.update") == []
        await until(lambda: bool(slow.time.sleepers))
        slow.time.passes(1)
        await until(lambda: bool(slack.called("chat.update")))
        yield Ended(Message("One two."))

    await slow.growing.grow(slow.origin(maria, thread=root.ts), Live(updates()), "evt:1")
    assert len(maria.answers) == 1


async def test_outside_a_thread_it_is_a_message(sent: Sent, slack: SlackServer, maria: Person, room: Channel) -> None:
    await sent.growing.grow(sent.origin(maria, room), live(*_said("One ", "two.")), "evt:1")
    assert _texts(maria) == ["One two."]
    assert slack.called("chat.startStream") == slack.called("agents.sessions.setStatus") == []


async def test_parts_that_are_not_needed_in_the_end_are_taken_away(sent: Sent, slack: SlackServer, maria: Person) -> None:
    _no_streams(slack)
    root = maria.says("hello")
    grown = (Grew("one\n----\n"), Grew("two"), Ended(Message("one\n----\ntwo")))
    await sent.growing.grow(sent.origin(maria, thread=root.ts), live(Began(WRITER), *grown), "evt:1")
    assert _texts(maria) == ["one", "two"]


async def test_changes_that_slack_does_not_take_are_made_up_for_at_the_end(sent: Sent, slack: SlackServer, maria: Person) -> None:
    _no_streams(slack)
    slack.fail("chat.update", status=429, retry_after=300, times=2)
    root = maria.says("hello")
    await sent.growing.grow(sent.origin(maria, thread=root.ts), live(*_said("One ", "two ", "three.")), "evt:1")
    assert _texts(maria) == ["One two three."]


# -- the rest


async def test_cards_alone_are_a_message_and_more_of_them_follow_the_stream(
    sent: Sent, slack: SlackServer, maria: Person
) -> None:
    root = maria.says("hello")
    origin = sent.origin(maria, thread=root.ts)
    await sent.growing.grow(origin, live(Began(WRITER), Ended(Message(cards=(FEEDBACK,)))), "evt:1")
    assert slack.called("chat.startStream") == []
    files = (File("plan.md", "text/markdown", b"# Plan"),)
    grown = (Grew("Here."), Ended(Message("Here.", (Card("", (Text("x"),)),), files)))
    await sent.growing.grow(origin, live(Began(WRITER), *grown), "evt:2")
    assert maria.last.files == ("plan.md",)


async def test_blocks_that_a_stream_does_not_take_are_made_plainer(sent: Sent, slack: SlackServer, maria: Person) -> None:
    root = maria.says("hello")
    slack.fail("chat.stopStream", error="invalid_blocks", when=lambda args: "context_actions" in str(args.get("blocks")))
    await sent.growing.grow(sent.origin(maria, thread=root.ts), live(*_said("One.", cards=(FEEDBACK,))), "evt:1")
    assert len(maria.answers) == 1
    assert maria.last.text.startswith("One.")
    assert Feature.FEEDBACK in sent.means.abilities.without(slack.team.id)


async def test_where_no_blocks_are_taken_the_cards_follow_as_text(sent: Sent, slack: SlackServer, maria: Person) -> None:
    root = maria.says("hello")
    slack.fail("chat.stopStream", error="invalid_blocks", when=lambda args: bool(args.get("blocks")), times=9)
    await sent.growing.grow(sent.origin(maria, thread=root.ts), live(*_said("One.", cards=(FEEDBACK,))), "evt:1")
    assert maria.answers[0].text == "One."
    assert len(maria.answers) == 2
    await slack.settled()


@pytest.mark.parametrize("error", ["not_in_channel", "is_archived"])
async def test_where_we_may_not_write_the_whole_answer_goes_to_the_direct_messages(
    sent: Sent, slack: SlackServer, maria: Person, room: Channel, error: str
) -> None:
    root = maria.says("@Elevate hello", channel=room)
    for method in ("chat.startStream", "chat.postMessage"):
        slack.fail(method, error=error, when=lambda args: args["channel"] == room.id, times=9)
    await sent.growing.grow(sent.origin(maria, room, root.ts), live(*_said("One ", "two.")), "evt:1")
    assert maria.last.text == "One two."
    assert maria.last.channel == slack.world.direct(maria.user).id


async def test_a_workspace_without_sessions_shows_a_status_and_one_without_both_nothing(
    sent: Sent, slack: SlackServer, maria: Person
) -> None:
    root = maria.says("hello")
    slack.fail("agents.sessions.setStatus", error="unknown_method", times=9)
    origin = sent.origin(maria, thread=root.ts)
    await sent.growing.grow(origin, live(*_said("One.")), "evt:1")
    status = slack.called("assistant.threads.setStatus")[0]
    assert len(status["loading_messages"]) > 1
    slack.fail("assistant.threads.setStatus", error="unknown_method", times=9)
    await sent.growing.grow(origin, live(*_said("Two.")), "evt:2")
    await sent.growing.grow(origin, live(*_said("Three.")), "evt:3")
    assert _texts(maria) == ["One.", "Two.", "Three."]
    assert sum("tatus" in each.method for each in slack.calls) == 3
    await slack.settled()


async def test_a_private_answer_in_a_channel_is_shown_to_one_person_when_it_is_finished(
    sent: Sent, slack: SlackServer, maria: Person, room: Channel
) -> None:
    other = slack.person("Ann")
    room.members.add(other.id)
    root = maria.says("@Elevate hello", channel=room)
    await sent.growing.grow(sent.origin(maria, room, root.ts), live(*_said("One ", "two."), private=True), "evt:1")
    assert _texts(maria) == ["Writer is at work…", "One two."]
    assert all(each.ephemeral for each in maria.answers)
    assert other.answers == []


async def test_a_private_answer_that_is_stopped_shows_what_came(
    sent: Sent, slack: SlackServer, maria: Person, room: Channel
) -> None:
    going = asyncio.Event()

    async def updates() -> AsyncGenerator[Update, None]:
        yield Began(WRITER)
        yield Grew("What came")
        going.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(sent.growing.grow(sent.origin(maria, room), Live(updates(), private=True), "evt:1"))
    await going.wait()
    await until(lambda: bool(maria.answers))
    for _ in range(20):
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert maria.last.text == f"What came\n\n{STOPPED}"


async def test_what_breaks_the_answer_off_is_raised(sent: Sent, maria: Person) -> None:
    root = maria.says("hello")

    async def updates() -> AsyncGenerator[Update, None]:
        yield Grew("One ")
        raise SlackTrouble

    with pytest.raises(SlackTrouble):
        await sent.growing.grow(sent.origin(maria, thread=root.ts), Live(updates()), "evt:1")


async def test_without_the_permission_for_faces_the_stream_begins_with_the_name(
    sent: Sent, slack: SlackServer, maria: Person
) -> None:
    root = maria.says("hello")

    slack.fail("chat.startStream", error="missing_scope chat:write.customize", when=lambda args: "username" in args, times=9)
    await sent.growing.grow(sent.origin(maria, thread=root.ts), live(*_said("One ", "two.")), "evt:1")
    assert _texts(maria) == ["**Writer**\n\nOne two."]
    assert sent.means.abilities.without(slack.team.id) == {Feature.FACE}
