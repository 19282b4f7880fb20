"""A message as Discord draws its components, on a phone by night.

https://docs.discord.com/developers/components/reference
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from markupsafe import Markup

from bots.discord import parts
from bots.discord.posts import Component, Post
from bots.discord.render import posts, to_draw
from bots.web.prose import prose
from bots.web.tags import joined, tag
from core.ui import Chart, Message
from tests.pictures.drawing import NotDrawn, Pictures, framed, image, message

Drawn: TypeAlias = Mapping[str, Any]
STYLES = {1: "primary", 2: "secondary", 5: "link"}
QUIET = re.compile(r"(?m)^-# (.*)$")


def charts(shown: Message) -> Sequence[Chart]:
    """Those that Discord needs a picture of: all."""
    return to_draw(shown.cards)


def drawn(shown: Message, pictures: Pictures, time: str) -> str:
    """The page."""
    sent = posts(shown, drawn=pictures)
    return framed(
        "discord", "Elevate", "Direct message", joined(message(_components(each.components, each), time) for each in sent)
    )


def _components(components: Iterable[Component], post: Post) -> Markup:
    return joined(_component(each, post) for each in components)


def _component(component: Drawn, post: Post) -> Markup:
    match component["type"]:
        case parts.TEXT:
            return tag("div", _written(component["content"]), class_="text")
        case parts.BOX:
            colour = component.get("accent_color")
            style = None if colour is None else f"border-left-color:#{colour:06x}"
            return tag("section", _components(component["components"], post), class_="box", style=style)
        case parts.ROW:
            return tag("div", _components(component["components"], post), class_="row")
        case parts.BUTTON:
            return tag("button", component["label"], class_=STYLES[component["style"]])
        case parts.SELECT:
            return tag("button", component["placeholder"], class_="menu")
        case parts.GALLERY:
            item = component["items"][0]
            files = {f"attachment://{each.name}": each.content for each in post.files}
            return image(files[item["media"]["url"]], item["description"])
        case other:
            raise NotDrawn(f"component {other}")


def _written(markdown: str) -> Markup:
    """Discord's Markdown, which is CommonMark but for its quiet lines."""
    pieces = QUIET.split(markdown)
    return joined(
        tag("p", prose(each), class_="quiet") if at % 2 else prose(each) for at, each in enumerate(pieces) if each.strip()
    )
