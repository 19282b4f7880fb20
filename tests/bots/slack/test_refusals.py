"""What Slack refuses, through the whole program: people have their answer all the same, plainer or elsewhere; the log says so."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from tests.bots.slack.whole import Office, answers_in, hurried, office, told
from tests.servers.claude import ClaudeServer, Says
from tests.servers.slack import Person, SlackServer
from tests.servers.slack.shapes import Json
from tests.servers.slack.things import Channel
from tests.stories.slack import MANIFEST

FOR_EVER = 10**6
QUESTION = "@Elevate @Teacher what is a hook?"
ANSWER = "It stops the right person."
SENDING = ("chat.postMessage", "chat.startStream", "agents.sessions.setStatus", "assistant.threads.setStatus")


@pytest.fixture
async def slack() -> AsyncGenerator[SlackServer]:
    async with SlackServer(MANIFEST) as server:
        server.deliveries.echoes = False
        server.deliveries.pauses = (0, 0, 0)
        yield server


@pytest.fixture
async def claude() -> AsyncGenerator[ClaudeServer]:
    async with ClaudeServer(usual=Says((ANSWER,))) as server:
        yield server


@pytest.fixture
async def here(slack: SlackServer, claude: ClaudeServer, tmp_path: Path) -> AsyncGenerator[Office]:
    async with office(told(tmp_path, slack, claude), slack, wait=hurried) as one:
        yield one


async def quiet(slack: SlackServer, here: Office) -> None:
    """Everything is answered, and shown."""
    await slack.settled()
    await here.idle()
    await slack.settled()


def events(logged: list[Any]) -> set[str]:
    """What the log says, each once."""
    return {str(each["event"]) for each in logged}


@pytest.mark.parametrize("error", ["channel_not_found", "is_archived", "not_in_channel"])
async def test_where_we_may_not_write_the_answer_comes_directly_with_the_place(
    slack: SlackServer, maria: Person, room: Channel, here: Office, error: str
) -> None:
    for method in SENDING:
        slack.fail(method, error=error, times=FOR_EVER, when=lambda args: room.id in args.values())
    with capture_logs() as logged:
        maria.says(QUESTION, room)
        await quiet(slack, here)
    assert [each for each in maria.messages(room) if each.by_bot] == []
    where, answer = maria.answers
    assert "where I cannot write" in where.text
    assert ANSWER in answer.text
    assert not {"answer failed", "answer not posted"} & events(logged)


@pytest.mark.parametrize("error", ["msg_too_long", "invalid_blocks", "msg_blocks_too_long"])
async def test_what_is_refused_for_its_looks_comes_plainer(slack: SlackServer, maria: Person, here: Office, error: str) -> None:
    slack.fail("chat.postMessage", error=error, times=FOR_EVER, when=lambda args: bool(args.get("blocks")))
    slack.fail("chat.stopStream", error=error, times=FOR_EVER, when=lambda args: bool(args.get("blocks")))
    with capture_logs() as logged:
        agents, asked = maria.says("/agents"), maria.says(QUESTION)
        await quiet(slack, here)
    assert "Director" in "".join(answers_in(maria, agents))
    assert ANSWER in "".join(answers_in(maria, asked))
    assert not {"answer failed", "answer not posted"} & events(logged)


@pytest.mark.parametrize("error", ["account_inactive", "token_revoked", "invalid_auth"])
async def test_a_workspace_that_will_have_none_of_us_is_one_clear_line_and_the_program_goes_on(
    slack: SlackServer, maria: Person, here: Office, error: str
) -> None:
    maria.says("/agents")
    await quiet(slack, here)
    before = len(maria.answers)
    slack.fail("*", error=error, times=FOR_EVER)
    with capture_logs() as logged:
        maria.says("/agents")
        maria.says(QUESTION)
        await quiet(slack, here)
    assert len(maria.answers) == before
    [closed] = [each for each in logged if each["event"] == "slack workspace closed"]
    assert closed["error"] == error
    [stopped] = [each for each in logged if each["event"] == "slack stopped"]
    assert "SLACK_BOT_TOKEN" in stopped["remedy"]
    assert not [each for each in logged if "exc_info" in each]
    slack.faults.clear()
    again = maria.says("/agents")
    await quiet(slack, here)
    assert len(answers_in(maria, again)) == 1


async def test_without_the_permissions_for_faces_statuses_and_files_the_answer_is_there(
    slack: SlackServer, maria: Person, claude: ClaudeServer, tmp_path: Path
) -> None:
    scopes = {*MANIFEST["oauth_config"]["scopes"]["bot"]} - {"chat:write.customize", "assistant:write", "files:write"}
    slack.world.grant(slack.team, " ".join(sorted(scopes)))
    async with office(told(tmp_path, slack, claude), slack, wait=hurried) as here:
        with capture_logs() as logged:
            asked = maria.says(QUESTION)
            await quiet(slack, here)
    assert ANSWER in "".join(answers_in(maria, asked))
    assert not {"answer failed", "answer not posted"} & events(logged)


FAULTS: Mapping[str, Mapping[str, Any]] = {
    "429": {"status": 429, "retry_after": 20},
    "500": {"status": 500},
    "500 carried out": {"status": 500, "carried_out": True},
    "lost before": {"drop": "before"},
    "lost after": {"drop": "after"},
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("method", ["chat.postMessage", "chat.startStream", "chat.stopStream", "chat.update"])
async def test_whatever_becomes_of_a_call_the_answer_is_there_once_and_whole(
    slack: SlackServer, maria: Person, here: Office, claude: ClaudeServer, method: str, fault: str
) -> None:
    fail: Callable[..., None] = slack.fail
    fail(method, times=2, **FAULTS[fault])
    if method == "chat.update":
        slack.fail("chat.startStream", error="feature_not_enabled", times=FOR_EVER)
    agents, asked = maria.says("/agents"), maria.says(QUESTION)
    await quiet(slack, here)
    assert len(answers_in(maria, agents)) == 1
    answers = answers_in(maria, asked)
    assert sum(ANSWER in each for each in answers) == 1
    assert sum(each.count(ANSWER) for each in answers) == 1
    assert not any(each.streaming for each in maria.answers)
    assert len(claude.requests) == 1


async def test_a_slow_slack_holds_up_no_acknowledgement(slack: SlackServer, maria: Person, here: Office) -> None:
    await slack.settled(until=lambda: bool(slack.called("auth.test")))
    slack.fail("*", delay=0.5, times=FOR_EVER)
    asked = [maria.says("/agents") for _ in range(8)]
    await slack.settled(until=lambda: len(slack.acks) == len(asked), midway=True)
    assert max(each.seconds for each in slack.acks) < 0.45
    await slack.settled(until=lambda: all(answers_in(maria, each) for each in asked), within=30)


async def test_a_trigger_that_is_too_old_leads_to_a_button_for_the_form(slack: SlackServer, maria: Person, here: Office) -> None:
    slack.fail("views.open", error="expired_trigger_id", times=FOR_EVER)
    await maria.commands("/assets", "add")
    await quiet(slack, here)
    slack.faults.clear()
    assert maria.modal is None
    [button] = [each for each in maria.answers[-1].message.blocks if each["type"] == "actions"]
    await maria.presses(button["elements"][0]["text"]["text"])
    await quiet(slack, here)
    assert maria.modal


@pytest.mark.parametrize("error", ["used_url", "expired_url"])
async def test_a_response_url_that_takes_no_more_is_not_needed(
    slack: SlackServer, maria: Person, room: Channel, here: Office, error: str
) -> None:
    slack.fail("response_url", status=404, error=error)
    await maria.commands("/progress", "", room)
    await quiet(slack, here)
    [answer] = [each for each in maria.messages(room) if each.by_bot]
    assert answer.ephemeral
    assert "module 0" in answer.text


NEWER = frozenset({"markdown", "table", "data_table", "data_visualization", "context_actions"})
METHODS = (
    "chat.startStream",
    "agents.sessions.setStatus",
    "assistant.threads.setStatus",
    "assistant.threads.setSuggestedPrompts",
)


@pytest.mark.parametrize("error", ["unknown_method", "feature_not_enabled", "method_not_supported_for_channel_type"])
async def test_in_a_workspace_without_the_newer_features_every_kind_of_answer_arrives(
    slack: SlackServer, maria: Person, claude: ClaudeServer, tmp_path: Path, error: str
) -> None:
    scopes = {*MANIFEST["oauth_config"]["scopes"]["bot"]} - {"chat:write.customize", "files:write"}
    slack.world.grant(slack.team, " ".join(sorted(scopes)))
    for method in METHODS:
        slack.fail(method, error=error, times=FOR_EVER)
    for method in ("chat.postMessage", "chat.update", "chat.postEphemeral", "response_url"):
        slack.fail(method, error="invalid_blocks", times=FOR_EVER, when=newer)
    async with office(told(tmp_path, slack, claude), slack, wait=hurried) as here:
        with capture_logs() as logged:
            maria.opens_messages()
            asked = maria.says(QUESTION)
            await quiet(slack, here)
            assert ANSWER in "".join(answers_in(maria, asked))
            for words, seen in (
                ("/agents", "Director"),
                ("/progress", "module 0"),
                ("/foundation", "Company"),
                ("/kpi log leads 12", "12"),
                ("/kpi report", "leads"),
                ("/export", "export"),
            ):
                said = maria.says(words)
                await quiet(slack, here)
                assert seen in "".join(answers_in(maria, said)), words
            maria.opens_home()
            await slack.settled(until=lambda: bool(maria.home))
            await maria.commands("/assets", "add")
            await slack.settled(until=lambda: maria.modal is not None)
    assert not {"answer failed", "answer not posted"} & events(logged)
    assert not [each for each in logged if "exc_info" in each]
    assert not any(newer({"blocks": each.message.blocks}) for each in maria.answers)


def newer(args: Json) -> bool:
    """Whether one of the newer blocks is in it."""
    return any(each.get("type") in NEWER for each in args.get("blocks") or ())


async def test_what_comes_before_slack_says_who_we_are_is_not_acknowledged_and_comes_again(
    slack: SlackServer, maria: Person, claude: ClaudeServer, tmp_path: Path
) -> None:
    slack.fail("auth.test", error="internal_error", times=2)  # while we learn it, and when the event asks again
    async with office(told(tmp_path, slack, claude), slack, wait=hurried) as here:
        await slack.settled(until=lambda: len(slack.refusals) == 1)
        with capture_logs() as logged:
            asked = maria.says("/agents")
            await quiet(slack, here)
    assert "slack call failed" in events(logged)
    assert len(answers_in(maria, asked)) == 1
    assert [each.attempt for each in slack.acks] == [1]


async def test_being_taken_out_of_the_workspace_is_acknowledged_and_told(slack: SlackServer, maria: Person, here: Office) -> None:
    with capture_logs() as logged:
        slack.uninstalls(slack.team)
        await quiet(slack, here)
    assert {each["reason"] for each in logged if each["event"] == "slack stopped"} == {"uninstalled"}
    assert slack.acks
    assert not slack.deliveries.missed
