"""What people and models wrote, made safe for Discord: nothing in it pings anybody, and no sign in it has a meaning."""

from __future__ import annotations

import re
from urllib.parse import unquote

APART = "\u200b"
"""A space without width: it parts what Discord would read as one, and is not seen."""

_ADDRESS = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)
_CALLS_OUT = re.compile(r"<(?=[@#])|@(?=everyone|here)")
_SIGNS = re.compile(r"[\\*_`\[<~|]")
_OPENS_A_LINE = re.compile(r"^([ \t]*)(?:(#{1,3}|-#|>{1,3}|[-+])(?=\s|$)|(\d+)([.)])(?=\s|$))", re.MULTILINE)
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_MEANS_SOMETHING = re.compile(r"[\\*_`\[<~|@:]")
_ENDS = ".,:;!?\"'*_~|"


def escaped(text: str) -> str:
    """Plain words for Discord's Markdown; an address in them is a link without a preview.

    https://docs.discord.com/developers/reference#message-formatting tells what a mention looks like.
    """
    if not _MEANS_SOMETHING.search(text):
        return text
    parts, at = [], 0
    for found in _ADDRESS.finditer(text):
        address = _whole(found[0])
        parts += [_harmless(text[at : found.start()]), link(address)]
        at = found.start() + len(address)
    return "".join([*parts, _harmless(text[at:])])


def link(address: str) -> str:
    """The address as a link that shows itself, and nothing of what it leads to."""
    return f"<{re.sub('@(?=everyone|here)', '%40', address)}>"


def begun(text: str) -> str:
    """Text whose lines begin no heading, list or quote: Discord knows some that standard Markdown does not."""
    if text[:1].isalpha() and "\n" not in text:
        return text
    return _OPENS_A_LINE.sub(lambda it: f"{it[1]}\\{it[2]}" if it[2] else f"{it[1]}{it[3]}\\{it[4]}", text)


def literal(text: str) -> str:
    """Plain words as standard Markdown that means just them; lines stay lines, empty ones are left out."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(_PUNCTUATION.sub(r"\\\g<0>", line) for line in lines if line)


def same(label: str, address: str) -> bool:
    """Whether a label says where its link leads."""
    return _bare(label) == _bare(address)


def _harmless(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", _CALLS_OUT.sub(lambda found: found[0] + APART, text))


def _whole(address: str) -> str:
    """An address without the signs of the sentence around it."""
    while address:
        if address[-1] in _ENDS or (address[-1] in ")]}" and address.count(address[-1]) > address.count(_OPENING[address[-1]])):
            address = address[:-1]
        else:
            break
    return address


_OPENING = {")": "(", "]": "[", "}": "{"}


def _bare(address: str) -> str:
    return re.sub(r"\A(?:https?://|mailto:)", "", unquote(address).strip().replace(APART, "")).rstrip("/").casefold()
