"""Answers that need no page of their own: a note on another page, a file, or the last words to somebody."""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import web

from core.request import File
from core.ui import Buttons, Card, Facts, Message, Meter, Text, Tone

NOTED_CARDS, NOTED_AT_MOST = 2, 600
"""An answer of more cards or characters is a page of its own."""
PLAIN = (Text, Facts, Meter, Buttons)
"""What an answer may be made of whose words alone are enough."""


def in_brief(message: Message) -> tuple[str, Tone] | None:
    """What a short answer says, where a note on another page is enough: its text beside the cards, or all that these say.

    What asks, shows values or says several things is not short.
    """
    if message.files or len(message.cards) > NOTED_CARDS:
        return None
    tones = [card.tone for card in message.cards if card.tone is not Tone.PLAIN]
    words = message.text or ("" if any(_is_looked_at(each) for each in message.cards) else _said(message))
    return (words, tones[0] if tones else Tone.GOOD) if 0 < len(words) <= NOTED_AT_MOST else None


def in_full(message: Message) -> tuple[str, str]:
    """The title and all the words of an answer."""
    texts = [each.markdown for card in message.cards for each in card.body if isinstance(each, Text)]
    title = next((card.title for card in message.cards if card.title), "Done")
    return title, " ".join(filter(None, (message.text, *texts)))


def handed(file: File) -> web.Response:
    """The file itself, to be kept by whoever asked for it and by nobody between."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}",
        "Cache-Control": "no-store",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return web.Response(body=file.content, content_type=file.media_type.partition(";")[0], headers=headers)


def _said(message: Message) -> str:
    """The one text of the cards, or the title of what went well and says no more."""
    body = [each for card in message.cards for each in card.body]
    texts = [each.markdown for each in body if isinstance(each, Text)]
    if len(texts) > 1 or not all(isinstance(each, PLAIN) for each in body):
        return ""
    if texts:
        return texts[0]
    return next((f"{card.title}." for card in message.cards if card.title and card.tone is Tone.GOOD), "")


def _is_looked_at(card: Card) -> bool:
    """Whether it is more than a word on what was done: something is to be decided, or values are shown."""
    kinds = {type(each) for each in card.body}
    match card.tone:
        case Tone.CAREFUL | Tone.BAD:
            return Buttons in kinds
        case Tone.PLAIN:
            return Facts in kinds
        case Tone.GOOD:
            return False
