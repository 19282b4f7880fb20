"""Clients, retries and what comes back, through the real slack_sdk against the stand-in."""

from __future__ import annotations

import asyncio

import pytest

from bots.slack.clients import one_token, opened
from bots.slack.troubles import SlackBusy, SlackRefused, SlackUnreachable, WorkspaceClosed, WorkspaceGone
from tests.bots.passing import Time
from tests.bots.slack.sending import Sent, sending
from tests.servers.slack import Person, SlackServer
from tests.servers.slack.things import Channel


def _count(slack: SlackServer, method: str) -> int:
    return sum(each.method == method for each in slack.calls)


@pytest.mark.parametrize("cut", [0, 1], ids=["with a slash", "without"])
async def test_the_address_may_end_with_a_slash_or_without(slack: SlackServer, cut: int) -> None:
    time = Time()
    url = slack.api_url[: len(slack.api_url) - cut]
    async with opened(api_url=url, tokens=one_token(slack.bot_token), now=time.now, wait=time.wait) as clients:
        assert (await (await clients.of("T1")).auth_test())["ok"]


async def test_a_proxy_in_the_environment_is_not_asked_for_loopback(slack: SlackServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    async with sending(slack, tokens=one_token(slack.bot_token)) as sent:
        assert (await sent.api.call(slack.team.id, "auth.test"))["ok"]


async def test_each_workspace_has_its_own_token_which_is_looked_up_once_a_minute(slack: SlackServer) -> None:
    other = slack.another_team("Other")
    asked: list[str] = []

    async def lookup(team: str) -> str | None:
        asked.append(team)
        return slack.world.bot_token(slack.world.teams[team]).value

    async with sending(slack, tokens=lookup) as sent:
        for team in (slack.team, other, slack.team):
            assert (await sent.api.call(team.id, "auth.test"))["team_id"] == team.id
        assert asked == [slack.team.id, other.id]
        sent.time.passes(61)
        await sent.api.call(other.id, "auth.test")
        assert asked == [slack.team.id, other.id, other.id]


async def test_words_arrive_as_they_were_half_of_a_surrogate_pair_among_them(slack: SlackServer, maria: Person) -> None:
    async with sending(slack, tokens=one_token(slack.bot_token)) as sent:
        for text in ("Fuzzy jar? “Yes” – 👋", "broken off: \ud83d"):
            await sent.api.call(slack.team.id, "chat.postMessage", channel=maria.dm.id, text=text)
            assert maria.last.text == text


async def test_where_we_are_not_installed_nothing_is_called(slack: SlackServer) -> None:
    async def nowhere(team: str) -> str | None:
        return None

    async with sending(slack, tokens=nowhere) as sent:
        with pytest.raises(WorkspaceGone):
            await sent.api.call("T404", "auth.test")
    assert slack.calls == []


async def test_a_call_that_came_too_soon_comes_again_when_slack_says(slack: SlackServer, room: Channel) -> None:
    time = Time()
    slack.fail("chat.postMessage", status=429, retry_after=7, times=2)
    async with opened(api_url=slack.api_url, tokens=one_token(slack.bot_token), now=time.now, wait=time.wait) as clients:
        await (await clients.of("T1")).chat_postMessage(channel=room.id, text="Hello")
    assert [7 <= each < 8 for each in time.waited] == [True, True]
    assert len(slack.called("chat.postMessage")) == 1


async def test_after_five_pauses_slack_is_busy(sent: Sent, slack: SlackServer, room: Channel) -> None:
    slack.fail("chat.postMessage", status=429, retry_after=1, times=9)
    with pytest.raises(SlackBusy):
        await sent.api.call(slack.team.id, "chat.postMessage", channel=room.id, text="Hello")
    assert _count(slack, "chat.postMessage") == 6


async def test_a_pause_that_nobody_can_wait_for_is_told_at_once(sent: Sent, slack: SlackServer, room: Channel) -> None:
    slack.fail("chat.postMessage", status=429, retry_after=600)
    with pytest.raises(SlackBusy):
        await sent.api.call(slack.team.id, "chat.postMessage", channel=room.id, text="Hello")
    assert _count(slack, "chat.postMessage") == 1


async def test_what_does_no_harm_twice_is_repeated_after_an_error_of_slacks(sent: Sent, slack: SlackServer) -> None:
    slack.fail("auth.test", status=500, times=2)
    assert (await sent.api.call(slack.team.id, "auth.test"))["ok"]
    slack.fail("auth.test", drop="before")
    assert (await sent.api.call(slack.team.id, "auth.test"))["ok"]
    slack.fail("auth.test", status=503, times=3)
    with pytest.raises(SlackUnreachable):
        await sent.api.call(slack.team.id, "auth.test")


@pytest.mark.parametrize("fault", [{"status": 500}, {"drop": "after"}], ids=["500", "lost"])
async def test_what_people_would_see_twice_is_not_repeated_blindly(
    sent: Sent, slack: SlackServer, room: Channel, fault: dict[str, object]
) -> None:
    if "drop" in fault:
        slack.fail("chat.postMessage", drop="after")
    else:
        slack.fail("chat.postMessage", status=500)
    with pytest.raises(SlackUnreachable) as raised:
        await sent.api.call(slack.team.id, "chat.postMessage", channel=room.id, text="Hello")
    assert raised.value.perhaps_done
    assert _count(slack, "chat.postMessage") == 1


async def test_a_server_that_nobody_listens_at_was_told_nothing() -> None:
    time = Time()
    server = SlackServer()
    async with server:
        pass
    async with sending(server, tokens=one_token("xoxb-1"), time=time) as sent:
        with pytest.raises(SlackUnreachable) as raised:
            await sent.api.call("T1", "chat.postMessage", channel="C1", text="Hello")
    assert not raised.value.perhaps_done


async def test_a_refusal_says_its_error_its_scope_and_what_it_is_about(sent: Sent, slack: SlackServer, room: Channel) -> None:
    wrong = [{"type": "section", "text": {"type": "plain_text", "text": "x" * 3001}}]
    with pytest.raises(SlackRefused) as raised:
        await sent.api.call(slack.team.id, "chat.postMessage", channel=room.id, text="Hello", blocks=wrong)
    assert raised.value.code == "invalid_blocks"
    slack.world.grant(slack.team, "chat:write")
    async with sending(slack, tokens=one_token(slack.bot_token)) as poor:
        with pytest.raises(SlackRefused) as missing:
            await poor.api.call(slack.team.id, "files.info", file="F1")
    assert (missing.value.code, missing.value.needed) == ("missing_scope", "files:read")


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        ("account_inactive", WorkspaceGone),
        ("token_revoked", WorkspaceGone),
        ("invalid_auth", WorkspaceClosed),
        ("not_authed", WorkspaceClosed),
    ],
)
async def test_a_workspace_that_will_have_none_of_us_is_told_once(
    sent: Sent, slack: SlackServer, error: str, trouble: type[Exception]
) -> None:
    slack.fail("auth.test", error=error, times=2)
    for _ in range(2):
        with pytest.raises(trouble):
            await sent.api.call(slack.team.id, "auth.test")
    assert sent.off == [slack.team.id]
    assert (await sent.api.call(slack.team.id, "auth.test"))["ok"]


async def test_a_pause_holds_up_one_channel_alone(sent: Sent, slack: SlackServer, maria: Person, room: Channel) -> None:
    other = slack.channel("other", maria)
    order: list[str] = []
    held = asyncio.Event()

    async def first() -> None:
        async with sent.means.lanes.lane(slack.team.id, room.id):
            await held.wait()
            order.append("first")

    async def then(name: str, channel: str) -> None:
        async with sent.means.lanes.lane(slack.team.id, channel):
            order.append(name)

    tasks = [asyncio.create_task(each) for each in (first(), then("second", room.id), then("elsewhere", other.id))]
    await asyncio.wait_for(tasks[2], 5)
    held.set()
    await asyncio.gather(*tasks)
    assert order == ["elsewhere", "first", "second"]
    assert len(sent.means.lanes) == 0
