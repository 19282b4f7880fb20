"""Channels, threads, webhooks and direct messages refuse what the bot may not do there."""

from __future__ import annotations

import discord
import pytest

from tests.contracts.discord.asking import EPHEMERAL, PNG, Asking, faults, text, v2
from tests.servers.discord import Permission
from tests.servers.discord.acts import hide, start_thread
from tests.servers.discord.things import Flag

NEEDS = {
    "a message": (Permission.SEND_MESSAGES, "/channels/{room}/messages", {"content": "x"}),
    "an embed": (Permission.EMBED_LINKS, "/channels/{room}/messages", {"embeds": [{"title": "x"}]}),
    "a message in a thread": (Permission.SEND_MESSAGES_IN_THREADS, "/channels/{thread}/messages", {"content": "x"}),
    "a thread": (Permission.CREATE_PUBLIC_THREADS, "/channels/{room}/messages/{said}/threads", {"name": "x"}),
    "a thread of its own": (Permission.CREATE_PUBLIC_THREADS, "/channels/{room}/threads", {"name": "x", "type": 11}),
    "a private thread": (Permission.CREATE_PRIVATE_THREADS, "/channels/{room}/threads", {"name": "x", "type": 12}),
    "a webhook": (Permission.MANAGE_WEBHOOKS, "/channels/{room}/webhooks", {"name": "x"}),
}


@pytest.mark.parametrize("name", NEEDS)
async def test_what_the_bot_may_not_do_is_refused_until_it_may(name: str, asking: Asking) -> None:
    what, template, body = NEEDS[name]
    world, guild = asking.world, asking.discord.guild
    thread = start_thread(world, asking.room, "thread", asking.maria.id)
    path = template.format(room=asking.room.id, thread=thread.id, said=asking.said().id)
    world.forbid(guild, what, asking.room)
    assert await asking.ask("POST", path, body) == (403, {"message": "Missing Permissions", "code": 50013})
    assert asking.discord.refusals[-1].why == f"Missing Permissions: {what.name}"
    world.allow(guild, what, asking.room)
    world.forbid(guild, what)
    assert (await asking.ask("POST", path, body))[0] in {200, 201}, "a channel's own word comes before the guild's"


async def test_files_need_their_permission(asking: Asking) -> None:
    asking.world.forbid(asking.discord.guild, Permission.ATTACH_FILES)
    status, answer = await asking.post({"content": "x"}, {"a.png": PNG})
    assert (status, answer["code"]) == (403, 50013)


async def test_a_channel_that_the_bot_cannot_see_or_that_is_not_there_is_refused(asking: Asking) -> None:
    hide(asking.world, asking.room)
    assert (await asking.post({"content": "x"}))[1]["code"] == 50001
    assert (await asking.ask("GET", "/channels/1"))[1]["code"] == 10003
    private = start_thread(asking.world, asking.discord.channel("other"), "p", asking.maria.id, private=True)
    assert (await asking.ask("GET", f"/channels/{private.id}"))[1]["code"] == 50001


async def test_messages_of_others_are_neither_changed_nor_taken_away(asking: Asking) -> None:
    path = f"/channels/{asking.room.id}/messages/{asking.said().id}"
    assert (await asking.ask("PATCH", path, {"content": "x"}))[1]["code"] == 50005
    assert (await asking.ask("DELETE", path))[1]["code"] == 50013
    assert (await asking.ask("GET", f"/channels/{asking.room.id}/messages/1"))[1]["code"] == 10008


async def test_a_message_has_one_thread_with_its_own_id(asking: Asking, client: discord.Client) -> None:
    said = asking.said("how?")
    message = client.get_partial_messageable(int(asking.room.id)).get_partial_message(int(said.id))
    thread = await client.http.start_thread_with_message(int(asking.room.id), message.id, name="How?", auto_archive_duration=1440)
    assert thread["id"] == said.id
    assert said.thread == said.id
    assert Flag.HAS_THREAD in said.flags
    assert {asking.maria.id, asking.world.bot.id} == set(asking.world.channels[said.id].members)
    path = f"/channels/{asking.room.id}/messages/{said.id}/threads"
    assert (await asking.ask("POST", path, {"name": "again"}))[1]["code"] == 160004
    assert (await asking.ask("POST", f"/channels/{said.id}/threads", {"name": "x", "type": 11}))[1]["code"] == 50024


