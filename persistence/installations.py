"""Installations of the bot, and those under way, in the record.

A store of the system: a workspace is the community's, and no person's.
"""

from __future__ import annotations

from datetime import datetime

from core.installations import OAuthState, SlackInstallation, latest
from persistence.documents import Database, Filter


class InstallationRecord:
    """Implements `core.installations.InstallationStore`."""

    def __init__(self, database: Database) -> None:
        self._installations = database.collection("slackInstallations")
        self._states = database.collection("slackStates")

    async def add(self, installation: SlackInstallation) -> None:
        """Keep an installation beside those of before."""
        await self._installations.insert(installation.document())

    async def newest(self, enterprise_id: str | None, team_id: str | None) -> SlackInstallation | None:
        """The installation that holds: the workspace's where there is a `team_id`, else the whole organization's."""
        if enterprise_id is None and team_id is None:
            return None
        return await self._newest(_place(enterprise_id, team_id))

    async def covering(self, team_id: str) -> SlackInstallation | None:
        """The installation that holds in the workspace: its own or, where that is newer, its organization's."""
        own = await self.newest(None, team_id)
        reaching = await self._newest({"workspaces": team_id})
        whole = await self.newest(reaching.enterprise_id, None) if reaching else None
        return latest([each for each in (own, whole) if each])

    async def met(self, installation: SlackInstallation, team_id: str) -> None:
        """Remember that a whole organization's installation reaches this workspace."""
        await self._installations.update({"_id": installation.id}, {"$addToSet": {"workspaces": team_id}})

    async def remove(self, enterprise_id: str | None, team_id: str | None, until: datetime) -> int:
        """Remove what was installed there up to that time; returns how many. A later installation stays."""
        if enterprise_id is None and team_id is None:
            return 0
        return await self._installations.delete({**_place(enterprise_id, team_id), "installedAt": {"$lte": until}})

    async def begin(self, state: OAuthState) -> None:
        """Keep a state until it is used or too old."""
        await self._states.insert(state.document())

    async def use(self, state_id: str, at: datetime) -> bool:
        """Use up a state; False where it is not there, was used already, or is too old. Of two who try, one finds it."""
        return await self._states.delete({"_id": state_id, "expiresAt": {"$gt": at}}) == 1

    async def _newest(self, where: Filter) -> SlackInstallation | None:
        found = await self._installations.find(where, sort=[("installedAt", -1)], limit=1)
        return SlackInstallation.of(found[0]) if found else None


def _place(enterprise_id: str | None, team_id: str | None) -> dict[str, str | None]:
    """A workspace's id is enough: it stays the same when the workspace joins an organization."""
    return {"teamId": team_id} if team_id is not None else {"enterpriseId": enterprise_id, "teamId": None}
