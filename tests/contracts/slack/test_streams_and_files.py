"""Messages that grow, what a thread shows meanwhile, files, faults of the Web API, and installations."""

from __future__ import annotations

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.models.messages.chunk import MarkdownTextChunk, PlanUpdateChunk, TaskUpdateChunk
from slack_sdk.web.async_client import AsyncWebClient

from tests.contracts.slack.tiny_app import TinyApp
from tests.servers.slack import Impossible, Message, Person, SlackServer

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
async def said(slack: SlackServer, maria: Person) -> Message:
    slack.deliveries.patience, slack.deliveries.pauses = 0.0, ()
    return maria.says("tell me")


async def test_a_stream_grows_before_a_persons_eyes(client: AsyncWebClient, maria: Person, said: Message) -> None:
    stream = await client.chat_stream(
        channel=maria.dm.id, thread_ts=said.ts, buffer_size=1, username="Mira", icon_emoji=":seedling:"
    )
    task = TaskUpdateChunk(id="1", title="Reading", status="in_progress")
    await stream.append(chunks=[PlanUpdateChunk(title="A plan"), task])
    await stream.append(markdown_text="Once ")
    maria.sees("A plan", "◐ Reading", "Once")
    assert maria.last.streaming
    assert (maria.last.author, maria.last.icon) == ("Mira", ":seedling:")
    done = TaskUpdateChunk(id="1", title="Reading", status="complete")
    await stream.stop(markdown_text="upon a time", chunks=[done], blocks=[{"type": "divider"}])
    maria.sees("● Reading", "Once upon a time", "———")
    assert not maria.last.streaming


async def test_a_stream_ends_after_five_minutes(slack: SlackServer, client: AsyncWebClient, maria: Person, said: Message) -> None:
    ts = (await client.chat_startStream(channel=maria.dm.id, thread_ts=said.ts, markdown_text="Once "))["ts"]
    slack.clock.advance(301)
    for call in (client.chat_appendStream, client.chat_stopStream):
        with pytest.raises(SlackApiError, match="message_not_in_streaming_state"):
            await call(channel=maria.dm.id, ts=ts, markdown_text="upon")
    await client.chat_update(channel=maria.dm.id, ts=ts, text="Once upon a time")
    maria.sees("Once upon a time")


async def test_an_open_stream_is_not_edited_nor_deleted_nor_of_two_kinds(
    client: AsyncWebClient, maria: Person, said: Message
) -> None:
    ts = (await client.chat_startStream(channel=maria.dm.id, thread_ts=said.ts, markdown_text="Once "))["ts"]
    with pytest.raises(SlackApiError, match="streaming_state_conflict"):
        await client.chat_update(channel=maria.dm.id, ts=ts, text="x")
    with pytest.raises(SlackApiError, match="cant_delete_message"):
        await client.chat_delete(channel=maria.dm.id, ts=ts)
    with pytest.raises(SlackApiError, match="streaming_mode_mismatch"):
        await client.chat_appendStream(channel=maria.dm.id, ts=ts, chunks=[MarkdownTextChunk(text="x")])
    with pytest.raises(SlackApiError, match="msg_too_long"):
        await client.chat_appendStream(channel=maria.dm.id, ts=ts, markdown_text="x" * 12_001)
    with pytest.raises(SlackApiError, match="no_text"):
        await client.chat_appendStream(channel=maria.dm.id, ts=ts)


@pytest.mark.parametrize(
    "chunk",
    [
        {"type": "poem", "text": "x"},
        {"type": "markdown_text"},
        {"type": "task_update", "id": "1", "title": "x", "status": "late"},
        {"type": "task_update", "id": "1", "title": "x" * 257, "status": "complete"},
        {"type": "plan_update", "title": "x", "colour": "red"},
    ],
)
async def test_chunks_that_slack_does_not_take_are_refused(
    client: AsyncWebClient, maria: Person, said: Message, chunk: dict[str, str]
) -> None:
    with pytest.raises(SlackApiError, match="invalid_chunks"):
        await client.chat_startStream(channel=maria.dm.id, thread_ts=said.ts, chunks=[chunk])
    assert maria.answers == []


