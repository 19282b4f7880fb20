"""Installing the bot in several workspaces: Slack's OAuth, with everything that it needs to keep in the record."""

from __future__ import annotations

import logging
import secrets
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from bots.seals import Seals
from bots.settings import Settings
from bots.slack import pages
from bots.slack.installed import Authorize, Installed
from core.errors import SettingTrouble, Trouble
from core.ids import new_id
from core.installations import STATE_LIFE, InstallationStore, OAuthState, SlackInstallation, state_id

log = structlog.get_logger()

INSTALL_PATH, REDIRECT_PATH = "/slack/install", "/slack/oauth_redirect"
PURPOSE = "slack bot tokens"
MOST_UNDER_WAY = 1_000
"""Installations that may be begun within a state's life: whoever asks for the page again and again shall not fill the record."""
TELLING = frozenset({"invalid_code", "no_bot", "storage_error", "token_rotation"})
"""Reasons that are logged: they come after a state that was ours, where the others anybody can bring about."""
NOT_INSTALLED = "I am not installed in this workspace any more. Ask whoever looks after your apps to add me again."
"""For Bolt's `user_facing_authorize_error_message`."""


class TooMany(Trouble):
    """Too many installations are under way. Try again in ten minutes."""


@dataclass(frozen=True, slots=True)
class OAuth:
    """What installing in several workspaces needs of the settings. `redirect_uri` None: the first that the Slack app names."""

    client_id: str
    client_secret: str
    seals: Seals
    redirect_uri: str | None


def oauth_of(settings: Settings) -> OAuth | None:
    """What the settings say of it; None where they name no client, so that there is a single workspace and its token.

    Raises:
        SettingTrouble: something that belongs to it is missing, in a line.
    """
    client, password, secret = settings.slack_client_id, settings.slack_client_secret, settings.secret_key
    if client is None and password is None:
        return None
    if client is None or password is None:
        missing, there = (
            ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET") if client is None else ("SLACK_CLIENT_SECRET", "SLACK_CLIENT_ID")
        )
        raise SettingTrouble(f"{missing} is missing beside {there}. Both are on the app's page at api.slack.com.")
    if secret is None:
        raise SettingTrouble(
            "ELEVATE_SECRET_KEY is missing: it encrypts Slack's tokens, and one made up here could be lost with the data "
            "folder, and every installation with it. Set it to 32 characters or more, and keep a copy."
        )
    if settings.slack_signing_secret is None and settings.slack_app_token is None:
        raise SettingTrouble("Set SLACK_SIGNING_SECRET as well: without it the bot hears nothing.")
    return OAuth(
        client_id=client,
        client_secret=password.get_secret_value(),
        seals=Seals(secret.get_secret_value(), PURPOSE),
        redirect_uri=f"{settings.public_url}{REDIRECT_PATH}" if settings.public_url else None,
    )


def flow(
    oauth: OAuth,
    *,
    scopes: Sequence[str],
    client: AsyncWebClient,
    store: InstallationStore,
    installed: Installed,
    now: Callable[[], datetime],
) -> AsyncOAuthFlow:
    """Slack's OAuth for `AsyncApp(oauth_flow=…)`; `client` has no token. Every value is given, so that none is read elsewhere."""
    authorize_at = f"{client.base_url.rstrip('/').removesuffix('/api')}/oauth/v2/authorize"
    settings = AsyncOAuthSettings(
        client_id=oauth.client_id,
        client_secret=oauth.client_secret,
        scopes=list(scopes),
        user_scopes=[],
        redirect_uri=oauth.redirect_uri,
        install_path=INSTALL_PATH,
        install_page_rendering_enabled=False,
        redirect_uri_path=REDIRECT_PATH,
        callback_options=AsyncCallbackOptions(success=_succeeded, failure=_failed),
        authorization_url=authorize_at,
        installation_store=Installations(store, oauth.seals, installed, now),
        state_store=States(store, now),
        state_expiration_seconds=int(STATE_LIFE.total_seconds()),
    )
    settings.authorize = Authorize(installed)
    return AsyncOAuthFlow(client=client, settings=settings)


class Unusable(BoltError):
    """An installation that cannot be kept; the reason is one of `pages.REASONS`."""


class Installations(AsyncInstallationStore):
    """Keeps what Slack gave, with the token sealed. Bolt only ever saves here: finding is `Authorize`'s."""

    def __init__(self, store: InstallationStore, seals: Seals, installed: Installed, now: Callable[[], datetime]) -> None:
        self._store = store
        self._seals = seals
        self._installed = installed
        self._now = now

    @property
    def logger(self) -> logging.Logger:
        """What Bolt asks for."""
        return logging.getLogger(__name__)

    async def async_save(self, installation: Installation) -> None:
        """Keep it.

        Raises:
            Unusable: it brings no bot, or a token that will not last.
        """
        if not installation.bot_token:
            raise Unusable("no_bot")
        if installation.bot_refresh_token or installation.bot_token_expires_at:
            raise Unusable("token_rotation")
        whole = installation.is_enterprise_install
        kept = SlackInstallation(
            id=new_id("ins"),
            enterprise_id=installation.enterprise_id,
            team_id=None if whole else installation.team_id,
            name=installation.enterprise_name if whole else installation.team_name,
            app_id=installation.app_id,
            bot_id=installation.bot_id,
            bot_user_id=installation.bot_user_id,
            bot_token=self._seals.seal(installation.bot_token),
            scopes=tuple(installation.bot_scopes or ()),
            installed_by=installation.user_id,
            installed_at=self._now(),
        )
        await self._store.add(kept)
        self._installed.forget()
        log.info("slack installation kept", workspace=kept.team_id or kept.enterprise_id)


class States(AsyncOAuthStateStore):
    """What ties Slack's answer to the browser in which an installation was begun."""

    def __init__(self, store: InstallationStore, now: Callable[[], datetime], most: int = MOST_UNDER_WAY) -> None:
        self._store = store
        self._now = now
        self._most = most
        self._begun: deque[datetime] = deque()

    @property
    def logger(self) -> logging.Logger:
        """What Bolt asks for."""
        return logging.getLogger(__name__)

    async def async_issue(self, *args: object, **kwargs: object) -> str:
        """A fresh state.

        Raises:
            TooMany: so many were begun here lately that something is wrong.
        """
        at = self._now()
        while self._begun and self._begun[0] <= at - STATE_LIFE:
            self._begun.popleft()
        if len(self._begun) >= self._most:
            raise TooMany
        self._begun.append(at)
        state = secrets.token_urlsafe(32)
        await self._store.begin(OAuthState.begun(state, at))
        return state

    async def async_consume(self, state: str) -> bool:
        """Whether it is one of ours, fresh, and not used yet; from now on it is used."""
        return await self._store.use(state_id(state), self._now())


async def _succeeded(args: AsyncSuccessArgs) -> BoltResponse:
    given = args.installation
    whole = given.is_enterprise_install
    page = pages.installed(given.enterprise_name if whole else given.team_name, given.app_id, None if whole else given.team_id)
    spent = args.settings.state_utils.build_set_cookie_for_deletion()
    return BoltResponse(status=200, body=page, headers={**pages.HEADERS, "Set-Cookie": [spent]})


async def _failed(args: AsyncFailureArgs) -> BoltResponse:
    reason = str(args.error) if isinstance(args.error, Unusable) else args.reason
    if reason in TELLING:
        log.warning("slack installation failed", reason=reason)
    return BoltResponse(status=args.suggested_status_code, body=pages.not_installed(reason), headers=dict(pages.HEADERS))
