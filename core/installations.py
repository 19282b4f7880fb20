"""Where the bot is installed: the workspaces that took it, and the installations that are just under way.

Tokens are sealed before they come here and opened after they left: what is kept here is of no use to who does not have the key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from core.record import Kept

STATE_LIFE = timedelta(minutes=10)
"""How long somebody may take to agree on the platform's own page."""


class SlackInstallation(Kept):
    """One time that somebody installed the bot: rows of before stay, and the newest holds.

    Of a single workspace, `team_id` is set; of a whole organization (Enterprise Grid), only `enterprise_id` is, and
    `workspaces` are those of its workspaces that the bot was met in. `bot_token` is sealed. `installed_by` is the Slack account
    of who installed it: the first Admin there.
    """

    enterprise_id: str | None = None
    team_id: str | None = None
    name: str | None = None
    app_id: str | None = None
    bot_id: str | None = None
    bot_user_id: str | None = None
    bot_token: str
    scopes: tuple[str, ...] = ()
    workspaces: tuple[str, ...] = ()
    installed_by: str | None = None
    installed_at: datetime


class OAuthState(Kept):
    """An installation under way. The id is a hash of the state that the browser brings back, so that reading it is no use."""

    expires_at: datetime

    @classmethod
    def begun(cls, state: str, at: datetime) -> OAuthState:
        """The row for a fresh state."""
        return cls(id=state_id(state), expires_at=at + STATE_LIFE)


def state_id(state: str) -> str:
    """The id under which a state is kept."""
    return hashlib.sha256(state.encode()).hexdigest()


class InstallationStore(Protocol):
    """Installations and states, for any process. A workspace goes by `team_id`, a whole organization by `enterprise_id` alone."""

    async def add(self, installation: SlackInstallation) -> None:
        """Keep an installation beside those of before."""
        ...

    async def newest(self, enterprise_id: str | None, team_id: str | None) -> SlackInstallation | None:
        """The installation that holds: the workspace's where there is a `team_id`, else the whole organization's."""
        ...

    async def covering(self, team_id: str) -> SlackInstallation | None:
        """The installation that holds in the workspace: its own or, where that is newer, its organization's."""
        ...

    async def met(self, installation: SlackInstallation, team_id: str) -> None:
        """Remember that a whole organization's installation reaches this workspace."""
        ...

    async def remove(self, enterprise_id: str | None, team_id: str | None, until: datetime) -> int:
        """Remove what was installed there up to that time; returns how many. A later installation stays."""
        ...

    async def begin(self, state: OAuthState) -> None:
        """Keep a state until it is used or too old."""
        ...

    async def use(self, state_id: str, at: datetime) -> bool:
        """Use up a state; False where it is not there, was used already, or is too old."""
        ...


def latest(found: Sequence[SlackInstallation]) -> SlackInstallation | None:
    """The one that was installed last."""
    return max(found, key=lambda each: (each.installed_at, each.id), default=None)
