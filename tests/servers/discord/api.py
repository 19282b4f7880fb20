"""The REST API's door: who calls what with which body, whether they may, and what goes wrong."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import BodyPartReader, web

from tests.servers.activity import Activity
from tests.servers.discord.faulty import Fault, Faults
from tests.servers.discord.limits import Upload
from tests.servers.discord.openapi import Operation, check_answer, check_body, find, query
from tests.servers.discord.rates import Rates
from tests.servers.discord.rest import applications, callbacks, messages, places, threads, webhooks
from tests.servers.discord.rest.call import Answer, Call, Does
from tests.servers.discord.shapes import Json, Refused, malformed
from tests.servers.discord.things import Called
from tests.servers.discord.world import World

OPERATIONS: Mapping[str, Does] = {
    **applications.OPERATIONS,
    **callbacks.OPERATIONS,
    **messages.OPERATIONS,
    **places.OPERATIONS,
    **threads.OPERATIONS,
    **webhooks.OPERATIONS,
}
PREFIX = "/api/v10"
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Came:
    """A request as it was read."""

    method: str
    path: str
    body: object
    uploads: tuple[Upload, ...]
    request: web.Request

    @property
    def named(self) -> Json:
        """The body, where it has fields."""
        return self.body if isinstance(self.body, dict) else {} if self.body is None else {"": self.body}


class RestApi:
    """Answers everything under /api/v10; keeps every call that came.

    `checked`: whether answers are held to the published description too. `invalid` counts the 401, 403 and 429 that Discord
    counts before it shuts an address out.
    """

    def __init__(self, world: World, activity: Activity, operations: Mapping[str, Does]) -> None:
        self.calls: list[Called] = []
        self.mistakes: list[str] = []
        self.faults = Faults()
        self.rates = Rates(world.clock)
        self.checked = True
        self.invalid = 0
        self._world = world
        self._activity = activity
        self._operations = {**OPERATIONS, **operations}

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Carry out a call, or refuse it."""
        path = request.raw_path.partition("?")[0].removeprefix(PREFIX)
        with self._activity.doing(f"{request.method} {path}"):
            try:
                body, uploads = await _read(request)
            except Refused as refused:
                return self._refuse(Came(request.method, path, None, (), request), refused)
            came = Came(request.method, path, body, uploads, request)
            fault = self.faults.next(came.method, came.path, came.named)
            if fault is None:
                return self._carry_out(came)
            return await self._fail(fault, came)

    async def _fail(self, fault: Fault, came: Came) -> web.StreamResponse:
        if fault.delay:
            await asyncio.sleep(fault.delay)  # a slow answer is what the test asked for
        if fault.drop == "after" or fault.carried_out:
            self._carry_out(came)
        if fault.drop is not None:
            self._note(came, 0, 0, f"dropped {fault.drop}")
            assert came.request.transport is not None
            came.request.transport.abort()
            return web.Response()
        if fault.status is None:
            return self._carry_out(came)
        body, headers = fault.answer()
        self._note(came, fault.status, fault.code, "as the test asked")
        if isinstance(body, str):
            return web.Response(status=fault.status, text=body, content_type="text/html")
        return _json(fault.status, body, headers)

    def _carry_out(self, came: Came) -> web.StreamResponse:
        headers: dict[str, str] = {}
        operation: Operation | None = None
        try:
            operation, params = find(came.method, came.path)
            self._admit(operation, came.request.headers.get("Authorization"))
            headers, wait = self.rates.count(operation, params)
            if wait is not None:
                return self._too_many(came, wait, headers)
            does = self._operations.get(operation.id)
            if does is None:
                raise Refused(501, 0, f"the stand-in does not play {operation.id}")
            asked = query(operation, came.request.query)
            check_body(operation, came.body)
            answer = does(Call(self._world, params, asked, came.body, came.uploads))
        except Refused as refused:
            return self._refuse(came, refused, headers, operation)
        return self._say(came, operation, answer, headers)

    def _admit(self, operation: Operation, authorization: str | None) -> None:
        if authorization is None and operation.without_token:
            return
        if authorization != f"Bot {self._world.application.token}":
            raise Refused(401, 0, "401: Unauthorized")

    def _too_many(self, came: Came, wait: float, headers: Mapping[str, str]) -> web.Response:
        self.invalid += 1
        self._note(came, 429, 0, "")
        body, more = Fault(came.method, came.path, 429, retry_after=round(wait, 3)).answer()
        assert isinstance(body, dict)
        return _json(429, body, {**headers, **more})

    def _refuse(
        self, came: Came, refused: Refused, headers: Mapping[str, str] | None = None, operation: Operation | None = None
    ) -> web.Response:
        self.invalid += refused.status in {401, 403, 429}
        self._note(came, refused.status, refused.code, refused.why, operation, refused=True)
        return _json(refused.status, refused.answer(), headers)

    def _say(self, came: Came, operation: Operation, answer: Answer, headers: Mapping[str, str]) -> web.Response:
        status = 204 if answer is None else operation.status
        if self.checked:
            self.mistakes += [f"{operation.id}: {each}" for each in check_answer(operation, status, answer)]
        self._note(came, status, 0, "", operation)
        return web.Response(status=204, headers=headers) if answer is None else _json(status, answer, headers)

    def _note(
        self, came: Came, status: int, code: int, why: str, operation: Operation | None = None, *, refused: bool = False
    ) -> None:
        route = operation.id if operation else ""
        at, asked = self._world.clock.now(), dict(came.request.query)
        self.calls.append(Called(came.method, came.path, came.named, at, status, code, why, route, asked, refused))


def _json(status: int, body: Answer, headers: Mapping[str, str] | None = None) -> web.Response:
    """An answer; the client wants the content type without a charset."""
    return web.Response(status=status, body=json.dumps(body).encode(), headers={**(headers or {}), "Content-Type": JSON})


async def _read(request: web.Request) -> tuple[object, tuple[Upload, ...]]:
    """The body and the files; None where nothing came."""
    if request.content_type == "multipart/form-data":
        return await _read_form(request)
    text = await request.text()
    if not text:
        return None, ()
    if request.content_type != JSON:
        raise Refused(400, 50109, "The request body contains invalid JSON.")
    return _parsed(text), ()


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        raise Refused(400, 50109, "The request body contains invalid JSON.") from None


async def _read_form(request: web.Request) -> tuple[object, tuple[Upload, ...]]:
    body: object = {}
    uploads = []
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader):
            raise malformed(("", "UNKNOWN", "A part within a part"))
        content = bytes(await part.read(decode=True))
        name = part.name or ""
        if name == "payload_json":
            body = _parsed(content.decode())
        elif name.startswith("files["):
            kind = part.headers.get("Content-Type", "application/octet-stream")
            uploads.append(Upload(name[6:-1], part.filename or "", content, kind))
        else:
            raise malformed((name, "UNKNOWN", "Files come as files[n], and what is said as payload_json"))
    return body, tuple(uploads)
