"""How the letters of a text are compared with a name: folded, in every script, with a way back to where they stand."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


def fold(name: str) -> str:
    """A name as it is compared: NFKC, without regard to case, with single spaces."""
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).split())


@dataclass(frozen=True, slots=True)
class After:
    """What follows the sign, folded; `places[n]` is where the n-th folded character begins in the text, or -1 inside one."""

    text: str
    start: int
    folded: str
    places: tuple[int, ...]

    def ends_at(self, end: int) -> bool:
        """Whether a name may end here: its letters do not go on, and it is not the head of an address such as `teacher.com`."""
        if self.places[end] < 0:
            return False
        if end == len(self.folded):
            return True
        last, following = self.folded[end - 1], self.folded[end]
        if following in ".-@_" and len(self.folded) > end + 1:
            return not self.folded[end:].lstrip(following)[:1].isalnum()
        return following == "_" or not _of_a_word(following) or _without_spaces(last) or _without_spaces(following)

    def end_of_words(self, count: int) -> int:
        """Where the first so many words end; 0 where there are fewer."""
        end = 0
        for word in self.folded.split(" ")[:count]:
            letters = next((at for at, each in enumerate(word) if not _of_a_word(each)), len(word))
            if letters == 0:
                return 0
            end += letters
            count -= 1
            if letters < len(word) or count == 0:
                break
            end += 1
        return end if count == 0 else 0

    def written(self, end: int) -> str:
        """The words up to here as they stand in the text, in the usual form of their letters."""
        return unicodedata.normalize("NFKC", self.text[self.start : self.places[end]])


def after(text: str, start: int, reach: int) -> After:
    """What follows from `start` on in the line, up to about `reach` characters."""
    folded = ""
    places: list[int] = []
    at = start
    while at < len(text) and len(folded) < reach and text[at] != "\n" and not (at == start and text[at].isspace()):
        end = at + 1
        while end < len(text) and _goes_on(text[end]):
            end += 1
        piece = unicodedata.normalize("NFKC", text[at:end])
        piece = unicodedata.normalize("NFKC", piece.casefold())
        if not piece.strip():
            piece = "" if not folded or folded.endswith(" ") else " "
        places += [at, *[-1] * (len(piece) - 1)] if piece else []
        folded += piece
        at = end
    return After(text, start, folded, (*places, at))


def begins(before: str) -> bool:
    """Whether a sign after these letters begins something new, and does not go on with a mailbox; `_` may be emphasis."""
    last = before.rstrip("_")[-1:]
    return not last or not _of_a_word(last) or _without_spaces(last)


def _of_a_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_" or _goes_on(letter)


def _goes_on(letter: str) -> bool:
    """Whether it belongs to the character before it: an accent, a vowel sign, or the later letters of a Korean syllable."""
    return letter >= "\u0300" and (unicodedata.category(letter) in ("Mn", "Mc", "Me") or "\u1160" <= letter <= "\u11ff")


def _without_spaces(letter: str) -> bool:
    """Whether the letter is of a script that is written without spaces between words, where a name ends anywhere."""
    return any(first <= letter <= last for first, last in _SCRIPTS_WITHOUT_SPACES)


_SCRIPTS_WITHOUT_SPACES = (
    ("\u0e00", "\u0eff"),  # Thai, Lao
    ("\u1000", "\u109f"),  # Burmese
    ("\u1780", "\u17ff"),  # Khmer
    ("\u3040", "\u30ff"),  # Hiragana, Katakana
    ("\u3400", "\u4dbf"),  # Han
    ("\u4e00", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
)
