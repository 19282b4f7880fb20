"""Cutting the part of a text that answers a question, at the ends of sentences."""

from __future__ import annotations

import re

_INSIDE = r"[^\n.!?。]|[.!?](?![.!?。]*[\"”’)*_]*(?:\s|$))"
"""What is no end of a sentence: a stop with a word right behind it belongs to an address or a number."""
_SENTENCE = re.compile(rf"(?:{_INSIDE})*(?:[.!?。]+[\"”’)*_]*|\n+|$)")
_WORD = re.compile(r"\w{3,}")
STEM = 5
"""Words that begin alike are taken as one: hook and hooks, headline and headlines."""


def excerpt(text: str, question: str, at_most: int) -> str:
    """The whole sentences, at most `at_most` characters of them, that hold most of the question's words.

    One sentence that is longer by itself is cut between words, with an ellipsis.
    """
    text = text.strip()
    if len(text) <= at_most:
        return text
    wanted = {word[:STEM] for word in _WORD.findall(question.casefold())}
    sentences = [found[0] for found in _SENTENCE.finditer(text) if found[0]]
    hits = [sum(word[:STEM] in wanted for word in set(_WORD.findall(each.casefold()))) for each in sentences]
    best, chosen = (-1, False), ""
    for first in range(len(sentences)):
        piece, score = _from(sentences, hits, first, at_most)
        if piece and (score, hits[first] > 0) > best:
            best, chosen = (score, hits[first] > 0), piece
    return chosen or _cut(max(sentences, key=len), at_most)


def _from(sentences: list[str], hits: list[int], first: int, at_most: int) -> tuple[str, int]:
    """As many sentences from `first` on as fit, and how many words in them were asked for."""
    piece, score = "", 0
    for sentence, hit in zip(sentences[first:], hits[first:], strict=True):
        if len((piece + sentence).strip()) > at_most:
            break
        piece, score = piece + sentence, score + hit
    return piece.strip(), score


def _cut(sentence: str, at_most: int) -> str:
    head = sentence.strip()[: at_most - 1]
    return f"{head.rpartition(' ')[0] or head}…"
