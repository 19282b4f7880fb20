"""The stand-in's door: tokens, routes, queries, rate limits, what goes wrong on demand, and the files; by the real client."""

from __future__ import annotations

import io
from time import monotonic

import aiohttp
import discord
import pytest

from tests.contracts.discord.asking import PNG, Asking, faults
from tests.servers.discord import DiscordServer, Fault


async def test_without_the_bots_token_nothing_is_answered_and_each_try_counts(asking: Asking) -> None:
    refused = (401, {"message": "401: Unauthorized", "code": 0})
    assert await asking.ask("GET", "/users/@me", token="Bot wrong") == refused
    assert await asking.ask("GET", "/users/@me", token=None) == refused
    assert await asking.ask("GET", "/users/@me", token=asking.discord.token) == refused
    assert asking.discord.api.invalid == 3
    assert (await asking.ask("GET", "/users/@me"))[0] == 200


async def test_the_real_client_is_told_that_its_token_is_wrong(server: DiscordServer, client: discord.Client) -> None:
    other = discord.Client(intents=discord.Intents.none())
    with pytest.raises(discord.LoginFailure):
        await other.login("wrong")
    await other.close()


async def test_a_route_that_does_not_exist_is_refused_and_recorded(asking: Asking) -> None:
    assert (await asking.ask("GET", "/nothing/here"))[0] == 404
    assert (await asking.ask("PUT", "/gateway"))[0] == 405
    assert (await asking.ask("GET", "/voice/regions"))[0] == 501
    assert faults((await asking.ask("GET", "/channels/general/messages"))[1]) == ["channel_id NUMBER_TYPE_COERCE"]
    assert [(each.path, each.status) for each in asking.discord.refusals] == [
        ("/nothing/here", 404),
        ("/gateway", 405),
        ("/voice/regions", 501),
        ("/channels/general/messages", 400),
    ]


async def test_queries_are_held_to_the_description(asking: Asking) -> None:
    path = f"/channels/{asking.room.id}/messages"
    assert faults((await asking.ask("GET", path, query="?limit=101"))[1]) == ["limit SCHEMA_MAXIMUM"]
    assert faults((await asking.ask("GET", path, query="?limit=many"))[1]) == ["limit SCHEMA_TYPE"]
    assert faults((await asking.ask("GET", path, query="?newest=1"))[1]) == ["newest UNKNOWN"]
    assert faults((await asking.ask("GET", path, query="?before=1&after=1"))[1]) == ["after MUTUALLY_EXCLUSIVE"]


async def test_history_is_read_newest_first_in_pages(asking: Asking) -> None:
    said = [asking.said(str(number)).id for number in range(5)]
    path = f"/channels/{asking.room.id}/messages"

    async def ids(query: str) -> list[str]:
        return [each["id"] for each in (await asking.ask("GET", path, query=query))[1]]

    assert await ids("?limit=2") == [said[4], said[3]]
    assert await ids(f"?limit=2&before={said[3]}") == [said[2], said[1]]
    assert await ids(f"?limit=2&after={said[1]}") == [said[3], said[2]]
    assert await ids(f"?limit=3&around={said[2]}") == [said[3], said[2], said[1]]


async def test_a_body_that_is_no_json_or_in_no_shape_is_refused(asking: Asking) -> None:
    assert faults((await asking.ask("POST", "/users/@me/channels", {"recipient_id": "x"}))[1]) == ["recipient_id SCHEMA_PATTERN"]
    assert faults((await asking.ask("GET", "/users/@me", {"a": 1}))[1]) == [" UNKNOWN"]
    headers = {"Authorization": f"Bot {asking.discord.token}", "Content-Type": "application/json"}
    url = f"{asking.discord.api_url}/channels/{asking.room.id}/messages"
    async with aiohttp.ClientSession() as session, session.post(url, data="{", headers=headers) as answer:
        assert (answer.status, (await answer.json())["code"]) == (400, 50109)


async def test_the_same_nonce_twice_gives_the_message_that_is_there(asking: Asking) -> None:
    body = {"content": "x", "nonce": "17", "enforce_nonce": True}
    first, again = await asking.post(body), await asking.post({**body, "content": "y"})
    assert first == again
    assert len(asking.world.history(asking.room.id)) == 1