async def test_an_archived_thread_opens_for_words_only_and_a_locked_one_for_nothing(asking: Asking) -> None:
    world = asking.world
    thread = start_thread(world, asking.room, "thread", world.bot.id)
    path = f"/channels/{thread.id}"
    status, mine = await asking.ask("POST", f"{path}/messages", {"content": "mine"})
    assert status == 200
    thread.archived = True
    message = f"{path}/messages/{mine['id']}"
    assert (await asking.ask("PATCH", message, {"content": "x"}))[1]["code"] == 50083
    assert (await asking.ask("DELETE", message))[1]["code"] == 50083
    assert (await asking.ask("PUT", f"{path}/thread-members/{asking.maria.id}"))[1]["code"] == 50083
    assert (await asking.ask("PATCH", path, {"name": "x"}))[1]["code"] == 50083
    assert (await asking.ask("POST", f"{path}/messages", {"content": "x"}))[0] == 200
    assert not thread.archived
    thread.archived = True
    assert (await asking.ask("PATCH", path, {"archived": False, "name": "anew"}))[1]["name"] == "anew"
    thread.locked = True
    assert (await asking.ask("POST", f"{path}/messages", {"content": "x"}))[1]["code"] == 160005


async def test_a_private_thread_is_seen_by_who_is_in_it(asking: Asking) -> None:
    other = asking.discord.person("Sam")
    _, made = await asking.ask("POST", f"/channels/{asking.room.id}/threads", {"name": "x", "type": 12})
    thread = asking.world.channels[made["id"]]
    assert not asking.world.sees(asking.maria.id, thread)
    assert (await asking.ask("PUT", f"/channels/{thread.id}/thread-members/{asking.maria.id}"))[0] == 204
    assert asking.world.sees(asking.maria.id, thread)
    assert not asking.world.sees(other.id, thread)
    stranger = asking.discord.stranger("Nobody")
    assert (await asking.ask("PUT", f"/channels/{thread.id}/thread-members/{stranger.id}"))[1]["code"] == 50001


async def test_webhooks_speak_with_a_name_and_face_also_in_threads_of_their_channel(
    asking: Asking, client: discord.Client
) -> None:
    room = await client.fetch_channel(int(asking.room.id))
    assert isinstance(room, discord.TextChannel)
    webhook = await room.create_webhook(name="coach")
    thread = start_thread(asking.world, asking.room, "thread", asking.maria.id)
    face = f"{asking.discord.url}/emojis/1.png"
    where = discord.Object(int(thread.id))
    sent = await webhook.send("hello", username="Writer", avatar_url=face, thread=where, wait=True)
    message = asking.world.any_message(str(sent.id))
    assert message is not None
    assert (message.name, message.face, message.channel, message.webhook) == ("Writer", face, thread.id, str(webhook.id))
    await webhook.edit_message(sent.id, content="hello again", thread=where)
    assert message.content == "hello again"
    with pytest.raises(discord.NotFound) as lost:
        await webhook.edit_message(sent.id, content="x")
    assert lost.value.code == 10008
    with pytest.raises(discord.NotFound) as lost:
        await webhook.edit_message(int(asking.said(channel=thread).id), content="not mine", thread=where)
    assert lost.value.code == 10008
    with pytest.raises(discord.NotFound) as lost:
        await webhook.send("x", thread=discord.Object(int(asking.discord.channel("other").id)), wait=True)
    assert lost.value.code == 10003
    await webhook.delete()
    with pytest.raises(discord.NotFound) as lost:
        await webhook.send("x", wait=True)
    assert lost.value.code == 10015


async def test_a_webhook_with_a_wrong_token_or_a_flag_for_interactions_is_refused(asking: Asking) -> None:
    made = await asking.webhook()
    path = f"/webhooks/{made['id']}"
    assert (await asking.ask("POST", f"{path}/wrong", {"content": "x"}, token=None))[1]["code"] == 50027
    _, answer = await asking.ask("POST", f"{path}/{made['token']}", {"content": "x", "flags": EPHEMERAL}, token=None)
    assert faults(answer) == ["flags MESSAGE_FLAGS_INVALID"]
    _, answer = await asking.ask("POST", f"{path}/{made['token']}", v2(text("x")), token=None, query="?wait=true")
    assert answer["application_id"] == asking.world.application.id


async def test_direct_messages_reach_only_who_takes_them(asking: Asking) -> None:
    async def write(user: str) -> int:
        status, channel = await asking.ask("POST", "/users/@me/channels", {"recipient_id": user})
        assert status == 200
        _, answer = await asking.ask("POST", f"/channels/{channel['id']}/messages", {"content": "x"})
        return int(answer.get("code", 0))

    assert await write(asking.maria.id) == 0
    asking.maria.closed = True
    assert await write(asking.maria.id) == 50007
    stranger = asking.discord.stranger("Nobody")
    assert await write(stranger.id) == 50278
    asking.world.users[stranger.id].installed = True
    assert await write(stranger.id) == 0
    asking.world.slow_directs = asking.world.opened_directs
    late = asking.discord.person("Late")
    assert (await asking.ask("POST", "/users/@me/channels", {"recipient_id": late.id}))[1]["code"] == 40003
    assert (await asking.ask("POST", "/users/@me/channels", {"recipient_id": "1"}))[1]["code"] == 50033
