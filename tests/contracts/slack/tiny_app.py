"""A tiny Slack app on the real slack-bolt and slack_sdk, for the tests of the stand-in."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Protocol

import aiohttp
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.servers.slack import SlackServer

Json = dict[str, Any]
FORM: Json = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "A form"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "name",
            "label": {"type": "plain_text", "text": "Name"},
            "element": {"type": "plain_text_input", "action_id": "is", "max_length": 10},
        },
        {
            "type": "input",
            "block_id": "age",
            "optional": True,
            "label": {"type": "plain_text", "text": "Age"},
            "element": {"type": "number_input", "action_id": "is", "is_decimal_allowed": False, "min_value": "1"},
        },
        {
            "type": "input",
            "block_id": "city",
            "optional": True,
            "label": {"type": "plain_text", "text": "City"},
            "element": {"type": "external_select", "action_id": "city", "min_query_length": 1},
        },
    ],
}
BUTTONS: list[Json] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "Shall we?"}},
    {
        "type": "actions",
        "elements": [
            {"type": "button", "text": {"type": "plain_text", "text": "Yes"}, "action_id": "yes", "value": "y"},
            {"type": "button", "text": {"type": "plain_text", "text": "Form"}, "action_id": "form"},
        ],
    },
]


class Socket(Protocol):
    """What the SDK leaves without types."""

    async def connect(self) -> None:
        """Open it."""
        ...

    async def close(self) -> None:
        """Close it for good."""
        ...


class TinyApp:
    """Answers words with the same words, `/ask` with buttons, and Form with a form; `heard` keeps the bodies that came."""

    def __init__(self, slack: SlackServer, session: aiohttp.ClientSession) -> None:
        self.heard: list[Json] = []
        self.slow: Callable[[], Awaitable[None]] | None = None
        self.client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=session, proxy="")
        self.app = AsyncApp(client=self.client, signing_secret=slack.signing_secret, name="tiny")
        self.app.use(self._hear)
        self.app.event("message")(self._echo)
        self.app.event("app_mention")(self._echo)
        for quiet in (
            "app_home_opened",
            "app_context_changed",
            "reaction_added",
            "agent_session_stopped",
            "tokens_revoked",
            "app_uninstalled",
        ):
            self.app.event(quiet)(self._listen)
        self.app.command("/ask")(self._ask)
        self.app.action("yes")(self._yes)
        self.app.action("form")(self._form)
        self.app.action("feedback")(self._acknowledge)
        self.app.options("city")(self._cities)
        self.app.view("form")(self._save)
        self.app.view_closed("form")(self._acknowledge)
        self.app.shortcut("save")(self._acknowledge)

    @asynccontextmanager
    async def connected(self, slack: SlackServer, ping_interval: float = 0.1) -> AsyncGenerator[None]:
        """Over Socket Mode, until the end of the block; the SDK connects anew after four pings without an answer."""
        handler = AsyncSocketModeHandler(self.app, slack.app_token, web_client=self.client, proxy="", ping_interval=ping_interval)
        socket: Socket = handler.client
        await socket.connect()
        await slack.sockets.connected()
        try:
            yield
        finally:
            await socket.close()

    async def _hear(self, body: Json, next: Callable[[], Awaitable[Any]]) -> None:
        self.heard.append(body)
        if self.slow is not None:
            await self.slow()
        await next()

    async def _listen(self) -> None: ...

    async def _acknowledge(self, ack: Any) -> None:
        await ack()

    async def _echo(self, event: Json, client: AsyncWebClient) -> None:
        if "subtype" not in event and "bot_id" not in event:
            root = event.get("thread_ts", event["ts"])
            await client.chat_postMessage(channel=event["channel"], thread_ts=root, text=f"You said: {event['text']}")

    async def _ask(self, ack: Any, command: Json) -> None:
        await ack(text=f"Asked: {command['text']}", blocks=BUTTONS)

    async def _yes(self, ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="Gladly", replace_original=True)

    async def _form(self, ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    async def _cities(self, ack: Any, options: Json) -> None:
        found = [each for each in ("London", "Lisbon", "Madrid") if each.lower().startswith(options["value"].lower())]
        await ack(options=[{"text": {"type": "plain_text", "text": each}, "value": each.lower()} for each in found])

    async def _save(self, ack: Any, view: Json) -> None:
        if view["state"]["values"]["name"]["is"]["value"] == "Nobody":
            await ack(response_action="errors", errors={"name": "Somebody, please"})
        else:
            await ack()