async def test_every_answer_tells_its_rate_limit_and_too_many_calls_are_refused_where_that_is_on(
    asking: Asking, client: discord.Client
) -> None:
    rates = asking.discord.rates
    rates.on, rates.limits = True, {"create_message": (2, 0.3)}
    channel = await client.fetch_channel(int(asking.room.id))
    assert isinstance(channel, discord.TextChannel)
    for number in range(4):  # the client minds the headers
        await channel.send(str(number))
    assert [each.status for each in asking.discord.calls if each.route == "create_message"] == [200] * 4
    rates.window = 60.0
    path = f"/channels/{asking.room.id}"
    statuses = [(await asking.ask("GET", path))[0] for _ in range(6)]
    assert (statuses[-1], statuses[0]) == (429, 200)
    asking.discord.clock.advance(61)
    assert (await asking.ask("GET", path))[0] == 200


async def test_calls_fail_as_a_test_asks_and_the_real_client_gets_over_it(asking: Asking, client: discord.Client) -> None:
    channel = client.get_partial_messageable(int(asking.room.id))
    for fault in (
        Fault("POST", "/messages$", status=429, retry_after=0.05),
        Fault("POST", "/messages$", status=429, retry_after=0.05, everywhere=True),
        Fault("POST", "/messages$", delay=0.05),
    ):
        asking.discord.fail(fault)
        before = monotonic()
        await channel.send("hello")
        assert monotonic() - before >= 0.05
    assert len(asking.world.history(asking.room.id)) == 3
    assert asking.discord.refusals == []


@pytest.mark.parametrize(
    ("fault", "done"),
    [
        (Fault("POST", "/messages$", drop="before"), 0),
        (Fault("POST", "/messages$", drop="after"), 1),
        (Fault("POST", "/messages$", status=502), 0),
        (Fault("POST", "/messages$", status=500, carried_out=True), 1),
        (Fault("*", "/channels/", status=403, code=50013), 0),
    ],
)
async def test_a_call_that_fails_is_carried_out_only_where_the_test_says_so(fault: Fault, done: int, asking: Asking) -> None:
    asking.discord.fail(fault)
    if fault.drop is not None:
        with pytest.raises(aiohttp.ClientError):
            await asking.post({"content": "x"})
    else:
        assert (await asking.post({"content": "x"}))[0] == fault.status
    assert len(asking.world.history(asking.room.id)) == done
    assert (await asking.post({"content": "again"}))[0] == 200


async def test_attachments_and_emojis_lie_on_the_same_server(asking: Asking, client: discord.Client) -> None:
    channel = client.get_partial_messageable(int(asking.room.id))
    sent = await channel.send(file=discord.File(io.BytesIO(PNG), "chart.png", description="a chart"))
    assert (sent.attachments[0].description, sent.attachments[0].width) == ("a chart", 3)
    assert await sent.attachments[0].read() == PNG
    emoji = await client.create_application_emoji(name="writer_1a2b", image=PNG)
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{asking.discord.url}/emojis/{emoji.id}.png") as answer:
            assert (answer.status, answer.content_type, await answer.read()) == (200, "image/png", PNG)
        async with session.get(f"{asking.discord.url}/emojis/1.png") as answer:
            assert answer.status == 404
    await emoji.delete()
    assert await client.fetch_application_emojis() == []


async def test_the_real_client_reads_and_registers_what_the_app_has(asking: Asking, client: discord.Client) -> None:
    about = await client.application_info()
    assert (about.name, about.id, client.user is not None) == ("Elevate", int(asking.world.application.id), True)
    tree = discord.app_commands.CommandTree(client)

    @tree.command(name="run", description="Run a prompt")
    async def run(interaction: discord.Interaction, code: str) -> None: ...

    registered = await tree.sync()
    assert [each.name for each in registered] == ["run"]
    assert [each["options"][0]["name"] for each in asking.world.commands[None]] == ["code"]
    await registered[0].edit(description="Run one")
    assert [each.description for each in await tree.fetch_commands()] == ["Run one"]
    await registered[0].delete()
    assert asking.world.commands[None] == []
