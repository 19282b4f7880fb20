"""The name and the face that an agent posts under."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import PurePath
from urllib.parse import quote, urlsplit

from bots.slack.posts import Feature
from core.ui import Speaker

NAME_AT_MOST = 80


class Faces:
    """Arguments for the calls that post. `public_url` is where Slack can fetch pictures from us; without it, emoji stand in."""

    def __init__(self, public_url: str | None = None) -> None:
        self._url = public_url.rstrip("/") if public_url and urlsplit(public_url).scheme == "https" else ""

    def of(self, speaker: Speaker | None, without: Collection[Feature] = ()) -> Mapping[str, str]:
        """`username`, and `icon_url` or `icon_emoji`; nothing without the permission to post under another name."""
        if speaker is None or Feature.FACE in without:
            return {}
        face = {"username": speaker.name[:NAME_AT_MOST]}
        if self._url and speaker.avatar:
            face["icon_url"] = f"{self._url}/faces/{quote(PurePath(speaker.avatar).stem)}.png"
        elif speaker.emoji:
            face["icon_emoji"] = f":{speaker.emoji}:"
        return face
