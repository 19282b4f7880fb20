"""Where the pages are reached: their address, and what follows from it for cookies and for who may ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "localhost")


@dataclass(frozen=True, slots=True)
class Place:
    """An address such as `https://coach.example` or `http://127.0.0.1:8080`; `root` is the path before every page, often "".

    `local`: the pages are for this machine alone, and nobody is answered who asks for them under another name (DNS rebinding).
    """

    url: str
    local: bool = False

    @property
    def origin(self) -> str:
        """As browsers write it in `Origin`."""
        parts = urlsplit(self.url)
        usual = {"http": 80, "https": 443}.get(parts.scheme)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        port = "" if parts.port in (None, usual) else f":{parts.port}"
        return f"{parts.scheme}://{host}{port}"

    @property
    def root(self) -> str:
        """The path before every page, without a slash at its end."""
        return urlsplit(self.url).path.rstrip("/")

    @property
    def secure(self) -> bool:
        """Whether browsers come by HTTPS."""
        return self.url.startswith("https:")

    @property
    def cookie(self) -> str:
        """The name of the session's cookie. With `__Host-` no other host and no path may set one in its place.

        On one machine all ports share their cookies: two programs of different ports keep out of each other's way.
        """
        return "__Host-elevate" if self.secure else f"elevate_{urlsplit(self.url).port or 80}"

    def answers_to(self, host: str) -> bool:
        """Whether somebody who asks for this host (`Host`) is answered."""
        return not self.local or host in {f"{name}:{urlsplit(self.url).port}" for name in LOOPBACK}

    def is_ours(self, origin: str) -> bool:
        """Whether a form was sent by one of these pages."""
        if not self.local:
            return origin == self.origin
        return origin in {f"http://{name}:{urlsplit(self.url).port}" for name in LOOPBACK}


Placed = Callable[[], Place]
"""Says where the pages are reached: on a terminal that is known only once a free port is found."""
