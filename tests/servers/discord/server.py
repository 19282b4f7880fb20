"""The stand-in Discord: one server on loopback for the REST API, the gateway and the files."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.servers.activity import Activity
from tests.servers.clock import Clock
from tests.servers.discord import acts
from tests.servers.discord.api import RestApi
from tests.servers.discord.faulty import Fault, Faults
from tests.servers.discord.gateway import Gateway
from tests.servers.discord.person import Person
from tests.servers.discord.rates import Rates
from tests.servers.discord.reading import THINKING_SECONDS
from tests.servers.discord.rest.call import Answer, Call
from tests.servers.discord.shapes import made_at
from tests.servers.discord.things import Called, Channel, Guild, Kind
from tests.servers.discord.world import World

PICTURE_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp", "image/avif": "avif"}


class DiscordServer:
    """The stand-in, with a guild in which the app's bot is.

    `quiet`: the seconds without anything after which it counts as settled. `checked`: whether its own answers are held to
    Discord's description as well.
    """

    def __init__(self, *, port: int = 0, guild: str = "Acme", checked: bool = True) -> None:
        self.clock = Clock()
        self.quiet = 0.05
        self.activity = Activity()
        self.world = World(self.clock)
        self.gateway = Gateway(self.world, self.activity)
        self.world.tell = self.gateway.tell
        self.api = RestApi(self.world, self.activity, {"get_gateway": self._where, "get_bot_gateway": self._where_for_bots})
        self.api.checked = checked
        self.guild = self.world.guild(guild)
        self._port = port
        app = web.Application(client_max_size=128 * 2**20)
        app.add_routes(
            [
                web.route("*", "/api/v10/{path:.*}", self.api.answer),
                web.get("/gateway", self.gateway.join),
                web.get("/gateway/", self.gateway.join),
                web.get("/attachments/{channel}/{id}/{name}", self._attachment),
                web.get("/emojis/{name}", self._emoji),
            ]
        )
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        host, port = self._runner.addresses[0][:2]
        self.world.url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.gateway.close()
        await self._runner.cleanup()
        if raised is None:
            assert not self.api.mistakes, f"the stand-in answered as Discord does not: {self.api.mistakes}"

    # -- how to reach it

    @property
    def url(self) -> str:
        """Its address; files and emojis lie there too."""
        return self.world.url

    @property
    def api_url(self) -> str:
        """The REST API's, for `Route.BASE` and DISCORD_API_URL."""
        return f"{self.world.url}/api/v10"

    @property
    def gateway_url(self) -> str:
        """The gateway's, for DISCORD_GATEWAY_URL."""
        return f"ws{self.world.url.removeprefix('http')}/gateway"

    @property
    def token(self) -> str:
        """The bot's."""
        return self.world.application.token

    # -- who is there

    def person(self, name: str, *, guild: Guild | None = None, locale: str = "en-GB") -> Person:
        """Somebody new, in this guild."""
        guild = guild or self.guild
        user = self.world.user(name, locale=locale)
        acts.come_in(self.world, guild, user)
        return Person(self.world, self.activity, user, guild)

    def stranger(self, name: str) -> Person:
        """Somebody new, who shares no guild with the bot."""
        return Person(self.world, self.activity, self.world.user(name))

    def channel(self, name: str, *, guild: Guild | None = None, kind: Kind = Kind.TEXT) -> Channel:
        """A channel that everybody in the guild sees."""
        return acts.add_channel(self.world, guild or self.guild, name, kind)

    def another_guild(self, name: str) -> Guild:
        """A further guild, into which the bot is let."""
        guild = self.world.guild(name, joined=False)
        acts.invite(self.world, guild)
        return guild

    # -- what goes wrong

    def fail(self, *faults: Fault) -> None:
        """The next calls that these mean go wrong: `discord.fail(Fault("POST", r"/messages$", status=502, times=2))`."""
        for each in faults:
            self.faults.add(each)

    @property
    def faults(self) -> Faults:
        """What goes wrong."""
        return self.api.faults

    @property
    def rates(self) -> Rates:
        """Rate limits: `discord.rates.on = True`."""
        return self.api.rates

    # -- what happened

    @property
    def calls(self) -> list[Called]:
        """Every call of the REST API."""
        return self.api.calls

    def called(self, operation: str) -> list[Called]:
        """The calls of one operation, as the published description names it, that were carried out: "create_message"."""
        return [each for each in self.api.calls if each.route == operation and 200 <= each.status < 300]

    @property
    def refusals(self) -> list[Called]:
        """The calls that were refused, but for those that a test let fail."""
        return [each for each in self.api.calls if each.refused]

    async def settled(self, *, until: Callable[[], bool] = lambda: True, midway: bool = False, within: float = 30.0) -> None:
        """Wait until nothing is under way, nobody waits for an answer, and nothing more comes; `until` must hold too.

        With `midway`, answers that are deferred still do not count.
        """
        await self.activity.quiet(self.quiet, lambda: self._waiting(midway), until, within)

    def _waiting(self, midway: bool) -> list[str]:
        if midway:
            return []
        since = self.clock.now() - THINKING_SECONDS
        thinking = [each for each in self.world.messages if each.thinking and not each.deleted and made_at(each.id) > since]
        return [f"the answer {each.id}" for each in thinking]

    # -- what is not the REST API

    def _where(self, call: Call) -> Answer:
        return {"url": self.gateway_url}

    def _where_for_bots(self, call: Call) -> Answer:
        left = 1000 - len(self.gateway.identifies)
        limit = {"total": 1000, "remaining": left, "reset_after": 86_400_000, "max_concurrency": self.gateway.max_concurrency}
        return {"url": self.gateway_url, "shards": self.gateway.shards, "session_start_limit": limit}

    async def _attachment(self, request: web.Request) -> web.Response:
        file = self.world.uploads.get(request.match_info["id"])
        if file is None or file.name != request.match_info["name"]:
            return web.Response(status=404, text="This content is no longer available.")
        return web.Response(body=file.content, content_type=file.content_type.partition(";")[0])

    async def _emoji(self, request: web.Request) -> web.Response:
        id, _, suffix = request.match_info["name"].partition(".")
        emoji = self.world.emojis.get(id)
        if emoji is None or suffix not in {"png", "webp", PICTURE_SUFFIXES[emoji.content_type]}:
            return web.Response(status=404)
        kind = mimetypes.types_map.get(f".{suffix}", emoji.content_type)
        return web.Response(body=emoji.image, content_type=kind)
