"""Files that are sent from a page, as in a direct message with the bot."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web
from markupsafe import Markup

from bots.web.tags import tag
from bots.web.ways import Ways
from core.request import File

SAY = "/say"
SENDING: Mapping[str, tuple[str, str]] = {
    "cohort import": ("The list, as a CSV or XLSX file", ".csv,.tsv,.xlsx"),
    "kpi import": (
        "A table or an export as a CSV or XLSX file, or a picture of one",
        ".csv,.tsv,.txt,.xlsx,.xlsm,.png,.jpg,.jpeg",
    ),
}
"""Commands that say which file to send: what is asked for, and the endings that a browser offers."""


def form(ways: Ways, label: str, endings: str) -> Markup:
    """Where a file is chosen and sent."""
    chosen = tag("input", type="file", name="file", id="file", accept=endings, required=True)
    send = tag("p", tag("button", "Look through it", class_="button primary", type="submit"), class_="actions")
    inner = (ways.hidden(), tag("label", label, for_="file"), chosen, send)
    return tag("form", *inner, method="post", action=ways.url(SAY), enctype="multipart/form-data", class_="form reply")


def sent(values: Mapping[str, object]) -> tuple[File, ...]:
    """The files of a form."""
    found = []
    for each in values.values():
        if isinstance(each, web.FileField) and each.filename:
            content = each.file.read()
            found.append(File(each.filename, each.content_type, content, size=len(content)))
    return tuple(found)
