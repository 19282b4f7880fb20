"""The Web API's door: who calls, with what, whether they may, and what goes wrong."""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
import math
from collections.abc import Mapping

from aiohttp import web

from tests.servers.activity import Activity
from tests.servers.slack.accounts import METHODS as ACCOUNTS
from tests.servers.slack.agents import METHODS as AGENTS
from tests.servers.slack.chat import METHODS as CHAT
from tests.servers.slack.conversations import METHODS as CONVERSATIONS
from tests.servers.slack.faulty import Fault, Faults, Rates
from tests.servers.slack.method import ALWAYS, Call, Method
from tests.servers.slack.shapes import Json, Refused
from tests.servers.slack.streams import METHODS as STREAMS
from tests.servers.slack.things import Called, Token
from tests.servers.slack.uploads import METHODS as UPLOADS
from tests.servers.slack.views import METHODS as VIEWS
from tests.servers.slack.workspace import Workspace

METHODS: Mapping[str, Method] = {
    **ACCOUNTS,
    **AGENTS,
    **CHAT,
    **CONVERSATIONS,
    **STREAMS,
    **UPLOADS,
    **VIEWS,
}


class WebApi:
    """Answers `/api/<method>`; keeps every call that came."""

    def __init__(self, world: Workspace, activity: Activity, methods: Mapping[str, Method]) -> None:
        self.calls: list[Called] = []
        self.faults = Faults()
        self.rates = Rates(world.clock)
        self._world = world
        self._activity = activity
        self._methods = {**METHODS, **methods}

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Carry out a call, or refuse it."""
        name = request.match_info["method"]
        with self._activity.doing(f"a call of {name}"):
            try:
                args, token = await _read(request)
            except Refused as refused:
                return self._say(name, {}, refused.answer())
            fault = self.faults.next(name, args)
            if fault is None:
                return self._carry_out(name, args, token)
            return await self._fail(request, fault, name, args, token)

    async def _fail(self, request: web.Request, fault: Fault, name: str, args: Json, token: str) -> web.StreamResponse:
        if fault.delay:
            await asyncio.sleep(fault.delay)  # a slow answer is what the test asked for
        if fault.drop is not None:
            if fault.drop == "after":
                self._carry_out(name, args, token)
            else:
                self._note(name, args, "dropped", 0)
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if fault.error is not None:
            error, _, needed = fault.error.partition(" ")
            return self._say(name, args, Refused(error, **({"needed": needed} if needed else {})).answer())
        if fault.status is None:
            return self._carry_out(name, args, token)
        if fault.carried_out:
            self._carry_out(name, args, token)
        error = "ratelimited" if fault.status == 429 else "internal_error"
        headers = {} if fault.retry_after is None else {"Retry-After": str(math.ceil(fault.retry_after))}
        return self._say(name, args, {"ok": False, "error": error}, fault.status, headers)

    def _carry_out(self, name: str, args: Json, token: str) -> web.Response:
        try:
            known = self._methods.get(name)
            if known is None:
                raise Refused("unknown_method", req_method=name)
            held = self._admit(known, name, args, token)
            wait = self.rates.too_soon(held.team, name, known.tier, args)
            if wait is not None:
                headers = {"Retry-After": str(math.ceil(wait))}
                return self._say(name, args, {"ok": False, "error": "ratelimited"}, 429, headers)
            answer = known.does(Call(self._world, name, args, held))
        except Refused as refused:
            return self._say(name, args, refused.answer(), headers=self._scopes(token))
        return self._say(name, args, {"ok": True, **answer}, headers=self._scopes(token))

    def _admit(self, known: Method, name: str, args: Json, value: str) -> Token:
        """The token of a call that may be made."""
        token = Token("", "bot", "", ())
        if known.kind != "none":
            token = self._token(known, value)
        if known.scopes and not set(known.scopes) & set(token.scopes):
            raise Refused("missing_scope", needed=known.scopes[0], provided=",".join(token.scopes))
        stray = sorted(set(args) - known.takes - ALWAYS)
        if stray and name != "api.test":
            raise Refused("invalid_arguments", *(f"unknown argument: {each} [json-pointer:/{each}]" for each in stray))
        missing = sorted(each for each in known.needs if args.get(each) is None)
        if missing:
            raise Refused("invalid_arguments", *(f"missing required field: {each} [json-pointer:/{each}]" for each in missing))
        return token

    def _token(self, known: Method, value: str) -> Token:
        if not value:
            raise Refused("not_authed")
        token = self._world.tokens.get(value)
        if token is None:
            raise Refused("invalid_auth")
        if token.kind == "bot" and not self._world.teams[token.team].installed:
            raise Refused("account_inactive")
        if token.revoked:
            raise Refused("token_revoked")
        if known.kind not in {"any", token.kind}:
            raise Refused("not_allowed_token_type")
        return token

    def _scopes(self, token: str) -> dict[str, str]:
        known = self._world.tokens.get(token)
        return {"X-OAuth-Scopes": ",".join(known.scopes)} if known else {}

    def _say(
        self, name: str, args: Json, body: Json, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> web.Response:
        self._note(name, args, body.get("error"), status)
        return web.json_response(body, status=status, headers=headers)

    def _note(self, name: str, args: Json, error: str | None, status: int) -> None:
        self.calls.append(Called(name, args, self._world.clock.now(), error, status))


async def _read(request: web.Request) -> tuple[Json, str]:
    """The arguments, and the token; of a form or a query, everything is text."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.text() or "{}")
        except ValueError:
            raise Refused("invalid_json") from None
        if not isinstance(body, dict):
            raise Refused("json_not_object")
        args |= body
    elif request.method == "POST":
        args |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
    token = args.pop("token", "")
    if scheme == "Bearer":
        token = credentials.strip()
    elif scheme == "Basic":
        try:
            client, _, secret = base64.b64decode(credentials).decode().partition(":")
        except (binascii.Error, ValueError):
            raise Refused("invalid_auth") from None
        args |= {"client_id": client, "client_secret": secret}
    return args, str(token)
