"""Response URLs: an app answers an interaction there, five times within half an hour.

https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

from __future__ import annotations

import json

from aiohttp import web

from tests.servers.activity import Activity
from tests.servers.slack.chat import put
from tests.servers.slack.events import deleted_event, edited_event
from tests.servers.slack.faulty import Faults
from tests.servers.slack.messages import as_json, content
from tests.servers.slack.shapes import Json, Refused
from tests.servers.slack.things import Message, ResponseUrl
from tests.servers.slack.workspace import Workspace

USES, SECONDS = 5, 1800.0
TAKES = frozenset(
    {"text", "blocks", "attachments", "markdown_text", "response_type", "replace_original", "delete_original", "thread_ts"}
    | {"unfurl_links", "unfurl_media", "metadata", "mrkdwn", "parse", "link_names"}
)


class ResponseUrls:
    """Answers at the response URLs; keeps what came: (body, error)."""

    def __init__(self, world: Workspace, activity: Activity, faults: Faults) -> None:
        self.responses: list[tuple[Json, str | None]] = []
        self._faults = faults
        self._world = world
        self._activity = activity

    async def answer(self, request: web.Request) -> web.Response:
        """Take a response, or refuse it."""
        with self._activity.doing("a response"):
            body: Json = {}
            try:
                body = json.loads(await request.text())
                fault = self._faults.next("response_url", body)
                if fault is not None:
                    return self._refuse(body, fault.error or "internal_error", fault.status or 500)
                self._take(request.match_info["secret"], body)
            except ValueError:
                return self._refuse(body, "invalid_payload", 400)
            except Refused as refused:
                status = 404 if refused.error in {"used_url", "expired_url"} else 400
                return self._refuse(body, refused.error, status)
            self.responses.append((body, None))
            return web.Response(text="ok", content_type="text/plain")

    def _refuse(self, body: Json, error: str, status: int) -> web.Response:
        self.responses.append((body, error))
        return web.json_response({"ok": False, "error": error}, status=status)

    def _take(self, secret: str, body: Json) -> None:
        url = self._world.response_urls.get(secret)
        if url is None or self._world.clock.now() - url.made_at > SECONDS:
            raise Refused("expired_url")
        if url.uses >= USES:
            raise Refused("used_url")
        if set(body) - TAKES:
            raise Refused("invalid_payload")
        url.uses += 1
        respond(self._world, url, body)


def respond(world: Workspace, url: ResponseUrl, body: Json) -> None:
    """Do what a response says: put a message there, or change or take away the one that was acted on."""
    team = world.teams[url.team]
    original = world.any_message(url.channel, url.message)
    if body.get("delete_original"):
        if original is None:
            raise Refused("message_not_found")
        before = as_json(world, original)
        original.deleted = True
        if original.only_for is None:
            world.tell(team, deleted_event(world, original, before))
        return
    text, blocks = content(world, body)
    if body.get("replace_original") and original is not None:
        before = as_json(world, original)
        original.text, original.blocks, original.state = text, blocks, {}
        if original.only_for is None:
            original.edited_by = (team.bot_user, world.ts())
            world.tell(team, edited_event(world, original, before))
        return
    kind = body.get("response_type", "ephemeral")
    if kind not in {"ephemeral", "in_channel"}:
        raise Refused("invalid_payload")
    thread = body.get("thread_ts") or url.thread
    only_for = url.user if kind == "ephemeral" else None
    shown = Message(url.channel, world.ts(), team.bot_user, text, blocks, thread, team.bot_id, only_for=only_for)
    put(world, team, shown)
