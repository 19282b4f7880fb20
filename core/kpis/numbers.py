"""Numbers as people type them, whatever their locale: what the characters may mean, without knowing what is measured."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from core.kpis.money import CODES, NAMES, SIGNS

LONGEST = 40
"""Characters; no figure of a shop is longer."""

_SAME = {"％": "%", "﹪": "%", "٪": "%", "．": ".", "，": ",", "−": "-", "–": "-", "—": "-", "＋": "+", "’": "'", "´": "'"}
_SAME |= {"ʼ": "'", "￥": "¥", "￡": "£", "＄": "$", "\t": " "}
_CURRENCY = "|".join(re.escape(each) for each in sorted({*SIGNS, *CODES, *NAMES}, key=len, reverse=True))
_DIGITS = r"\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+|[.,](?=-))?(?!\d)|\d+(?:[.,]\d+)*[.,]?|[.,]\d+"
_WHOLE_MONEY = r"(?:(?<=[.,])-{1,2})?"
"""59.- and 59,--: no cents."""
_THOUSANDS = ("k", "thousand", "tsd", "tsd.", "tausend", "mille", "duizend")
"""Not "mil", which is a thousand in Spanish and a million in English."""
_MILLIONS = ("m", "mn", "mln", "mln.", "mio", "mio.", "million", "millions", "millionen", "millones", "miljoen")
_MANY = rf"(?:{'|'.join(re.escape(each) for each in sorted((*_THOUSANDS, *_MILLIONS), key=len, reverse=True))})(?![^\W\d_])"
_MARK = (
    r"%|percent|per\s?cent|pct\.?|prozent|procent|pour\scent|por\sciento|x|×|times|-?fach|mal|fois|veces|keer"
    r"|(?:/|out\sof|of|von|sur|de|sobre|van)\s?(?:5|10|100)"
)
NUMBER = (
    r"(?P<about>[~≈]|ca\.?|about|approx\.?)?\s?"
    r"(?P<open>\()?(?P<minus>[+-])?\s?"
    rf"(?:(?P<before>{_CURRENCY})\s?)?(?P<minus_after>[+-])?"
    rf"(?P<digits>{_DIGITS}){_WHOLE_MONEY}"
    rf"(?:\s?(?P<many>{_MANY}))?"
    rf"(?:\s?(?:(?P<after>{_CURRENCY})|(?P<mark>{_MARK}))(?![^\W\d_]))?"
    r"(?P<close>\))?"
)
_WHOLE = re.compile(NUMBER, re.IGNORECASE)
_GROUPS = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")


@dataclass(frozen=True, slots=True)
class Number:
    """What was typed. `readings` holds one value, or two where a mark may part decimals (first) or thousands (second).

    `parted` is that mark, "." or ",", where there are two.
    `mark` is "%", "x" or "/5" (or /10, /100), else ""; `currency` the sign or code as typed, else "".
    """

    readings: tuple[Decimal, ...]
    mark: str = ""
    currency: str = ""
    parted: str = ""


def plain(text: str) -> str:
    """The text with every kind of digit, space, minus and percent sign in its plain form, and without what has no width."""
    return "".join(_plain(each) for each in text)


def number_in(text: str) -> Number | None:
    """The number that the whole text is, or None where it is not exactly one."""
    text = plain(text).strip()
    found = _WHOLE.fullmatch(text) if len(text) <= LONGEST else None
    if found is None or bool(found["open"]) != bool(found["close"]) or (found["before"] and found["after"]):
        return None
    readings = _readings(found["digits"])
    if not readings:
        return None
    many = (found["many"] or "").casefold()
    if many:
        readings = (readings[0] * (1_000_000 if many in _MILLIONS else 1000),)
    below = (found["open"] or "", found["minus"] or "", found["minus_after"] or "")
    if sum(map(bool, below)) > 1:
        return None
    if any(each in ("(", "-") for each in below):
        readings = tuple(-each for each in readings)
    parted = ("," if "," in found["digits"] else ".") if len(readings) == 2 else ""
    return Number(readings, _mark(found["mark"] or ""), found["before"] or found["after"] or "", parted)


def _readings(digits: str) -> tuple[Decimal, ...]:
    digits = digits.rstrip(".,")
    if " " in digits or "'" in digits:
        if " " in digits and "'" in digits:
            return ()
        return (Decimal(digits.replace(" ", "").replace("'", "").replace(",", ".")),)
    dots, commas = digits.count("."), digits.count(",")
    if dots and commas:
        decimal = max(".,", key=digits.rfind)
        whole, _, rest = digits.rpartition(decimal)
        return (Decimal(f"{_ungrouped(whole)}.{rest}"),) if _grouped(whole) else ()
    if dots + commas > 1:
        return (Decimal(_ungrouped(digits)),) if _grouped(digits) else ()
    if not dots + commas:
        return (Decimal(digits),)
    whole, _, rest = digits.replace(",", ".").partition(".")
    as_decimal = Decimal(f"{whole or '0'}.{rest}")
    if len(rest) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0"):
        return as_decimal, Decimal(whole + rest)
    return (as_decimal,)


def _grouped(whole: str) -> bool:
    return bool(_GROUPS.fullmatch(whole) or _INDIAN.fullmatch(whole))


def _ungrouped(whole: str) -> str:
    return whole.replace(".", "").replace(",", "")


def _mark(typed: str) -> str:
    typed = typed.casefold().strip()
    if not typed:
        return ""
    if typed[-1].isdigit():
        return "/" + re.sub(r"\D", "", typed)
    return "%" if typed[0] in "%p" else "x"


def _plain(character: str) -> str:
    if character in _SAME:
        return _SAME[character]
    kind = unicodedata.category(character)
    if kind in ("Zs", "Cf"):
        return " " if kind == "Zs" else ""
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)
