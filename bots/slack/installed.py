"""Which token speaks in which workspace, where the bot is installed in several: found in the record and kept for a minute."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext

from bots.seals import Seals, WrongKey
from core.installations import InstallationStore, SlackInstallation

log = structlog.get_logger()

KEPT = timedelta(seconds=60)
"""So long a process goes by what it found: another may have seen an uninstalling meanwhile, and Slack refuses the token then."""
APART = timedelta(seconds=5)
"""How far Slack's clock, which tells whole seconds, may be behind ours."""


@dataclass(frozen=True, slots=True)
class Holding:
    """An installation that holds, with its token open."""

    installation: SlackInstallation
    token: str


class Installed:
    """Finds the installation for a workspace, and lets it go when Slack says that it has ended."""

    def __init__(self, store: InstallationStore, seals: Seals, now: Callable[[], datetime]) -> None:
        self._store = store
        self._seals = seals
        self._now = now
        self._kept: dict[tuple[str | None, str | None], tuple[datetime, Holding | None]] = {}

    async def token_of(self, team: str) -> str | None:
        """The bot's token in the workspace; None where it is not installed, or its token cannot be opened."""
        held = await self.holding(None, team)
        return held.token if held else None

    async def holding(self, enterprise_id: str | None, team_id: str | None, *, whole: bool = False) -> Holding | None:
        """The installation that holds there; `whole` is what Slack says of requests that reach a whole organization's."""
        place = (enterprise_id, None) if whole else (None, team_id)
        until, held = self._kept.get(place, (None, None))
        if until is None or until <= self._now():
            held = self._opened(await self._found(enterprise_id, team_id, whole=whole))
            self._kept[place] = (self._now() + KEPT, held)
        if whole and held is not None and team_id is not None and team_id not in held.installation.workspaces:
            await self._meet(place, held, team_id)
        return held

    def forget(self) -> None:
        """Look everything up anew: an installation was added or has ended."""
        self._kept.clear()

    async def heard(self, body: Mapping[str, object], context: AsyncBoltContext) -> bool:
        """Let the installation go where the event says that it has ended; returns whether it says so."""
        if not ended(body):
            return False
        enterprise, team = context.enterprise_id, None if context.is_enterprise_install else context.team_id
        gone = await self._store.remove(enterprise, team, _told_at(body, self._now()))
        self.forget()
        log.info("slack installation removed", workspace=team or enterprise, rows=gone)
        return True

    async def _found(self, enterprise_id: str | None, team_id: str | None, *, whole: bool) -> SlackInstallation | None:
        if whole:
            return await self._store.newest(enterprise_id, None)
        return await self._store.covering(team_id) if team_id else None

    def _opened(self, installation: SlackInstallation | None) -> Holding | None:
        if installation is None:
            return None
        try:
            return Holding(installation, self._seals.open(installation.bot_token))
        except WrongKey:
            where = installation.team_id or installation.enterprise_id
            remedy = "set the ELEVATE_SECRET_KEY that it was installed under, or install it there again"
            log.error("slack installation not opened, workspace left off", workspace=where, remedy=remedy)
            return None

    async def _meet(self, place: tuple[str | None, str | None], held: Holding, team_id: str) -> None:
        """The organization's installation reaches this workspace: noted, for when something is to be sent there unasked."""
        await self._store.met(held.installation, team_id)
        reached = (*held.installation.workspaces, team_id)
        until, now_held = self._kept.get(place, (None, None))
        if until is not None and now_held is held:
            self._kept[place] = (until, Holding(held.installation.model_copy(update={"workspaces": reached}), held.token))
        self._kept.pop((None, team_id), None)


class Authorize(AsyncAuthorize):
    """Tells Bolt as whom the bot answers a request; Slack is asked nothing, since all of it was kept at the installation."""

    def __init__(self, installed: Installed) -> None:
        self._installed = installed

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,
        actor_team_id: str | None = None,
        actor_user_id: str | None = None,
    ) -> AuthorizeResult | None:
        """The bot in that workspace, or None where it is not installed."""
        held = await self._installed.holding(enterprise_id, team_id, whole=bool(context.is_enterprise_install))
        if held is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            team=held.installation.name,
            bot_user_id=held.installation.bot_user_id,
            bot_id=held.installation.bot_id,
            bot_token=held.token,
            bot_scopes=list(held.installation.scopes),
            user_id=user_id,
        )


def ended(body: Mapping[str, object]) -> bool:
    """Whether Slack says that the bot is no longer installed there, or that its token was taken back.

    https://docs.slack.dev/reference/events/app_uninstalled and tokens_revoked; people's own tokens are of no use to us.
    """
    event = body.get("event")
    if not isinstance(event, Mapping):
        return False
    match event.get("type"):
        case "app_uninstalled":
            return True
        case "tokens_revoked":
            tokens = event.get("tokens")
            return isinstance(tokens, Mapping) and bool(tokens.get("bot"))
        case _:
            return False


def _told_at(body: Mapping[str, object], now: datetime) -> datetime:
    """When it happened: Slack repeats an event after minutes, and somebody may have installed it again since."""
    at = body.get("event_time")
    if isinstance(at, int) and not isinstance(at, bool) and 0 < at < now.timestamp():
        return min(datetime.fromtimestamp(at, UTC) + APART, now)
    return now
