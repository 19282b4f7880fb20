"""Files that people send: fetched from where Discord keeps them, and from nowhere else."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import SplitResult, urlsplit

import structlog
from aiohttp import ClientError, ClientSession

from bots.downloading import FileNotRead, read_whole
from core.errors import Trouble
from core.request import Address, File

log = structlog.get_logger()

DISCORDS = frozenset({"cdn.discordapp.com", "media.discordapp.net"})
"""https://docs.discord.com/developers/reference#signed-attachment-cdn-urls"""
DISCORD = "discord.com"


class Downloads:
    """Fetches what people sent. `api_url` is where Discord is: where that is not Discord itself, it keeps the files as well."""

    def __init__(self, session: ClientSession, api_url: str) -> None:
        self._session = session
        api = urlsplit(api_url)
        self._stand_in = "" if api.hostname == DISCORD else _origin(api)

    async def fetch(self, address: Address, file: File) -> File:
        """The file with its content. Its address is signed for a day, so that no token goes along.

        Raises:
            FileNotRead: it is gone, too large, or elsewhere.
            Trouble: Discord is away.
        """
        if not self._is_discords(file.source):
            log.warning("file elsewhere not fetched", workspace=address.workspace)
            raise FileNotRead()
        try:
            async with self._session.get(file.source, allow_redirects=False) as answer:
                if answer.status >= 500 or answer.status == 429:
                    raise ClientError(f"status {answer.status}")
                if answer.status != 200:
                    log.warning("file not fetched", status=answer.status)
                    raise FileNotRead()
                content = await read_whole(answer)
        except (ClientError, TimeoutError) as trouble:
            log.warning("file not fetched", trouble=type(trouble).__name__)
            raise Trouble("Discord did not hand over that file just now. Please try again in a minute.") from None
        return replace(file, content=content, size=len(content))

    def _is_discords(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        is_stand_in = bool(self._stand_in) and _origin(parts) == self._stand_in
        return is_stand_in or (parts.scheme == "https" and parts.netloc in DISCORDS)


def _origin(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.netloc}"