async def test_stop_is_told_to_the_app_and_ends_the_stream(slack: SlackServer, app: TinyApp, maria: Person) -> None:
    said = maria.says("tell me")
    await slack.settled()
    ts = (await app.client.chat_startStream(channel=maria.dm.id, thread_ts=said.ts, markdown_text="Once "))["ts"]
    maria.stops()
    await slack.settled(midway=True)
    stopped = app.heard[-1]["event"]
    assert (stopped["type"], stopped["streaming_message_ts"], stopped["thread_ts"]) == ("agent_session_stopped", [ts], said.ts)
    with pytest.raises(SlackApiError, match="stopped_by_user"):
        await app.client.chat_appendStream(channel=maria.dm.id, ts=ts, markdown_text="x")
    await app.client.chat_stopStream(channel=maria.dm.id, ts=ts, session_status="active")
    await slack.settled()
    with pytest.raises(Impossible):
        maria.stops()


async def test_a_status_is_shown_until_the_answer_or_two_minutes(
    slack: SlackServer, client: AsyncWebClient, maria: Person, said: Message
) -> None:
    await client.assistant_threads_setStatus(channel_id=maria.dm.id, thread_ts=said.ts, status="is thinking…")
    assert maria.status(said) == "is thinking…"
    with pytest.raises(AssertionError, match="the status of"):
        await slack.settled(within=0.1)
    await client.chat_postMessage(channel=maria.dm.id, thread_ts=said.ts, text="x")
    assert maria.status(said) == ""
    await client.assistant_threads_setStatus(channel_id=maria.dm.id, thread_ts=said.ts, status="is thinking…")
    slack.clock.advance(121)
    assert maria.status(said) == ""


async def test_prompts_for_a_thread_show_nothing(client: AsyncWebClient, maria: Person, said: Message) -> None:
    prompts = [{"title": "Begin", "message": "Let us begin"}]
    await client.assistant_threads_setSuggestedPrompts(channel_id=maria.dm.id, prompts=prompts, thread_ts=said.ts)
    assert maria.prompts == []
    await client.assistant_threads_setSuggestedPrompts(channel_id=maria.dm.id, prompts=prompts, title="Hello")
    assert maria.picks_prompt("Begin").text == "Let us begin"


async def test_a_session_has_a_status_and_a_name(client: AsyncWebClient, maria: Person, said: Message) -> None:
    for status in ("processing", "active"):
        answer = await client.agents_sessions_setStatus(channel_id=maria.dm.id, thread_ts=said.ts, status=status, title="A talk")
        assert (answer["status"], answer["title"]) == (status, "A talk")
    await client.agents_sessions_rename(channel_id=maria.dm.id, thread_ts=said.ts, title="Another")


async def test_a_file_is_uploaded_in_three_steps_and_shown(
    slack: SlackServer, client: AsyncWebClient, session: aiohttp.ClientSession, maria: Person, said: Message
) -> None:
    slack.world.file_seconds = 2
    done = await client.files_upload_v2(
        filename="a.png", content=PNG, title="A chart", channel=maria.dm.id, initial_comment="Look", thread_ts=said.ts
    )
    maria.sees("Look", "File: A chart")
    file = done["file"]["id"]
    picture = [{"type": "image", "alt_text": "A chart", "slack_file": {"id": file}}]
    assert (await client.files_info(file=file))["file"]["mimetype"] == ""
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await client.chat_postMessage(channel=maria.dm.id, text="x", blocks=picture)
    slack.clock.advance(2)
    info = (await client.files_info(file=file))["file"]
    assert info["mimetype"] == "image/png"
    await client.chat_postMessage(channel=maria.dm.id, text="x", blocks=picture)
    maria.sees("Image: A chart")
    async with session.get(info["url_private"], headers={"Authorization": f"Bearer {client.token}"}) as whole:
        assert await whole.read() == PNG
    async with session.get(info["url_private"]) as stranger:
        assert stranger.content_type == "text/html"
    await client.files_delete(file=file)
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_info(file=file)


async def test_an_upload_of_another_length_is_refused(client: AsyncWebClient, session: aiohttp.ClientSession) -> None:
    address = await client.files_getUploadURLExternal(filename="a.txt", length=3)
    async with session.post(address["upload_url"], data=b"four") as answer:
        assert answer.status == 400
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_completeUploadExternal(files=[{"id": address["file_id"], "title": "x"}])


async def test_a_persons_file_comes_to_the_app(slack: SlackServer, app: TinyApp, maria: Person) -> None:
    maria.uploads("my figures", {"figures.csv": b"a,b\n1,2\n"})
    maria.uploads("@Elevate mine", {"figures.csv": b"a,b\n"}, slack.channel("general", maria))
    await slack.settled()
    event = app.heard[0]["event"]
    assert (event["subtype"], event["files"][0]["mimetype"]) == ("file_share", "text/csv")
    assert {each["event"]["type"] for each in app.heard} == {"message", "app_mention"}


