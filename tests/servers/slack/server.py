"""The stand-in Slack: one server on loopback for the Web API, Socket Mode, uploads, response URLs and OAuth."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Literal, Self
from urllib.parse import urlencode

from aiohttp import web

from tests.servers.activity import Activity
from tests.servers.clock import Clock
from tests.servers.slack.accounts import install, uninstall
from tests.servers.slack.delivery import Deliveries
from tests.servers.slack.faulty import Fault, Faults, Rates
from tests.servers.slack.http_mode import Requests
from tests.servers.slack.person import Person, another_bot_says
from tests.servers.slack.respond import ResponseUrls
from tests.servers.slack.shapes import Json
from tests.servers.slack.socket_mode import Sockets
from tests.servers.slack.things import Acked, Called, Channel, ChannelKind, Message, Team
from tests.servers.slack.uploads import receive
from tests.servers.slack.web import WebApi
from tests.servers.slack.workspace import Workspace


class SlackServer:
    """The stand-in. With a manifest it knows only its commands, shortcuts, events and scopes; without one, whatever is asked.

    `quiet`: the seconds without anything after which it counts as settled.
    """

    def __init__(self, manifest: Json | None = None, *, port: int = 0, team: str = "Acme") -> None:
        self.clock = Clock()
        self.quiet = 0.05
        self.activity = Activity()
        self.world = Workspace(self.clock, manifest)
        self.sockets = Sockets(self.world, self.activity)
        self.deliveries = Deliveries(self.world, self.activity)
        self.deliveries.way = self.sockets
        self.world.tell = self.deliveries.event
        self.api = WebApi(self.world, self.activity, self.sockets.methods)
        self.response_urls = ResponseUrls(self.world, self.activity, self.api.faults)
        self.team = self.world.team(team)
        self.app_token = self.world.token("app", self.team.id, ("connections:write",)).value
        self.config_token = self.world.token("config", self.team.id, ()).value
        self._port = port
        app = web.Application(client_max_size=64 * 2**20)
        app.add_routes(
            [
                web.route("*", "/api/{method}", self.api.answer),
                web.get("/link/", self.sockets.join),
                web.post("/upload/v1/{secret}", self._upload),
                web.get("/files-pri/{file}/{name}", self._download),
                web.post("/actions/{team}/{number}/{secret}", self.response_urls.answer),
                web.get("/oauth/v2/authorize", self._authorize),
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
        await self.deliveries.stop()
        await self.sockets.close()
        await self._runner.cleanup()

    # -- how to reach it

    @property
    def url(self) -> str:
        """Its address."""
        return self.world.url

    @property
    def api_url(self) -> str:
        """The Web API's, for `base_url` and SLACK_API_URL."""
        return f"{self.world.url}/api/"

    @property
    def bot_token(self) -> str:
        """The newest bot token of the first team."""
        return self.world.bot_token(self.team).value

    @property
    def signing_secret(self) -> str:
        """With which requests to the app are signed."""
        return self.world.signing_secret

    def by_http(self, request_url: str) -> Requests:
        """From now on events and interactions go to this address, and not over sockets."""
        requests = Requests(self.world, request_url)
        self.deliveries.way = requests
        return requests

    # -- who is there

    def person(self, name: str, tz: str = "Europe/London", team: Team | None = None) -> Person:
        """Somebody new."""
        return Person(self.world, self.deliveries, self.world.user(team or self.team, name, tz))

    def channel(self, name: str, *people: Person, kind: ChannelKind = "public", bot: bool = True) -> Channel:
        """A channel with these people in it, and the bot."""
        team = people[0].team if people else self.team
        members = {each.id for each in people} | ({team.bot_user} if bot else set())
        return self.world.channel(team, name, kind, members)

    def another_bot_says(self, text: str, channel: Channel, thread: str | None = None) -> Message:
        """Another app posts something."""
        return another_bot_says(self.world, self.world.teams[channel.team], channel, text, thread)

    def another_team(self, name: str, *, installed: bool = True) -> Team:
        """A further workspace."""
        team = self.world.team(name)
        if not installed:
            self.world.bot_token(team).revoked = True
            team.installed = False
        return team

    def installs(self, team: Team, redirect_uri: str = "") -> str:
        """Somebody agrees to the app: the code for oauth.v2.access."""
        return install(self.world, team, redirect_uri)

    def uninstalls(self, team: Team) -> None:
        """Somebody takes the app off a workspace."""
        uninstall(self.world, team)

    # -- what goes wrong

    def fail(
        self,
        method: str,
        *,
        error: str | None = None,
        status: int | None = None,
        retry_after: float | None = None,
        drop: Literal["before", "after"] | None = None,
        delay: float = 0.0,
        carried_out: bool = False,
        times: int = 1,
        when: Callable[[Json], bool] = lambda args: True,
    ) -> None:
        """The next calls of a method go wrong; with `carried_out` or drop="after" they have their effect still.

        An error may bring the scope that it is about: "missing_scope chat:write".

        `*` is any method; `response_url` and `upload` (error and status only) are what is not the Web API.
        """
        self.faults.add(Fault(method, error, status, retry_after, drop, delay, carried_out, times, when))

    @property
    def faults(self) -> Faults:
        """What goes wrong."""
        return self.api.faults

    @property
    def rates(self) -> Rates:
        """Rate limits: `slack.rates.on = True`."""
        return self.api.rates

    # -- what happened

    @property
    def calls(self) -> list[Called]:
        """Every call of the Web API."""
        return self.api.calls

    def called(self, method: str) -> list[Json]:
        """The arguments of the calls of one method that were carried out."""
        return [each.args for each in self.api.calls if each.method == method and each.error is None]

    @property
    def refusals(self) -> list[Called]:
        """The calls that were refused."""
        return [each for each in self.api.calls if each.error is not None]

    @property
    def acks(self) -> list[Acked]:
        """Every envelope that was acknowledged, with how long it took."""
        return self.deliveries.acks

    async def settled(self, *, until: Callable[[], bool] = lambda: True, midway: bool = False, within: float = 30.0) -> None:
        """Wait until every envelope is acknowledged, no call is under way and no agent at work, and nothing more comes.

        `until` must hold too. With `midway`, open streams and threads that show that the agent thinks do not count.
        """
        await self.activity.quiet(self.quiet, (list) if midway else self._at_work, until, within)

    def _at_work(self) -> list[str]:
        streams = [each for each in self.world.messages if self.world.streaming(each) and not each.deleted]
        working = [thread for (_, thread), session in self.world.sessions.items() if session.status == "processing"]
        thinking = [thread for channel, thread in self.world.statuses if self.world.status(channel, thread)]
        found = [f"the stream {each.ts}" for each in streams]
        return [*found, *(f"the session {each}" for each in working), *(f"the status of {each}" for each in thinking)]

    # -- what is not the Web API

    async def _upload(self, request: web.Request) -> web.Response:
        with self.activity.doing("an upload"):
            content = await request.read()
            fault = self.faults.next("upload", {})
            if fault is not None:
                return web.Response(status=fault.status or 500, text=fault.error or "")
            if request.content_type == "multipart/form-data":
                return web.Response(status=400, text="send the bytes as they are")
            wrong = receive(self.world, request.match_info["secret"], content)
            return web.Response(status=400 if wrong else 200, text=wrong or f"OK - {len(content)}")

    async def _download(self, request: web.Request) -> web.Response:
        """A file, for whoever may read it; others are shown a page to log in, with status 200, as Slack does."""
        id = request.match_info["file"].partition("-")[2]
        file = self.world.files.get(id)
        token = self.world.tokens.get(request.headers.get("Authorization", "").removeprefix("Bearer "))
        allowed = token is not None and not token.revoked and "files:read" in token.scopes
        if not allowed or token is None or file is None or file.team != token.team or file.content is None:
            return web.Response(text="<!DOCTYPE html><html><title>Slack</title>Sign in</html>", content_type="text/html")
        return web.Response(body=file.content, content_type=file.mimetype)

    async def _authorize(self, request: web.Request) -> web.Response:
        """Somebody agrees at once, for the newest workspace that has the app not yet, else for the first."""
        waiting = [each for each in self.world.teams.values() if not each.installed]
        redirect = request.query.get("redirect_uri", "")
        code = self.installs(waiting[-1] if waiting else self.team, redirect)
        raise web.HTTPFound(f"{redirect}?{urlencode({'code': code, 'state': request.query.get('state', '')})}")
