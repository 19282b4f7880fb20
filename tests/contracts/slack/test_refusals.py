"""The stand-in refuses what Slack refuses, each refusal once, as the real client is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.servers.slack import Channel, Message, Person, SlackServer

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(text: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(text), **more}


def menu(*options: str, **more: Any) -> Json:
    return {
        "type": "static_select",
        "action_id": "m",
        "options": [{"text": plain(each), "value": each} for each in options],
        **more,
    }


def field(label: str, element: Json) -> Json:
    return {"type": "input", "label": plain(label), "element": element}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("T"), "blocks": list(blocks), **more}


def table(rows: int = 1, columns: int = 1, text: str = "x", kind: str = "table", **more: Any) -> Json:
    return {"type": kind, "rows": [[{"type": "raw_text", "text": text}] * columns] * rows, **more}


def line(points: int = 1, names: tuple[str, ...] = ("a",), **more: Any) -> Json:
    categories = [str(each) for each in range(points)]
    data = [{"label": each, "value": 1} for each in categories]
    chart = {
        "type": "line",
        "series": [{"name": each, "data": data} for each in names],
        "axis_config": {"categories": categories},
    }
    return {"type": "data_visualization", "title": "t", "chart": chart, **more}


def pie(*values: float) -> Json:
    segments = [{"label": str(number), "value": value} for number, value in enumerate(values)]
    return {"type": "data_visualization", "title": "t", "chart": {"type": "pie", "segments": segments}}


def image(**more: Any) -> Json:
    return {"type": "image", **more}


@dataclass(frozen=True, slots=True)
class Scene:
    """What the calls name."""

    slack: SlackServer
    maria: Person
    room: Channel
    said: Message
    posted: str


@pytest.fixture
async def scene(slack: SlackServer, maria: Person, client: AsyncWebClient) -> Scene:
    slack.deliveries.patience, slack.deliveries.pauses = 0.0, ()
    room = slack.channel("general", maria)
    said = maria.says("hello", room)
    posted = await client.chat_postMessage(channel=room.id, text="a post")
    return Scene(slack, maria, room, said, str(posted["ts"]))


async def refusal(client: AsyncWebClient, method: str, args: Json) -> Json:
    with pytest.raises(SlackApiError) as raised:
        await client.api_call(method, json=args)
    answer = raised.value.response
    assert isinstance(answer.data, dict)
    return answer.data


BLOCKS: dict[str, list[Json]] = {
    "51 blocks": [{"type": "divider"}] * 51,
    "a block of no type": [{"type": "sparkle"}],
    "an unknown field": [{**section("x"), "colour": "red"}],
    "a long section": [section("x" * 3001)],
    "a section of nothing": [{"type": "section"}],
    "an empty section": [section("")],
    "a long header": [{"type": "header", "text": plain("x" * 151)}],
    "11 fields": [{"type": "section", "fields": [plain("x")] * 11}],
    "empty actions": [{"type": "actions", "elements": []}],
    "26 buttons": [{"type": "actions", "elements": [button(str(each), action_id=str(each)) for each in range(26)]}],
    "a long button": [{"type": "actions", "elements": [button("x" * 76)]}],
    "a button of an unknown style": [{"type": "actions", "elements": [button("x", style="huge")]}],
    "a doubled block_id": [section("x", block_id="b"), section("y", block_id="b")],
    "a doubled action_id": [{"type": "actions", "elements": [button("x", action_id="a"), button("y", action_id="a")]}],
    "a menu of nothing": [section("x", accessory=menu())],
    "101 options": [section("x", accessory=menu(*map(str, range(101))))],
    "doubled values": [section("x", accessory=menu("a", "a"))],
    "an initial option of another menu": [section("x", accessory=menu("a", initial_option={"text": plain("b"), "value": "b"}))],
    "six in an overflow menu": [section("x", accessory={**menu(*"abcdef"), "type": "overflow"})],
    "empty context": [{"type": "context", "elements": []}],
    "an image without alt_text": [image(image_url="https://example.com/a.png")],
    "an image without a picture": [image(alt_text="a")],
    "an image of no file": [image(alt_text="a", slack_file={"id": "F404"})],
    "an image at no address": [image(alt_text="a", image_url="a.png")],
    "an alert in a message": [{"type": "alert", "text": plain("x")}],
    "a number field in a message": [field("x", {"type": "number_input", "is_decimal_allowed": False})],
    "a table of 101 rows": [table(rows=101)],
    "a table of 21 columns": [table(columns=21)],
    "a table of nothing": [table(rows=0)],
    "an empty cell": [table(text="")],
    "a table of too many characters": [table(rows=11, text="x" * 1000)],
    "a data_table without a caption": [table(rows=2, kind="data_table")],
    "a data_table of a header alone": [table(rows=1, kind="data_table", caption="c")],
    "a data_table of 102 rows": [table(rows=102, kind="data_table", caption="c")],
    "a data_table of uneven rows": [
        {"type": "data_table", "caption": "c", "rows": [*table()["rows"], *table(columns=2)["rows"]]}
    ],
    "a page of 101": [table(rows=2, kind="data_table", caption="c", page_size=101)],
    "three charts": [line(), line(), line()],
    "a chart of 21 categories": [line(21)],
    "a chart of 7 series": [line(names=tuple("abcdefg"))],
    "a chart of doubled series": [line(names=("a", "a"))],
    "a chart with a long title": [line(title="x" * 51)],
    "a chart with a missing point": [{**line(2), "chart": {**line(2)["chart"], "series": line(1)["chart"]["series"]}}],
    "a chart of no known type": [{**line(), "chart": {"type": "radar"}}],
    "a pie with a negative slice": [pie(1, -1)],
    "a pie of 13": [pie(*range(1, 14))],
    "a chart with an unknown field": [line(colour="red")],
    "context actions with two of an id": [
        {
            "type": "context_actions",
            "elements": [{"type": "icon_button", "icon": "trash", "text": plain("x"), "action_id": "a"}] * 2,
        }
    ],
}


@pytest.mark.parametrize("blocks", BLOCKS.values(), ids=BLOCKS)
async def test_blocks_that_slack_does_not_take_are_refused(scene: Scene, client: AsyncWebClient, blocks: list[Json]) -> None:
    answer = await refusal(client, "chat.postMessage", {"channel": scene.room.id, "text": "t", "blocks": blocks})
    assert answer["error"] == "invalid_blocks"
    assert "[json-pointer:/blocks" in answer["response_metadata"]["messages"][0]


async def test_blocks_that_slack_takes_are_taken(scene: Scene, client: AsyncWebClient) -> None:
    feedback = {"text": plain("Good"), "value": "good"}
    rated = {"type": "feedback_buttons", "action_id": "f", "positive_button": feedback, "negative_button": feedback}
    blocks = [
        section("x", accessory=menu("a", initial_option={"text": plain("a"), "value": "a"})),
        {"type": "actions", "elements": [button("x", action_id="a", style="primary", value="v"), button("y", action_id="b")]},
        {"type": "context", "elements": [plain("x"), image(alt_text="a", image_url="https://example.com/a.png")]},
        {"type": "markdown", "text": "**x**"},
        table(rows=2, kind="data_table", caption="c", page_size=10),
        line(20, tuple("abcdef")),
        pie(1, 2.5),
        {"type": "context_actions", "elements": [rated]},
        {"type": "container", "title": plain("x"), "child_blocks": [section("y")]},
        {"type": "card", "title": {"type": "mrkdwn", "text": "x"}, "actions": [button("Go", action_id="g")]},
    ]
    await client.chat_postMessage(channel=scene.room.id, text="t", blocks=blocks)
    scene.maria.sees("[a ▾]", "[x] [y]", "**x**", "Chart: t", "[Good]", "[Go]")


VIEWS: dict[str, tuple[Json, str]] = {
    "a long title": ({**modal(section("x")), "title": plain("x" * 25)}, "invalid_arguments"),
    "no title": ({"type": "modal", "blocks": [section("x")]}, "invalid_arguments"),
    "a long submit": (modal(section("x"), submit=plain("x" * 25)), "invalid_arguments"),
    "a field without submit": (modal(field("x", {"type": "plain_text_input"})), "invalid_arguments"),
    "long private_metadata": (modal(section("x"), private_metadata="x" * 3001), "invalid_arguments"),
    "a long callback_id": (modal(section("x"), callback_id="x" * 256), "invalid_arguments"),
    "101 blocks": (modal(*[{"type": "divider"}] * 101), "invalid_arguments"),
    "a table": (modal(table()), "invalid_arguments"),
    "a chart": (modal(line()), "invalid_arguments"),
    "markdown": (modal({"type": "markdown", "text": "x"}), "invalid_arguments"),
    "max_length over 3000": (
        modal(field("x", {"type": "plain_text_input", "max_length": 3001}), submit=plain("s")),
        "invalid_arguments",
    ),
    "an initial value that is too long": (
        modal(field("x", {"type": "plain_text_input", "max_length": 1, "initial_value": "xx"}), submit=plain("s")),
        "invalid_arguments",
    ),
    "an unknown field": (modal(section("x"), colour="red"), "invalid_arguments"),
    "a home view": ({"type": "home", "blocks": [section("x")]}, "invalid_arguments"),
    "too much": (modal(*[section("x" * 3000)] * 100), "view_too_large"),
}


@pytest.mark.parametrize(("view", "error"), VIEWS.values(), ids=VIEWS)
async def test_views_that_slack_does_not_take_are_refused(
    slack: SlackServer, maria: Person, client: AsyncWebClient, view: Json, error: str
) -> None:
    answer = await refusal(client, "views.open", {"trigger_id": slack.world.trigger(maria.user), "view": view})
    assert answer["error"] == error
    assert maria.modal is None


Args = Callable[[Scene], Json]
CALLS: dict[str, tuple[str, Args, str]] = {
    "no such method": ("chat.shout", lambda it: {}, "unknown_method"),
    "an unknown argument": (
        "chat.postMessage",
        lambda it: {"channel": it.room.id, "text": "x", "thread": it.said.ts},
        "invalid_arguments",
    ),
    "a missing argument": ("users.info", lambda it: {}, "invalid_arguments"),
    "no text": ("chat.postMessage", lambda it: {"channel": it.room.id}, "no_text"),
    "a long text": ("chat.postMessage", lambda it: {"channel": it.room.id, "text": "x" * 40_001}, "msg_too_long"),
    "a long markdown_text": (
        "chat.postMessage",
        lambda it: {"channel": it.room.id, "markdown_text": "x" * 12_001},
        "msg_too_long",
    ),
    "markdown_text and text": (
        "chat.postMessage",
        lambda it: {"channel": it.room.id, "markdown_text": "x", "text": "x"},
        "markdown_text_conflict",
    ),
    "long markdown blocks": (
        "chat.postMessage",
        lambda it: {"channel": it.room.id, "blocks": [{"type": "markdown", "text": "x" * 6001}] * 2},
        "msg_blocks_too_long",
    ),
    "a long message of blocks": (
        "chat.postMessage",
        lambda it: {"channel": it.room.id, "blocks": [section("x" * 2700)] * 5},
        "msg_blocks_too_long",
    ),
    "two tables": (
        "chat.postMessage",
        lambda it: {"channel": it.room.id, "blocks": [table(), table(2, kind="data_table", caption="c")]},
        "invalid_attachments",
    ),
    "metadata of another shape": (
        "chat.postMessage",
        lambda it: {"channel": it.room.id, "text": "x", "metadata": {"event_type": "x"}},
        "invalid_metadata_schema",
    ),
    "metadata too large": (
        "chat.postMessage",
        lambda it: {"channel": it.room.id, "text": "x", "metadata": {"event_type": "x", "event_payload": {"x": "x" * 17_000}}},
        "metadata_too_large",
    ),
    "no such channel": ("chat.postMessage", lambda it: {"channel": "C404", "text": "x"}, "channel_not_found"),
    "a private channel of others": (
        "chat.postMessage",
        lambda it: {"channel": it.slack.channel("secret", it.maria, kind="private", bot=False).id, "text": "x"},
        "channel_not_found",
    ),
    "a channel without the bot": (
        "chat.postMessage",
        lambda it: {"channel": it.slack.channel("other", it.maria, bot=False).id, "text": "x"},
        "not_in_channel",
    ),
    "an archived channel": ("chat.postMessage", lambda it: {"channel": _archived(it).id, "text": "x"}, "is_archived"),
    "a restricted channel": ("chat.postMessage", lambda it: {"channel": _restricted(it).id, "text": "x"}, "restricted_action"),
    "no such thread": (
        "chat.postMessage",
        lambda it: {"channel": it.room.id, "text": "x", "thread_ts": "1.000001"},
        "thread_not_found",
    ),
    "a thread that is none": (
        "chat.postMessage",
        lambda it: {"channel": it.room.id, "text": "x", "thread_ts": "now"},
        "invalid_thread_ts",
    ),
    "ephemeral to somebody elsewhere": (
        "chat.postEphemeral",
        lambda it: {"channel": it.room.id, "user": it.slack.person("Ben").id, "text": "x"},
        "user_not_in_channel",
    ),
    "an update of another's message": (
        "chat.update",
        lambda it: {"channel": it.room.id, "ts": it.said.ts, "text": "x"},
        "cant_update_message",
    ),
    "an update of nothing": ("chat.update", lambda it: {"channel": it.room.id, "ts": "1.1", "text": "x"}, "message_not_found"),
    "a long update": (
        "chat.update",
        lambda it: {"channel": it.room.id, "ts": it.posted, "text": "x" * 4001},
        "msg_too_long",
    ),
    "a deletion of another's message": (
        "chat.delete",
        lambda it: {"channel": it.room.id, "ts": it.said.ts},
        "cant_delete_message",
    ),
    "a link to nothing": ("chat.getPermalink", lambda it: {"channel": it.room.id, "message_ts": "1.1"}, "message_not_found"),
    "a stream without a thread": ("chat.startStream", lambda it: {"channel": it.room.id}, "invalid_arguments"),
    "a stream without a recipient": (
        "chat.startStream",
        lambda it: {"channel": it.room.id, "thread_ts": it.said.ts},
        "missing_recipient_user_id",
    ),
    "a stream without the recipient's team": (
        "chat.startStream",
        lambda it: {"channel": it.room.id, "thread_ts": it.said.ts, "recipient_user_id": it.maria.id},
        "missing_recipient_team_id",
    ),
    "a stream to no team": (
        "chat.startStream",
        lambda it: {"channel": it.room.id, "thread_ts": it.said.ts, "recipient_user_id": it.maria.id, "recipient_team_id": "T4"},
        "team_not_found",
    ),
    "an append to a post": (
        "chat.appendStream",
        lambda it: {"channel": it.room.id, "ts": it.posted, "markdown_text": "x"},
        "message_not_in_streaming_state",
    ),
    "an append to another's message": (
        "chat.appendStream",
        lambda it: {"channel": it.room.id, "ts": it.said.ts, "markdown_text": "x"},
        "message_not_owned_by_app",
    ),
    "a status in no thread": (
        "assistant.threads.setStatus",
        lambda it: {"channel_id": it.room.id, "thread_ts": "1.1", "status": "x"},
        "thread_not_found",
    ),
    "eleven loading messages": (
        "assistant.threads.setStatus",
        lambda it: {"channel_id": it.room.id, "thread_ts": it.said.ts, "status": "x", "loading_messages": ["x"] * 11},
        "invalid_arguments",
    ),
    "five prompts": (
        "assistant.threads.setSuggestedPrompts",
        lambda it: {"channel_id": it.maria.dm.id, "prompts": [{"title": "x", "message": "x"}] * 5},
        "invalid_arguments",
    ),
    "an unknown session status": (
        "agents.sessions.setStatus",
        lambda it: {"channel_id": it.room.id, "thread_ts": it.said.ts, "status": "busy"},
        "invalid_arguments",
    ),
    "a name for no session": (
        "agents.sessions.rename",
        lambda it: {"channel_id": it.room.id, "thread_ts": it.said.ts, "title": "x"},
        "session_not_found",
    ),
    "an unknown trigger": ("views.open", lambda it: {"trigger_id": "1.2.x", "view": modal(section("x"))}, "invalid_trigger_id"),
    "a push on nothing": (
        "views.push",
        lambda it: {"trigger_id": it.slack.world.trigger(it.maria.user), "view": modal(section("x"))},
        "not_found",
    ),
    "an update of no view": ("views.update", lambda it: {"view_id": "V404", "view": modal(section("x"))}, "not_found"),
    "a home for nobody": (
        "views.publish",
        lambda it: {"user_id": "U404", "view": {"type": "home", "blocks": [section("x")]}},
        "user_not_found",
    ),
    "a home with a table": (
        "views.publish",
        lambda it: {"user_id": it.maria.id, "view": {"type": "home", "blocks": [table()]}},
        "invalid_arguments",
    ),
    "a home that was never published": (
        "views.publish",
        lambda it: {"user_id": it.maria.id, "view": {"type": "home", "blocks": [section("x")]}, "hash": "1.x"},
        "hash_conflict",
    ),
    "nobody": ("users.info", lambda it: {"user": "U404"}, "user_not_found"),
    "a conversation with nobody": ("conversations.open", lambda it: {"users": "U404"}, "user_not_found"),
    "a thread that was never there": (
        "conversations.replies",
        lambda it: {"channel": it.room.id, "ts": "1.1"},
        "thread_not_found",
    ),
    "a thousand and one": ("conversations.history", lambda it: {"channel": it.room.id, "limit": 1001}, "invalid_limit"),
    "a file that never came": (
        "files.completeUploadExternal",
        lambda it: {"files": [{"id": "F404", "title": "x"}]},
        "file_not_found",
    ),
    "no such file": ("files.info", lambda it: {"file": "F404"}, "file_not_found"),
    "a reaction with colons": (
        "reactions.add",
        lambda it: {"channel": it.room.id, "timestamp": it.said.ts, "name": ":eyes:"},
        "invalid_name",
    ),
    "a socket with the bot's token": ("apps.connections.open", lambda it: {}, "not_allowed_token_type"),
    "a manifest with the bot's token": (
        "apps.manifest.export",
        lambda it: {"app_id": it.slack.world.app_id},
        "not_allowed_token_type",
    ),
    "a code that nobody gave": (
        "oauth.v2.access",
        lambda it: {"client_id": it.slack.world.client_id, "client_secret": it.slack.world.client_secret, "code": "x"},
        "invalid_code",
    ),
}


def _archived(it: Scene) -> Channel:
    it.room.archived = True
    return it.room


def _restricted(it: Scene) -> Channel:
    it.room.restricted = True
    return it.room


@pytest.mark.parametrize(("method", "args", "error"), CALLS.values(), ids=CALLS)
async def test_calls_that_slack_refuses_are_refused(
    scene: Scene, client: AsyncWebClient, method: str, args: Args, error: str
) -> None:
    assert (await refusal(client, method, args(scene)))["error"] == error


@pytest.mark.parametrize(
    ("token", "error"), [("xoxb-unknown", "invalid_auth"), ("", "not_authed"), ("revoked", "token_revoked")], ids=str
)
async def test_calls_without_a_right_token_are_refused(
    slack: SlackServer, client: AsyncWebClient, token: str, error: str
) -> None:
    if token == "revoked":
        assert (await client.auth_revoke())["revoked"]
        token = str(client.token)
    answer = await refusal(client, "auth.test", {"token": token})
    assert answer["error"] == error


async def test_a_missing_scope_is_named(slack: SlackServer, maria: Person, client: AsyncWebClient) -> None:
    narrow = slack.world.grant(slack.team, "chat:write im:write").value
    answer = await refusal(client, "users.info", {"token": narrow, "user": maria.id})
    assert (answer["error"], answer["needed"], answer["provided"]) == ("missing_scope", "users:read", "chat:write,im:write")
    history = await refusal(client, "conversations.history", {"token": narrow, "channel": maria.dm.id})
    assert history["needed"] == "im:history"


async def test_answers_name_the_tokens_scopes(client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert "chat:write" in answer.headers["X-OAuth-Scopes"]


async def test_a_trigger_holds_once_and_for_three_seconds(slack: SlackServer, maria: Person, client: AsyncWebClient) -> None:
    trigger = slack.world.trigger(maria.user)
    await client.views_open(trigger_id=trigger, view=modal(section("x")))
    again = {"trigger_id": trigger, "view": modal(section("x"))}
    assert (await refusal(client, "views.open", again))["error"] == "exchanged_trigger_id"
    late = slack.world.trigger(maria.user)
    slack.clock.advance(3.1)
    assert (await refusal(client, "views.open", {**again, "trigger_id": late}))["error"] == "expired_trigger_id"


async def test_three_views_lie_on_each_other_and_no_more(slack: SlackServer, maria: Person, client: AsyncWebClient) -> None:
    opened = await client.views_open(trigger_id=slack.world.trigger(maria.user), view=modal(section("1"), external_id="one"))
    for number in "23":
        await client.views_push(trigger_id=slack.world.trigger(maria.user), view=modal(section(number)))
    fourth = {"trigger_id": slack.world.trigger(maria.user), "view": modal(section("4"))}
    assert (await refusal(client, "views.push", fourth))["error"] == "push_limit_reached"
    twice = {"trigger_id": slack.world.trigger(maria.user), "view": modal(section("x"), external_id="one")}
    assert (await refusal(client, "views.open", twice))["error"] == "duplicate_external_id"
    stale = {"view_id": opened["view"]["id"], "view": modal(section("x")), "hash": "1.old"}
    assert (await refusal(client, "views.update", stale))["error"] == "hash_conflict"
    await client.views_update(external_id="one", view=modal(section("changed")), hash=opened["view"]["hash"])
    await maria.closes()
    await maria.closes()
    maria.sees("changed")
    await maria.closes()
    gone = {"view_id": opened["view"]["id"], "view": modal(section("x"))}
    assert (await refusal(client, "views.update", gone))["error"] == "not_found"


async def test_too_many_calls_are_told_when_to_come_again(slack: SlackServer, maria: Person, client: AsyncWebClient) -> None:
    slack.rates.on = True
    room = slack.channel("general", maria)
    for _ in range(slack.rates.burst):
        await client.chat_postMessage(channel=room.id, text="x")
    with pytest.raises(SlackApiError) as raised:
        await client.chat_postMessage(channel=room.id, text="x")
    assert raised.value.response.status_code == 429
    assert raised.value.response.headers["Retry-After"] == "1"
    slack.clock.advance(1)
    await client.chat_postMessage(channel=room.id, text="x")
    for _ in range(20):
        await client.api_call("users.list")
    with pytest.raises(SlackApiError):
        await client.api_call("users.list")


ELEVATE: Json = {"name": "Elevate"}
SOCKETS: Json = {"socket_mode_enabled": True}
MANIFESTS: dict[str, Json] = {
    "a long name": {"display_information": {"name": "x" * 36}},
    "an unknown field": {"display_information": ELEVATE, "colour": "red"},
    "a command without its scope": {
        "display_information": ELEVATE,
        "features": {"slash_commands": [{"command": "/run", "description": "x"}]},
    },
    "a command of Slack's own": {
        "display_information": ELEVATE,
        "features": {"slash_commands": [{"command": "/status", "description": "x"}]},
        "oauth_config": {"scopes": {"bot": ["commands"]}},
    },
    "an event without its scope": {
        "display_information": ELEVATE,
        "settings": {"event_subscriptions": {"bot_events": ["app_mention"]}, **SOCKETS},
    },
    "events that go nowhere": {
        "display_information": ELEVATE,
        "settings": {"event_subscriptions": {"bot_events": ["app_home_opened"]}},
    },
    "shortcuts without interactivity": {
        "display_information": ELEVATE,
        "features": {"shortcuts": [{"type": "global", "name": "x", "callback_id": "x", "description": "x"}]},
    },
}


@pytest.mark.parametrize("manifest", MANIFESTS.values(), ids=MANIFESTS)
async def test_manifests_that_slack_does_not_take_are_refused(slack: SlackServer, client: AsyncWebClient, manifest: Json) -> None:
    answer = await refusal(client, "apps.manifest.validate", {"token": slack.config_token, "manifest": manifest})
    assert answer["error"] == "invalid_manifest"
    assert answer["errors"]


async def test_a_manifest_that_slack_takes_is_taken(slack: SlackServer, client: AsyncWebClient) -> None:
    right = {"display_information": ELEVATE, "settings": {"event_subscriptions": {"bot_events": ["app_home_opened"]}, **SOCKETS}}
    await client.apps_manifest_validate(token=slack.config_token, manifest=right)
    assert (await client.apps_manifest_export(token=slack.config_token, app_id=slack.world.app_id))["manifest"] == {}


async def test_members_and_users_come_in_pages_and_an_address_is_nobodys_or_somebodys(
    slack: SlackServer, maria: Person, client: AsyncWebClient
) -> None:
    everybody = [maria, *(slack.person(f"Person {number}") for number in range(4))]
    room, outside = slack.channel("cohort", *everybody), slack.channel("outside", bot=False)
    found: list[str] = []
    cursor = ""
    while True:
        page = await client.conversations_members(channel=room.id, limit=2, cursor=cursor)
        found += page["members"]
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert sorted(found) == sorted(room.members)
    assert not (await client.conversations_info(channel=outside.id))["channel"]["is_member"]
    for arguments, error in (({"cursor": "?"}, "invalid_cursor"), ({"limit": 1001}, "invalid_limit")):
        assert (await refusal(client, "conversations.members", {"channel": room.id, **arguments}))["error"] == error
    named = await client.users_lookupByEmail(email="maria@example.com")
    assert named["user"]["id"] == maria.id
    assert (await refusal(client, "users.lookupByEmail", {"email": "x@example.com"}))["error"] == "users_not_found"
    slack.world.bot_token(slack.team).scopes = ("users:read",)
    for method, arguments in (("conversations.members", {"channel": room.id}), ("users.lookupByEmail", {"email": "x@y.z"})):
        assert (await refusal(client, method, arguments))["error"] == "missing_scope"
    assert all("email" not in each["profile"] for each in (await client.users_list(limit=200))["members"])
