"""The forms of an asset: its text, and the day on which it went live."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from core.assets import views
from core.assets.model import Opened
from core.assets.service import CONTENT_AT_MOST, TITLE_AT_MOST
from core.people.model import Person
from core.request import Typed
from core.ui import Field, Form, Kind

EDITS, GOES_LIVE = "assets edit", "assets implement"
KIND_AT_MOST = 60
CHANNEL_AT_MOST = 60
LINK_AT_MOST = 300
EDIT_FIELDS = (
    Field("asset_type", "What it is", max_length=KIND_AT_MOST),
    Field("title", "Title", hint="Leave it empty to take the first line", required=False, max_length=TITLE_AT_MOST),
    Field("channel", "Channel", required=False, max_length=CHANNEL_AT_MOST),
    Field("content", "The text itself", Kind.LONG, max_length=CONTENT_AT_MOST),
)
LIVE_FIELDS = (
    Field("since", "Live since", Kind.DATE, "The day from which people can see it, such as 31 March"),
    Field("channel", "Channel", hint="Where it runs, such as Instagram", required=False, max_length=CHANNEL_AT_MOST),
    Field("link", "Link", hint="Where it can be seen: https://…", required=False, max_length=LINK_AT_MOST),
)


def live_form(
    person: Person,
    opened: Opened,
    at: datetime,
    typed: Mapping[str, Typed] | None = None,
    problems: Mapping[str, str] | None = None,
) -> Form:
    """Since when and where people can see it: what is known, and over it what was typed."""
    asset = opened.asset
    since = (asset.implemented_at or at).astimezone(person.zone).date()
    known: dict[str, Typed] = {"since": since.isoformat(), "channel": asset.channel or "", "link": asset.link or ""}
    about = "The day tells your figures before from those after, and the link brings you back to it."
    title = f"{opened.number}. {views.cut(asset.title, 30)} is live"
    values = {**known, **(typed or {}), "asset": asset.id}
    return Form(GOES_LIVE, title, LIVE_FIELDS, values, problems or {}, about, submit="It is live")


def edit_form(opened: Opened, typed: Mapping[str, Typed] | None = None, problem: str = "") -> Form:
    """The asset's text and what it is called, to be changed; over it what was typed."""
    asset = opened.asset
    known: dict[str, Typed] = {
        "asset_type": asset.asset_type,
        "title": asset.title,
        "channel": asset.channel or "",
        "content": asset.content,
    }
    unseen: dict[str, Typed] = {"asset": asset.id, "seen": asset.last_updated_at.isoformat()}
    return Form(
        EDITS,
        f"Edit {opened.number}. {views.cut(asset.title, 30)}",
        EDIT_FIELDS,
        {**known, **(typed or {}), **unseen},
        {"content": problem} if problem else {},
    )