async def test_faults_come_as_often_as_asked_and_where_asked(slack: SlackServer, client: AsyncWebClient, maria: Person) -> None:
    channel = maria.dm.id
    slack.fail("chat.postMessage", error="channel_not_found", when=lambda args: args["text"] == "x")
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await client.chat_postMessage(channel=channel, text="x")
    slack.fail("*", status=429, retry_after=3, times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError) as raised:
            await client.chat_postMessage(channel=channel, text="y")
        assert raised.value.response.headers["Retry-After"] == "3"
    slack.fail("chat.postMessage", status=500, carried_out=True)
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel=channel, text="done all the same")
    slack.fail("chat.postMessage", drop="before")
    slack.fail("chat.postMessage", drop="after")
    for text in ("lost", "done, unsaid"):
        with pytest.raises(aiohttp.ClientError):
            await client.chat_postMessage(channel=channel, text=text)
    slack.fail("chat.postMessage", delay=0.01)
    await client.chat_postMessage(channel=channel, text="slow")
    assert [each.text for each in maria.answers] == ["done all the same", "done, unsaid", "slow"]


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")  # slack_sdk hands it to aiohttp
async def test_an_installation_gives_a_token_and_taking_it_off_takes_it_back(slack: SlackServer, app: TinyApp) -> None:
    other = slack.another_team("Other", installed=False)
    code = slack.installs(other, "https://example.com/done")
    secrets = {"client_id": slack.world.client_id, "client_secret": slack.world.client_secret}
    with pytest.raises(SlackApiError, match="bad_client_secret"):
        await app.client.oauth_v2_access(client_id=secrets["client_id"], client_secret="x", code=code)
    came = await app.client.oauth_v2_access(code=code, redirect_uri="https://example.com/done", **secrets)
    theirs = AsyncWebClient(came["access_token"], base_url=slack.api_url, session=app.client.session, proxy="")
    assert (await theirs.auth_test())["team"] == "Other"
    await theirs.apps_uninstall(**secrets)
    await slack.settled()
    assert [each["event"]["type"] for each in app.heard] == ["tokens_revoked", "app_uninstalled"]
    with pytest.raises(SlackApiError, match="account_inactive"):
        await theirs.auth_test()


async def test_history_and_threads_are_read_in_pages(client: AsyncWebClient, maria: Person, said: Message) -> None:
    metadata = {"event_type": "nudge", "event_payload": {"key": "k"}}
    for text in ("one", "two"):
        await client.chat_postMessage(channel=maria.dm.id, thread_ts=said.ts, text=text, metadata=metadata)
    thread = await client.conversations_replies(channel=maria.dm.id, ts=said.ts, include_all_metadata=True, limit=2)
    assert [each["text"] for each in thread["messages"]] == ["tell me", "one"]
    assert thread["messages"][1]["metadata"] == metadata
    cursor = thread["response_metadata"]["next_cursor"]
    rest = await client.conversations_replies(channel=maria.dm.id, ts=said.ts, cursor=cursor)
    assert [each["text"] for each in rest["messages"]] == ["two"]
    assert "metadata" not in rest["messages"][0]
    assert [each["text"] for each in (await client.conversations_history(channel=maria.dm.id))["messages"]] == ["tell me"]


async def test_people_are_known_by_their_zone_and_rest(client: AsyncWebClient, maria: Person) -> None:
    maria.user.rests = (100, 200)
    user = (await client.users_info(user=maria.id, include_locale=True))["user"]
    assert (user["name"], user["tz"], user["locale"], user["is_bot"]) == ("maria", "Europe/Madrid", "en-GB", False)
    assert (await client.dnd_info(user=maria.id))["next_dnd_end_ts"] == 200
    assert (await client.conversations_open(users=maria.id))["channel"]["id"] == maria.dm.id
    assert (await client.conversations_info(channel=maria.dm.id))["channel"]["user"] == maria.id


async def test_an_agreement_sends_the_browser_back_with_a_code(slack: SlackServer, session: aiohttp.ClientSession) -> None:
    other = slack.another_team("Other", installed=False)
    asked = {"client_id": slack.world.client_id, "redirect_uri": "http://127.0.0.1:1/done", "state": "s"}
    async with session.get(f"{slack.url}/oauth/v2/authorize", params=asked, allow_redirects=False) as answer:
        assert answer.status == 302
        assert f"code={other.id}." in answer.headers["Location"]
        assert "state=s" in answer.headers["Location"]
