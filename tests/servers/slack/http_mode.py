"""Events and interactions by HTTP, with Slack's signature.

https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from urllib.parse import urlencode

import aiohttp

from tests.servers.slack.delivery import Ack, Envelope, Missed
from tests.servers.slack.shapes import Json
from tests.servers.slack.workspace import Workspace

LINES_AT_ONCE = 100


class Requests:
    """Posts to the app's request URL.

    `forged`: signed with another secret. `age`: seconds by which the timestamp is too old. `statuses`: what the app answered.
    """

    def __init__(self, world: Workspace, url: str) -> None:
        self.url = url
        self.forged = False
        self.age = 0
        self.statuses: list[int] = []
        self._world = world
        self._lines = asyncio.Semaphore(LINES_AT_ONCE)

    async def carry(self, envelope: Envelope, attempt: int, reason: str, patience: float) -> Ack | Missed:
        """Post it once."""
        headers = {}
        if attempt:
            named = {"timeout": "http_timeout"}.get(reason, reason)
            headers = {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": named}
        if envelope.kind == "events_api":
            body, kind = json.dumps(envelope.payload), "application/json"
        else:
            fields = envelope.payload if envelope.kind == "slash_commands" else {"payload": json.dumps(envelope.payload)}
            body, kind = urlencode(fields), "application/x-www-form-urlencoded"
        return await self._post(body, {**headers, "Content-Type": kind}, patience)

    async def verify(self, patience: float = 3.0) -> bool:
        """Whether the app answers Slack's question for its URL."""
        challenge = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"
        asked = {"token": self._world.verification_token, "challenge": challenge, "type": "url_verification"}
        came = await self._post(json.dumps(asked), {"Content-Type": "application/json"}, patience)
        return isinstance(came, Ack) and came.answer in ({"challenge": challenge}, {"text": challenge})

    def sign(self, body: str) -> Mapping[str, str]:
        """The headers that say that it comes from Slack."""
        at = str(int(time.time()) - self.age)
        secret = "another" if self.forged else self._world.signing_secret
        signature = hmac.new(secret.encode(), f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": f"v0={signature}"}

    async def _post(self, body: str, headers: Mapping[str, str], patience: float) -> Ack | Missed:
        whole = {**headers, **self.sign(body), "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)"}
        try:
            async with (
                self._lines,
                aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=patience)) as session,
                session.post(self.url, data=body.encode(), headers=whole) as answer,
            ):
                self.statuses.append(answer.status)
                if answer.status >= 300:
                    return Missed("http_error", answer.headers.get("X-Slack-No-Retry") == "1")
                return Ack(_answer(await answer.text(), answer.content_type))
        except TimeoutError:
            return Missed("http_timeout")
        except aiohttp.ClientError:
            return Missed("connection_failed")


def _answer(text: str, kind: str) -> Json | None:
    """The answer in a response's body; plain text is an answer too."""
    if not text:
        return None
    if kind == "application/json":
        answer: Json = json.loads(text)
        return answer
    return {"text": text}
