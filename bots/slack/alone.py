"""Who we are where the bot is installed in one workspace alone: Slack is asked until it says, and then no more."""

from __future__ import annotations

import asyncio

import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext

from bots.payload import words
from bots.slack.api import Api
from bots.slack.payload import ident
from core.errors import Trouble

log = structlog.get_logger()


class Alone(AsyncAuthorize):
    """Tells Bolt as whom the bot answers.

    Bolt's own way acknowledges what comes while Slack does not say who we are, and so loses it; this one raises, and Slack sends
    it again.
    """

    def __init__(self, api: Api, token: str) -> None:
        self._api = api
        self._token = token
        self._who: AuthorizeResult | None = None
        self._asking = asyncio.Lock()

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
    ) -> AuthorizeResult:
        """The bot.

        Raises:
            Trouble: Slack does not say who that is.
        """
        return await self.known()

    async def known(self) -> AuthorizeResult:
        """Who we are, asked for once.

        Raises:
            Trouble: Slack does not say.
        """
        who = self._who
        if who is not None:
            return who
        async with self._asking:
            return self._who or await self._asked()

    async def learn(self) -> None:
        """Ask before anything comes, so that the first event need not wait for it."""
        try:
            await self.known()
        except Trouble as trouble:  # whatever comes asks again
            log.warning("slack account not known", trouble=type(trouble).__name__)

    async def _asked(self) -> AuthorizeResult:
        told = await self._api.call("", "auth.test")
        self._who = AuthorizeResult(
            enterprise_id=ident(told, "enterprise_id") or None,
            team_id=ident(told, "team_id"),
            team=words(told, "team"),
            bot_user_id=ident(told, "user_id"),
            bot_id=ident(told, "bot_id"),
            bot_token=self._token,
        )
        return self._who
