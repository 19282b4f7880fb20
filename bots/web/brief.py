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
    """What a short answer says, where a note on another page is enough: what asks, or says several things, is not short."""
    if message.files or len(message.cards) > NOTED_CARDS or any(_asks_back(each) for each in message.cards):
        return None
    tones = [card.tone for card in message.cards if card.tone is not Tone.PLAIN]
    words = message.text or _said(message)
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


def _asks_back(card: Card) -> bool:
    """Whether something is to be decided: a card that is meant carefully, with something to press."""
    return card.tone in (Tone.CAREFUL, Tone.BAD) and any(isinstance(each, Buttons) for each in card.body)
