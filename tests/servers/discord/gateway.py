"""The gateway: clients connect, identify, keep in touch by heartbeats, hear events, and resume after a gap.

https://discord.com/developers/docs/events/gateway
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Callable
from functools import partial

from aiohttp import WSMsgType, web

from tests.servers.activity import Activity
from tests.servers.discord.greeting import chunks, opening
from tests.servers.discord.links import Closed, Link
from tests.servers.discord.sessions import KNOWN_INTENTS, PRIVILEGED, Close, Dispatch, Identified, Intent, Op, Session
from tests.servers.discord.shapes import Json
from tests.servers.discord.world import World

IDENTIFY_SECONDS = 5.0
"""So far apart are identifies of one concurrency bucket to be."""


class Gateway:
    """The sessions and their sockets.

    `interval`: seconds between heartbeats; one that is late by more than `grace` ends the socket. `max_concurrency`: as
    /gateway/bot tells it. `shards`: fewer are refused. `copies`: how many times more each event is sent. `delay`: seconds before
    each event is sent. `cut_in_event`: the next events, this many, are broken off with their socket. `refused`: with what the
    next identifies are refused, in order: a close code, or Op.INVALID_SESSION. `deaf`: heartbeats are not acknowledged.
    `sessions` are those that hold, by id; `begun` are all that ever were, with what each was sent.
    """

    def __init__(self, world: World, activity: Activity) -> None:
        self.interval = 41.25
        self.grace = 10.0
        self.max_concurrency = 1
        self.shards = 1
        self.copies = 0
        self.delay = 0.0
        self.cut_in_event = 0
        self.refused: list[int] = []
        self.deaf = False
        self.links: list[Link] = []
        self.sessions: dict[str, Session] = {}
        self.begun: list[Session] = []
        self.identifies: list[Identified] = []
        self.resumes = 0
        self.heartbeats = 0
        self.closes: list[tuple[int, str]] = []
        self._world = world
        self._activity = activity
        self._held: list[Dispatch] | None = None
        self._stirred = asyncio.Event()

    @property
    def identified_too_soon(self) -> int:
        """How many identifies came within 5 s of another of their bucket (shard % max_concurrency), which Discord refuses."""
        last: dict[int, float] = {}
        found = 0
        for each in self.identifies:
            bucket = each.shard % self.max_concurrency
            found += bucket in last and each.at - last[bucket] < IDENTIFY_SECONDS
            last[bucket] = each.at
        return found

    # -- events

    def tell(self, name: str, data: Json, guild: str | None = None) -> None:
        """Tell every session that is to hear it; `guild` is None in direct messages."""
        dispatch = Dispatch(name, data, guild)
        if self._held is not None:
            self._held.append(dispatch)
        elif self.delay:
            end = self._activity.begin(f"an event that is delayed: {name}")
            asyncio.get_running_loop().call_later(self.delay, self._later, dispatch, end)
        else:
            self._send(dispatch)

    def _later(self, dispatch: Dispatch, end: Callable[[], None]) -> None:
        self._send(dispatch)
        end()

    def _send(self, dispatch: Dispatch) -> None:
        for session in self.sessions.values():
            if session.wants(dispatch):
                for _ in range(1 + self.copies):
                    self._put(session, session.told(dispatch))
        self._activity.stir()

    def _put(self, session: Session, frame: Json) -> None:
        for link in self.links:
            if link.session is session:
                if self.cut_in_event and not link.break_next:
                    self.cut_in_event -= 1
                    link.break_next = True
                link.put(frame)

    def hold(self) -> None:
        """Keep events back from now on."""
        self._held = []

    def release(self, order: Callable[[list[Dispatch]], list[Dispatch]] = list) -> None:
        """Send what was kept back, in another order if need be."""
        held, self._held = self._held or [], None
        for each in order(held):
            self._send(each)

    # -- what goes wrong

    def cut(self) -> None:
        """Let every socket fall; the sessions stay, and can be resumed."""
        for each in list(self.links):
            each.cut()
            self._leave(each)

    def freeze(self) -> None:
        """Nothing comes through on the sockets that are open, although they stand: events go on in their sessions."""
        for each in self.links:
            each.frozen = True

    def reconnect(self) -> None:
        """Ask every client to connect anew, as Discord does every few hours."""
        for each in self.links:
            each.say(Op.RECONNECT)

    def invalidate(self, *, resumable: bool = False) -> None:
        """Tell every client that its session does not hold; `resumable`: that it may try to resume it."""
        for each in self.links:
            each.say(Op.INVALID_SESSION, resumable)
        if not resumable:
            self.forget()

    def forget(self) -> None:
        """Sessions have run out: who wants to resume one is told so."""
        self.sessions.clear()

    async def close(self, code: int = 1001) -> None:
        """Close every socket with this code."""
        for each in list(self.links):
            await each.socket.close(code=code)

    async def connected(self, number: int = 1) -> None:
        """Wait until so many sessions are open on a socket."""
        while len({each.session for each in self.links if each.session is not None and not each.frozen}) < number:
            self._stirred.clear()
            await self._stirred.wait()

    # -- sockets

    async def join(self, request: web.Request) -> web.WebSocketResponse:
        """A socket, until it closes."""
        socket = web.WebSocketResponse(compress=False, max_msg_size=4096)
        await socket.prepare(request)
        link = Link(socket, request, self._activity)
        self.links.append(link)
        writer = asyncio.create_task(link.write())
        link.say(Op.HELLO, {"heartbeat_interval": int(self.interval * 1000), "_trace": []})
        try:
            await self._listen(link)
        except Closed as closed:
            self.closes.append((closed.code, closed.reason))
            await socket.close(code=closed.code, message=closed.reason.encode())
        finally:
            writer.cancel()
            self._leave(link)
        return socket

    def _leave(self, link: Link) -> None:
        if link in self.links:
            self.links.remove(link)
        self._stir()

    def _stir(self) -> None:
        self._stirred.set()
        self._activity.stir()

    async def _listen(self, link: Link) -> None:
        while True:
            try:
                came = await link.socket.receive(self.interval + self.grace)
            except TimeoutError:
                raise Closed(Close.SESSION_TIMED_OUT, "Session timed out.") from None
            if came.type not in {WSMsgType.TEXT, WSMsgType.BINARY}:
                if came.type == WSMsgType.CLOSE and came.data in {1000, 1001} and link.session is not None:
                    self.sessions.pop(link.session.id, None)
                return
            link.count()
            try:
                said = json.loads(came.data)
                op, data = int(said["op"]), said.get("d")
            except (ValueError, KeyError, TypeError):
                raise _undecodable() from None
            self._hear(link, op, data)

    # -- what clients say

    def _hear(self, link: Link, op: int, data: object) -> None:
        if op == Op.HEARTBEAT:
            self.heartbeats += 1
            if not self.deaf:
                link.say(Op.HEARTBEAT_ACK)
            return
        if op in {Op.IDENTIFY, Op.RESUME}:
            if link.session is not None:
                raise Closed(Close.ALREADY_AUTHENTICATED, "Already authenticated.")
            if not isinstance(data, dict):
                raise _undecodable()
            partial(self._identify if op == Op.IDENTIFY else self._resume, link)(data)
            self._stir()
            return
        if link.session is None:
            raise Closed(Close.NOT_AUTHENTICATED, "Not authenticated.")
        if op == Op.REQUEST_MEMBERS and isinstance(data, dict):
            for chunk in chunks(self._world, data):
                self._put(link.session, link.session.told(chunk))
        elif op not in {Op.PRESENCE, Op.VOICE}:
            raise Closed(Close.UNKNOWN_OPCODE, "Unknown opcode.")

    def _identify(self, link: Link, data: Json) -> None:
        shard, of = data.get("shard") or (0, 1)
        asked = data.get("intents")
        code, reason = self._wrong(data, shard, of, asked)
        now, intents = self._world.clock.now(), Intent(asked if isinstance(asked, int) else 0)
        self.identifies.append(Identified(now, shard, of, intents, code))
        if code == Op.INVALID_SESSION:
            link.say(Op.INVALID_SESSION, False)
            return
        if code:
            raise Closed(code, reason)
        app = self._world.application
        session = Session(secrets.token_hex(16), shard, of, intents, app.bot, app.id)
        self.sessions[session.id] = link.session = session
        self.begun.append(session)
        for each in opening(self._world, session):
            self._put(session, session.told(each))

    def _wrong(self, data: Json, shard: int, of: int, asked: object) -> tuple[int, str]:
        """What is wrong with an identify; (0, "") where nothing is."""
        app = self._world.application
        if self.refused:
            return self.refused.pop(0), "Refused."
        if data.get("token") != app.token:
            return Close.AUTHENTICATION_FAILED, "Authentication failed."
        if not isinstance(data.get("properties"), dict):
            return Close.DECODE_ERROR, "Error while decoding payload."
        if not 0 <= shard < of:
            return Close.INVALID_SHARD, "Invalid shard."
        if of < self.shards:
            return Close.SHARDING_REQUIRED, "Sharding required."
        if not isinstance(asked, int) or asked & ~KNOWN_INTENTS:
            return Close.INVALID_INTENTS, "Invalid intent(s)."
        if any(asked & intent and not app.flags & flags for intent, flags in PRIVILEGED.items()):
            return Close.DISALLOWED_INTENTS, "Disallowed intent(s)."
        return 0, ""

    def _resume(self, link: Link, data: Json) -> None:
        if data.get("token") != self._world.application.token:
            raise Closed(Close.AUTHENTICATION_FAILED, "Authentication failed.")
        session = self.sessions.get(str(data.get("session_id")))
        if session is None:
            link.say(Op.INVALID_SESSION, False)
            return
        known = data.get("seq")
        if not isinstance(known, int) or not 0 <= known <= len(session.sent):
            raise Closed(Close.INVALID_SEQ, "Invalid seq.")
        for each in [each for each in self.links if each.session is session]:
            each.cut()
            self._leave(each)
        link.session = session
        self.resumes += 1
        for number in range(known + 1, len(session.sent) + 1):
            self._put(session, session.frame(number))
        self._put(session, session.told(Dispatch("RESUMED", {"_trace": []}, None)))


def _undecodable() -> Closed:
    return Closed(Close.DECODE_ERROR, "Error while decoding payload.")
