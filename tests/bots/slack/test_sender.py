"""Letters and answers through the real slack_sdk: where they go, how they look, and what happens when Slack refuses."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bots.slack.posts import Feature
from bots.slack.troubles import SlackBusy, SlackRefused, SlackUnreachable
from core.outbox import Undeliverable
from core.request import Address, File, Platform
from core.ui import Call, Card, Chart, Feedback, Message, Page, Picture, Series, Table
from tests.bots.slack.sending import WRITER, Sent
from tests.servers.slack import Person, SlackServer
from tests.servers.slack.things import Channel

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
CHART = Chart("line", "Sales", "£", (Series("Sales", (("May", 1.0), ("June", 2.0))),))
RICH = Message("Here it is.", (Card("", (CHART, Table(("a", "b"), ()), Feedback(Call("good"), Call("bad")))),))


def _at(slack: SlackServer, channel: str, thread: str = "") -> Address:
    return Address(Platform.SLACK, slack.team.id, channel, thread)


def _calls(slack: SlackServer, method: str) -> int:
    return sum(each.method == method for each in slack.calls)


async def test_a_letter_goes_to_the_direct_messages_which_are_opened_once(sent: Sent, slack: SlackServer, maria: Person) -> None:
    to = _at(slack, f"@{maria.id}")
    first = await sent.messenger.post(to, Message("Hello"), key="let:1")
    await sent.messenger.post(to, Message("Again", speaker=WRITER), key="let:2")
    assert [each.text for each in maria.answers] == ["Hello", "Again"]
    assert (maria.last.author, maria.last.icon) == ("Writer", ":pencil2:")
    assert _calls(slack, "conversations.open") == 1
    assert await sent.messenger.find(to, "let:1") == first
    assert await sent.messenger.find(to, "let:3") is None
    posted = slack.called("chat.postMessage")[0]
    assert (posted["unfurl_links"], posted["unfurl_media"]) == (False, False)


async def test_a_message_is_found_in_a_thread_and_changed_there(
    sent: Sent, slack: SlackServer, maria: Person, room: Channel
) -> None:
    root = maria.says("@Elevate hello", channel=room)
    place = _at(slack, room.id, root.ts)
    ts = await sent.messenger.post(place, Message("One moment"), key="job:1")
    await sent.messenger.edit(place, ts, Message("Done"))
    assert await sent.messenger.find(place, "job:1") == ts
    assert [each.text for each in maria.answers] == ["Done"]


async def test_what_was_deleted_stays_so_and_what_cannot_be_changed_is_sent_anew(
    sent: Sent, slack: SlackServer, maria: Person, room: Channel
) -> None:
    place = _at(slack, room.id)
    ts = await sent.messenger.post(place, Message("One moment"))
    slack.fail("chat.update", error="message_not_found")
    await sent.messenger.edit(place, ts, Message("Done"))
    assert [each.text for each in maria.answers] == ["One moment"]
    slack.fail("chat.update", error="edit_window_closed")
    await sent.messenger.edit(place, ts, Message("Done"))
    assert [each.text for each in maria.answers] == ["One moment", "Done"]


@pytest.mark.parametrize("drop", ["before", "after"])
async def test_a_post_without_an_answer_is_looked_for_before_it_is_sent_again(
    sent: Sent, slack: SlackServer, maria: Person, drop: Any
) -> None:
    slack.fail("chat.postMessage", drop=drop)
    ts = await sent.messenger.post(_at(slack, f"@{maria.id}"), Message("Hello"), key="let:1")
    assert [each.text for each in maria.answers] == ["Hello"]
    assert maria.last.ts == ts


async def test_a_post_that_was_carried_out_although_slack_said_500_is_not_sent_again(
    sent: Sent, slack: SlackServer, maria: Person
) -> None:
    slack.fail("chat.postMessage", status=500, carried_out=True)
    await sent.messenger.post(_at(slack, f"@{maria.id}"), Message("Hello"))
    assert [each.text for each in maria.answers] == ["Hello"]


async def test_slack_being_away_for_long_is_a_trouble(sent: Sent, slack: SlackServer, maria: Person) -> None:
    slack.fail("chat.postMessage", status=503, times=9)
    with pytest.raises(SlackUnreachable):
        await sent.messenger.post(_at(slack, f"@{maria.id}"), Message("Hello"))
    slack.faults.clear()
    slack.fail("chat.postMessage", status=429, retry_after=1, times=9)
    with pytest.raises(SlackBusy, match="in a minute"):
        await sent.messenger.post(_at(slack, f"@{maria.id}"), Message("Hello"))


async def test_of_a_message_in_parts_only_those_are_sent_again_that_are_missing(
    sent: Sent, slack: SlackServer, maria: Person
) -> None:
    to, letter = _at(slack, f"@{maria.id}"), Message("one\n----\ntwo\n----\nthree")
    slack.fail("chat.postMessage", error="is_archived", when=lambda args: args["text"] == "three")
    with pytest.raises(Undeliverable):
        await sent.messenger.post(to, letter, key="let:1")
    assert await sent.messenger.find(to, "let:1") is None
    first = await sent.messenger.post(to, letter, key="let:1")
    assert [each.text for each in maria.answers] == ["one", "two", "three"]
    assert await sent.messenger.find(to, "let:1") == first == maria.answers[0].ts


@pytest.mark.parametrize(
    ("refused", "left"),
    [
        ({"data_visualization"}, {Feature.CHART}),
        ({"table"}, {Feature.TABLE}),
        ({"context_actions"}, {Feature.FEEDBACK}),
        ({"markdown"}, {Feature.MARKDOWN}),
    ],
)
async def test_what_a_workspace_does_not_know_is_left_out_and_remembered(
    sent: Sent, slack: SlackServer, maria: Person, refused: set[str], left: set[Feature]
) -> None:
    def knows_not(args: dict[str, Any]) -> bool:
        return any(block["type"] in refused for block in args.get("blocks", []))

    slack.fail("chat.postMessage", error="invalid_blocks", when=knows_not, times=99)
    await sent.messenger.post(_at(slack, f"@{maria.id}"), RICH)
    assert sent.means.abilities.without(slack.team.id) == left
    before = len(slack.refusals)
    await sent.messenger.post(_at(slack, f"@{maria.id}"), RICH)
    assert len(slack.refusals) == before
    assert len(maria.answers) == 2


async def test_where_no_block_is_taken_the_text_goes_and_that_is_not_remembered(
    sent: Sent, slack: SlackServer, maria: Person
) -> None:
    slack.fail("chat.postMessage", error="invalid_blocks", when=lambda args: bool(args.get("blocks")), times=99)
    await sent.messenger.post(_at(slack, f"@{maria.id}"), RICH)
    assert "Here it is." in maria.last.text
    assert sent.means.abilities.without(slack.team.id) == frozenset()


async def test_a_text_that_is_too_long_goes_in_as_many_messages_as_it_takes(
    sent: Sent, slack: SlackServer, maria: Person
) -> None:
    words = "\n\n".join(f"Paragraph {number} " + "word " * 300 for number in range(30))
    await sent.messenger.post(_at(slack, f"@{maria.id}"), Message(words))
    said = "\n\n".join(each.text for each in maria.answers)
    assert [f"Paragraph {number} " in said for number in range(30)] == [True] * 30
    assert sent.means.abilities.without(slack.team.id) == frozenset()


@pytest.mark.parametrize("error", ["channel_not_found", "is_archived", "not_in_channel", "restricted_action"])
async def test_what_cannot_be_said_there_is_said_directly_with_the_place(
    sent: Sent, slack: SlackServer, maria: Person, room: Channel, error: str
) -> None:
    slack.fail("chat.postMessage", error=error, when=lambda args: args["channel"] == room.id)
    await sent.messenger.answer(sent.origin(maria, room), Message("For you"), "evt:1")
    direct = slack.world.direct(maria.user)
    assert [each.channel for each in maria.answers] == [direct.id, direct.id]
    assert f"<#{room.id}>" in maria.answers[0].message.text
    assert maria.last.text == "For you"
    slack.fail("chat.postMessage", error=error)
    with pytest.raises(Undeliverable):
        await sent.messenger.post(_at(slack, room.id), Message("A letter"))


@pytest.mark.parametrize("error", ["cannot_dm_bot", "user_disabled", "user_not_found"])
async def test_whom_nobody_can_write_to_gets_no_letter_and_no_answer(
    sent: Sent, slack: SlackServer, maria: Person, error: str
) -> None:
    slack.fail("conversations.open", error=error, times=2)
    with pytest.raises(Undeliverable):
        await sent.messenger.post(_at(slack, f"@{maria.id}"), Message("A letter"))
    home = replace(sent.origin(maria), channel=f"@{maria.id}")
    assert await sent.messenger.answer(home, Message("Hello"), "evt:1") == ""


async def test_an_unknown_error_is_a_trouble_with_its_code(sent: Sent, slack: SlackServer, maria: Person) -> None:
    slack.fail("chat.postMessage", error="moon_is_full")
    with pytest.raises(SlackRefused, match="try again") as raised:
        await sent.messenger.answer(sent.origin(maria), Message("Hello"), "evt:1")
    assert raised.value.code == "moon_is_full"


async def test_without_the_permission_for_faces_the_name_stands_in_the_text(
    sent: Sent, slack: SlackServer, maria: Person
) -> None:
    slack.fail("chat.postMessage", error="missing_scope chat:write.customize", when=lambda args: "username" in args)
    await sent.messenger.post(_at(slack, f"@{maria.id}"), Message("Hello", speaker=WRITER))
    assert maria.last.text == "Writer: Hello"
    assert not any("username" in each for each in slack.called("chat.postMessage"))


# -- private, in a shared place


async def test_a_private_answer_in_a_channel_is_shown_to_that_person_alone(
    sent: Sent, slack: SlackServer, maria: Person, room: Channel
) -> None:
    other = slack.person("Ann")
    room.members.add(other.id)
    root = maria.says("@Elevate hello", channel=room)
    await sent.messenger.answer(sent.origin(maria, room, root.ts), Message("For you", private=True, speaker=WRITER), "evt:1")
    assert (maria.last.text, maria.last.ephemeral, maria.last.thread_ts) == ("For you", True, root.ts)
    assert other.answers == []


async def test_a_response_url_is_used_first_and_when_it_is_used_up_an_ephemeral_message(
    sent: Sent, slack: SlackServer, maria: Person, room: Channel
) -> None:
    url = slack.world.response_url(maria.user, room.id, None, None)
    origin = sent.origin(maria, room, response_url=url)
    for number in range(7):
        await sent.messenger.answer(origin, Message(f"Answer {number}", private=True), f"evt:{number}")
    assert [each.text for each in maria.answers] == [f"Answer {number}" for number in range(7)]
    assert all(each.ephemeral for each in maria.answers)
    assert _calls(slack, "chat.postEphemeral") == 2


async def test_an_old_response_url_is_no_way_any_more(sent: Sent, slack: SlackServer, maria: Person, room: Channel) -> None:
    url = slack.world.response_url(maria.user, room.id, None, None)
    slack.clock.advance(1801)
    await sent.messenger.answer(sent.origin(maria, room, response_url=url), Page("Home", ()), "evt:1")
    assert maria.last.ephemeral
    assert _calls(slack, "chat.postEphemeral") == 1


@pytest.mark.parametrize("status", [429, 500, 403])
async def test_a_response_url_that_is_not_taken_just_now_is_no_way_either(
    sent: Sent, slack: SlackServer, maria: Person, room: Channel, status: int
) -> None:
    url = slack.world.response_url(maria.user, room.id, None, None)
    slack.fail("response_url", status=status)
    await sent.messenger.answer(sent.origin(maria, room, response_url=url), Message("For you", private=True), "evt:1")
    assert [(each.text, each.ephemeral) for each in maria.answers] == [("For you", True)]
    assert _calls(slack, "chat.postEphemeral") == 1


async def test_a_response_is_made_plainer_where_slack_does_not_take_it(
    sent: Sent, slack: SlackServer, maria: Person, room: Channel
) -> None:
    url = slack.world.response_url(maria.user, room.id, None, None)
    slack.fail("response_url", error="invalid_blocks")
    rich = Message("Here.", RICH.cards, private=True)
    await sent.messenger.answer(sent.origin(maria, room, response_url=url), rich, "evt:1")
    assert maria.last.ephemeral
    assert Feature.CHART in sent.means.abilities.without(slack.team.id)


async def test_where_nothing_private_can_be_shown_it_goes_to_the_direct_messages(
    sent: Sent, slack: SlackServer, maria: Person
) -> None:
    strange = slack.channel("strange", maria, bot=False)
    url = slack.world.response_url(maria.user, strange.id, None, None)
    slack.clock.advance(1801)
    await sent.messenger.answer(sent.origin(maria, strange, response_url=url), Message("For you", private=True), "evt:1")
    assert [each.channel for each in maria.answers] == [slack.world.direct(maria.user).id] * 2
    assert f"<#{strange.id}>, where I cannot answer you alone" in maria.answers[0].message.text


async def test_in_a_direct_conversation_a_private_message_is_a_message(sent: Sent, maria: Person) -> None:
    root = maria.says("hello")
    await sent.messenger.answer(sent.origin(maria, thread=root.ts), Message("For you", private=True), "evt:1")
    assert not maria.last.ephemeral
    assert maria.last.thread_ts == root.ts


async def test_where_the_thread_of_a_direct_conversation_is_gone_the_answer_comes_below(sent: Sent, maria: Person) -> None:
    await sent.messenger.answer(sent.origin(maria, thread="1700000000.000100"), Message("For you", private=True), "evt:1")
    [shown] = maria.answers
    assert (shown.message.text, shown.thread_ts) == ("For you", None)


async def test_an_ephemeral_answer_is_made_plainer_too(sent: Sent, slack: SlackServer, maria: Person, room: Channel) -> None:
    def chart(args: dict[str, Any]) -> bool:
        return "data_visualization" in str(args.get("blocks"))

    slack.fail("chat.postEphemeral", error="invalid_blocks", when=chart)
    rich = Message("Here.", RICH.cards, private=True)
    await sent.messenger.answer(sent.origin(maria, room), rich, "evt:1")
    assert maria.last.ephemeral
    assert Feature.CHART in sent.means.abilities.without(slack.team.id)


# -- files and pictures


async def test_files_are_handed_over_in_the_thread(sent: Sent, slack: SlackServer, maria: Person, room: Channel) -> None:
    root = maria.says("@Elevate hello", channel=room)
    files = (File("plan.md", "text/markdown", b"# Plan"), File("figures.csv", "text/csv", b"a,b"))
    await sent.messenger.answer(sent.origin(maria, room, root.ts), Message("Here.", files=files), "evt:1")
    assert maria.last.files == ("plan.md", "figures.csv")
    assert maria.last.thread_ts == root.ts


@pytest.mark.parametrize("drop", ["before", "after"])
async def test_files_come_once_though_an_answer_is_lost(sent: Sent, slack: SlackServer, maria: Person, drop: Any) -> None:
    slack.fail("files.completeUploadExternal", drop=drop)
    slack.fail("upload", status=500)
    await sent.messenger.answer(sent.origin(maria), Message("Here.", files=(File("a.csv", "text/csv", b"1"),)), "evt:1")
    assert [each.files for each in maria.answers] == [(), ("a.csv",)]


async def test_private_files_go_to_the_direct_messages(sent: Sent, slack: SlackServer, maria: Person, room: Channel) -> None:
    files = (File("plan.md", "text/markdown", b"# Plan"),)
    await sent.messenger.answer(sent.origin(maria, room), Message("Here.", files=files, private=True), "evt:1")
    direct = slack.world.direct(maria.user).id
    assert [(each.channel, each.files) for each in maria.answers] == [(room.id, ()), (direct, ("plan.md",)), (room.id, ())]
    assert "plan.md" in maria.last.text


async def test_without_the_permission_for_files_it_is_said_so(sent: Sent, slack: SlackServer, maria: Person) -> None:
    held = slack.world.bot_token(slack.team)
    slack.world.tokens[held.value] = type(held)(held.value, "bot", held.team, ("chat:write", "im:write", "im:history"))
    await sent.messenger.answer(sent.origin(maria), Message("Here.", files=(File("a.csv", "text/csv", b"1"),)), "evt:1")
    assert "files:write" in maria.last.text


def _pictured() -> Message:
    return Message("Look.", (Card("", (), image=Picture("Sales rose", File("sales.png", "image/png", PNG))),))


async def test_a_picture_stands_in_the_message_when_slack_has_worked_on_it(sent: Sent, slack: SlackServer, maria: Person) -> None:
    await sent.messenger.answer(sent.origin(maria), _pictured(), "evt:1")
    shown = [block for block in maria.last.message.blocks if block["type"] == "image"]
    assert shown[0]["slack_file"]["id"] in slack.world.files
    assert len(maria.answers) == 1


async def test_a_picture_that_takes_too_long_is_handed_over_as_a_file(sent: Sent, slack: SlackServer, maria: Person) -> None:
    slack.world.file_seconds = 3600
    await sent.messenger.answer(sent.origin(maria), _pictured(), "evt:1")
    assert "Sales rose" in maria.answers[0].text
    assert maria.last.files == ("sales.png",)


async def test_a_picture_that_slack_will_not_show_is_handed_over_as_a_file(sent: Sent, slack: SlackServer, maria: Person) -> None:
    slack.fail("chat.postMessage", error="invalid_blocks", when=lambda args: "slack_file" in str(args.get("blocks")))
    await sent.messenger.answer(sent.origin(maria), _pictured(), "evt:1")
    assert "Sales rose" in maria.answers[0].text
    assert maria.last.files == ("sales.png",)


# -- order


async def test_what_is_sent_at_once_keeps_its_order_and_its_parts_together(sent: Sent, slack: SlackServer, maria: Person) -> None:
    slack.fail("chat.postMessage", status=429, retry_after=1)
    origin = sent.origin(maria)
    await asyncio.gather(*(sent.messenger.answer(origin, Message(f"{n}a\n----\n{n}b"), f"evt:{n}") for n in range(4)))
    assert [each.text for each in maria.answers] == [f"{n}{part}" for n in range(4) for part in "ab"]
