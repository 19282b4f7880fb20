"""Letters for what people write: names in any script are drawn where the machine has a font for it, and no sign is a box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

FIRST = "DejaVu Sans"
"""It comes with matplotlib: Latin, Greek, Cyrillic, Arabic, Hebrew, Armenian and Georgian."""
OTHERS = (
    *("DroidSansFallback", "NotoSansCJK", "NotoSansJP", "NotoSansSC", "NotoSansKR", "SourceHanSans", "wqy-", "PingFang"),
    *("Hiragino", "AppleSDGothic", "msgothic", "msyh", "malgun", "NotoSansThai", "NotoSansDevanagari", "NotoSansBengali"),
    *("NotoSansTamil", "NotoSans-", "Lohit", "Loma", "Nirmala", "leelawad", "Thonburi", "Kohinoor", "unifont", "Arial Unicode"),
)
"""How the files of fonts begin that have other scripts, on Linux, macOS and Windows; those that come first are asked first."""
FONTS_AT_MOST = 24


def families(words: str) -> Sequence[str]:
    """The fonts that together have these words, in matplotlib's names."""
    needed = dict.fromkeys(found for sign in words if sign not in _first() for found in [_having(sign)] if found)
    return (FIRST, *needed)


def drawable(words: str) -> str:
    """The words without the signs that no font here has; perhaps nothing is left."""
    return " ".join("".join(sign for sign in words if sign in _first() or sign.isspace() or _having(sign)).split())


@cache
def _first() -> frozenset[str]:
    from matplotlib.font_manager import findfont, get_font  # noqa: PLC0415 - in the drawing process alone

    return frozenset(map(chr, get_font(findfont(FIRST)).get_charmap()))


@cache
def _having(sign: str) -> str:
    """The family that has the sign beside the first; nothing where none has."""
    return next((family for family, signs in _others().items() if ord(sign) in signs), "")


@cache
def _others() -> Mapping[str, frozenset[int]]:
    """The other fonts of this machine with their signs, made known to matplotlib: looked for when the first one is wanted."""
    from matplotlib.font_manager import findSystemFonts, fontManager, get_font  # noqa: PLC0415

    paths = [(rank, path) for path in map(Path, findSystemFonts()) if (rank := _rank(path)) is not None]
    found: dict[str, frozenset[int]] = {}
    for _, path in sorted(paths)[:FONTS_AT_MOST]:
        try:
            font = get_font(path)
            fontManager.addfont(path)
        except (OSError, RuntimeError):  # a file that is no font, or has no outlines
            continue
        found.setdefault(font.family_name, frozenset(font.get_charmap()))
    return found


def _rank(path: Path) -> int | None:
    """How early the font is asked; None where it is not asked, also not for its bold or slanted sisters."""
    name = path.stem.casefold()
    if any(each in name for each in ("bold", "italic", "oblique", "black", "light", "mono", "emoji")):
        return None
    return next((rank for rank, begins in enumerate(OTHERS) if name.startswith(begins.casefold())), None)
