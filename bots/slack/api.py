"""Calls of Slack's Web API, with what comes back as an answer or as one of our troubles."""

from __future__ import annotations

import re
from collections.abc import Callable

import structlog
from aiohttp import ClientConnectorError, ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bots.payload import Payload, inner, words
from bots.slack.clients import Clients
from bots.slack.remedies import REMEDIES, Remedy
from bots.slack.troubles import SlackBusy, SlackRefused, SlackTrouble, SlackUnreachable, WorkspaceClosed, WorkspaceGone
from core.errors import Trouble

log = structlog.get_logger()

READING = frozenset(
    {
        *("conversations.history", "conversations.replies", "conversations.info", "conversations.members", "files.info"),
        *("users.info", "users.list", "users.lookupByEmail", "auth.test", "dnd.info"),
    }
)
"""Methods that take their arguments in the address and know no JSON. https://docs.slack.dev/apis/web-api/#posting_json"""
FORMS = frozenset({"files.getUploadURLExternal"})
"""Methods that write, and know no JSON either."""
POINTER = re.compile(r"\[json-pointer:(/[\w/.-]*)\]")


class Api:
    """The Web API of every workspace. `off` is told the team id where a workspace will have none of us any more."""

    def __init__(self, clients: Clients, off: Callable[[str], object] = lambda team: None) -> None:
        self.clients = clients
        self._off = off
        self._closed: set[str] = set()

    async def call(self, team: str, method: str, **arguments: object) -> Payload:
        """Call a method; arguments that are None stay away.

        Raises:
            SlackRefused: Slack said no.
            SlackBusy: it still said "too soon" after some waiting.
            SlackUnreachable: no answer, or none that makes sense.
            WorkspaceGone, WorkspaceClosed: the workspace is off, which is logged once.
        """
        given = {name: value for name, value in arguments.items() if value is not None}
        try:
            answer = await _sent(await self.clients.of(team), method, given)
        except SlackApiError as trouble:
            raise self._told(team, method, _read(trouble.response)) from None
        except (ClientError, TimeoutError) as trouble:
            log.warning("slack call lost", method=method, team=team, trouble=type(trouble).__name__)
            raise SlackUnreachable(perhaps_done=not isinstance(trouble, ClientConnectorError)) from None
        self._closed.discard(team)
        return answer.data if isinstance(answer.data, dict) else {}

    def _told(self, team: str, method: str, trouble: SlackTrouble) -> Trouble:
        """The trouble to raise, after its line in the log."""
        if not isinstance(trouble, SlackRefused):
            log.warning("slack call failed", method=method, team=team, trouble=type(trouble).__name__)
            return trouble
        remedy = REMEDIES.get(trouble.code)
        if remedy in (Remedy.GONE, Remedy.CLOSED):
            self._shut(team, trouble.code)
            return WorkspaceGone() if remedy is Remedy.GONE else WorkspaceClosed()
        if remedy is None:
            log.error("slack call refused", method=method, team=team, error=trouble.code, places=trouble.places)
        return trouble

    def _shut(self, team: str, code: str) -> None:
        self.clients.forget(team)
        if team not in self._closed:
            self._closed.add(team)
            log.error("slack workspace closed", team=team, error=code)
            self._off(team)


async def _sent(client: AsyncWebClient, method: str, given: dict[str, object]) -> AsyncSlackResponse:
    if method in READING:
        return await client.api_call(method, http_verb="GET", params=given)
    if method in FORMS:
        return await client.api_call(method, data=given)
    return await client.api_call(method, json=given)


def _read(response: object) -> SlackTrouble:
    """What an answer that is no `ok` says."""
    data = response.data if isinstance(response, AsyncSlackResponse) and isinstance(response.data, dict) else {}
    status = response.status_code if isinstance(response, AsyncSlackResponse) else 0
    code = words(data, "error")
    if status == 429 or code in {"ratelimited", "rate_limited"}:
        return SlackBusy()
    if not code or status >= 500 or REMEDIES.get(code) is Remedy.WAIT:
        return SlackUnreachable(perhaps_done=True)
    told = inner(data, "response_metadata").get("messages")
    messages = [each for each in told if isinstance(each, str)] if isinstance(told, list) else []
    places = tuple(found for each in messages for found in POINTER.findall(each))
    return SlackRefused(code, needed=words(data, "needed"), places=places)
