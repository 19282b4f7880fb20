"""Styles and scripts: read once, under addresses that change with their content, so that browsers may keep them for good."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

FOLDER = Path(__file__).with_name("static")
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png", "": "text/plain"}
FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent. `path` is its address below the root, such as `/static/3f2a9c01d4e5/app.css`."""

    path: str
    content: bytes
    media_type: str


class Assets:
    """All the files of the folder, by their names."""

    def __init__(self, folder: Path = FOLDER) -> None:
        files = sorted(each for each in folder.rglob("*") if each.is_file() and each.suffix in TYPES)
        self._by_name: Mapping[str, Asset] = {each.relative_to(folder).as_posix(): _read(each, folder) for each in files}
        self._by_path = {each.path: each for each in self._by_name.values()}

    def path(self, name: str) -> str:
        """The address of a file, below the root.

        Raises:
            KeyError: there is no such file.
        """
        return self._by_name[name].path

    def route(self) -> web.RouteDef:
        """Serves them, each under its exact address."""

        async def shown(request: web.Request) -> web.Response:
            asset = self._by_path.get(f"/static/{request.match_info['digest']}/{request.match_info['name']}")
            if asset is None:
                return web.Response(status=404, text="There is no such file.\n", headers={"Cache-Control": "no-store"})
            headers = {"Cache-Control": FOR_GOOD, "Cross-Origin-Resource-Policy": "same-origin"}
            return web.Response(body=asset.content, content_type=asset.media_type, charset="utf-8", headers=headers)

        return web.get("/static/{digest}/{name:.+}", shown)


def _read(file: Path, folder: Path) -> Asset:
    content = file.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:12]
    return Asset(f"/static/{digest}/{file.relative_to(folder).as_posix()}", content, TYPES[file.suffix])
