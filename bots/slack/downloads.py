"""Files that people send: fetched from Slack with the workspace's own token, which goes to nobody else's server."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

import structlog
from aiohttp import ClientError, ClientSession

from bots.downloading import FileNotRead, read_whole
from bots.payload import inner
from bots.slack.api import Api
from bots.slack.payload import ident
from core.errors import Trouble
from core.request import Address, File

log = structlog.get_logger()

SLACKS = ("slack.com", "slack-files.com", "slack-edge.com")


class Downloads:
    """Fetches what people sent. `api_url` is where Slack is: its host is trusted beside Slack's own."""

    def __init__(self, api: Api, session: ClientSession, api_url: str) -> None:
        self._api = api
        self._session = session
        self._host = urlsplit(api_url).hostname or ""

    async def fetch(self, address: Address, file: File) -> File:
        """The file with its content.

        Raises:
            FileNotRead: it is gone, hidden from us, too large, or elsewhere.
            Trouble: Slack is away.
        """
        url = file.source if "://" in file.source else await self._address(address.workspace, file.source)
        host = urlsplit(url).hostname or ""
        if host != self._host and not any(host == each or host.endswith(f".{each}") for each in SLACKS):
            log.warning("file elsewhere not fetched", host=host)
            raise FileNotRead()
        token = (await self._api.clients.of(address.workspace)).token
        try:
            async with self._session.get(url, headers={"Authorization": f"Bearer {token}"}, allow_redirects=False) as answer:
                if answer.status != 200:  # a redirect leads to a page for logging in: the scope files:read is missing
                    log.warning("file not fetched", status=answer.status)
                    raise FileNotRead()
                content = await read_whole(answer)
        except (ClientError, TimeoutError) as trouble:
            log.warning("file not fetched", trouble=type(trouble).__name__)
            raise Trouble("Slack did not hand over that file just now. Please try again in a minute.") from None
        return replace(file, content=content, size=len(content))

    async def _address(self, team: str, file_id: str) -> str:
        """Files of other organizations come by their id alone. https://docs.slack.dev/apis/slack-connect"""
        told = await self._api.call(team, "files.info", file=file_id)
        return ident(inner(told, "file"), "url_private")
