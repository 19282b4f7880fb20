"""Styles and scripts: read once, under addresses that change with their content, so that browsers may keep them for good."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

FOLDER = Path(__file__).with_name("static")
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png", "": "text/plain"}
VENDOR = "vendor"
"""The folder of what comes from elsewhere, and is sent as it came."""
COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)
FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent, plain and compressed. `path` is its address below the root, as in `/static/3f2a9c01d4e5/app.css`."""

    path: str
    content: bytes
    compressed: bytes
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
            headers = {"Cache-Control": FOR_GOOD, "Cross-Origin-Resource-Policy": "same-origin", "Vary": "Accept-Encoding"}
            body = asset.content
            if "gzip" in request.headers.get("Accept-Encoding", ""):
                body, headers["Content-Encoding"] = asset.compressed, "gzip"
            return web.Response(body=body, content_type=asset.media_type, charset="utf-8", headers=headers)

        return web.get("/static/{digest}/{name:.+}", shown)


def _read(file: Path, folder: Path) -> Asset:
    name = file.relative_to(folder)
    content = file.read_bytes() if name.parts[0] == VENDOR else _slim(file.read_text(encoding="utf-8"), file.suffix).encode()
    digest = hashlib.sha256(content).hexdigest()[:12]
    return Asset(f"/static/{digest}/{name.as_posix()}", content, gzip.compress(content, mtime=0), TYPES[file.suffix])


def _slim(text: str, suffix: str) -> str:
    """Our own style sheets and scripts without the comments and the indentation that are for those who write them."""
    match suffix:
        case ".css":
            return "\n".join(line.strip() for line in COMMENTS.sub("", text).splitlines() if line.strip())
        case ".js":
            return "\n".join(line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("//"))
        case _:
            return text
