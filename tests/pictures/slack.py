"""A message as Slack draws its blocks, on a phone by day.

https://docs.slack.dev/reference/block-kit/blocks
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bots.slack.posts import PICTURE, Block, Post
from bots.slack.render import NOTHING, posts, to_draw
from bots.slack.wording import reserved, worded
from bots.web.prose import prose
from bots.web.tags import joined, tag
from core.request import File
from core.ui import Chart, Message
from tests.pictures.drawing import NotDrawn, Pictures, framed, image, message

STYLES = {"bold": "b", "italic": "i", "strike": "s", "code": "code"}


def charts(shown: Message) -> Sequence[Chart]:
    """Those that Slack needs a picture of."""
    return to_draw(shown.cards)


def drawn(shown: Message, pictures: Pictures, groups: frozenset[str], time: str) -> str:
    """The page."""
    sent = posts(worded(shown, reserved(groups)), NOTHING, pictures)
    return framed("slack", "Elevate", "App", joined(message(_post(each), time) for each in sent))


def _post(post: Post) -> Markup:
    return joined(_block(each, post.pictures) for each in post.blocks)


def _block(block: Block, pictures: Sequence[File]) -> Markup:
    match block["type"]:
        case "header":
            return tag("h3", block["text"]["text"])
        case "markdown":
            return tag("div", prose(block["text"]), class_="markdown")
        case "rich_text":
            return tag("div", *map(_rich, block["elements"]), class_="rich")
        case "image":
            number = int(block["slack_file"]["id"].removeprefix(PICTURE))
            return image(pictures[number].content, block["alt_text"])
        case "context":
            return tag("p", *(each["text"] for each in block["elements"]), class_="context")
        case "actions":
            return tag("div", *map(_element, block["elements"]), class_="actions")
        case other:
            raise NotDrawn(other)


def _rich(element: Block) -> Markup:
    match element["type"]:
        case "rich_text_section":
            return tag("p", *map(_words, element["elements"]))
        case other:
            raise NotDrawn(other)


def _words(element: Block) -> Markup:
    if element["type"] != "text":
        raise NotDrawn(element["type"])
    words = Markup("<br>").join(element["text"].split("\n"))
    for style in element.get("style", ()):
        words = tag(STYLES[style], words)
    return words


def _element(element: Block) -> Markup:
    match element["type"]:
        case "button":
            return tag("button", element["text"]["text"], class_=element.get("style"))
        case "static_select":
            return tag("button", element["placeholder"]["text"], class_="menu")
        case other:
            raise NotDrawn(other)
