"""Currencies: how people write them, how many minor units they have, and which one a locale suggests."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from core.errors import Refusal

SIGNS: Mapping[str, tuple[str, ...]] = {
    "£": ("GBP",),
    "€": ("EUR",),
    "us$": ("USD",),
    "ca$": ("CAD",),
    "c$": ("CAD",),
    "au$": ("AUD",),
    "a$": ("AUD",),
    "nz$": ("NZD",),
    "s$": ("SGD",),
    "hk$": ("HKD",),
    "mx$": ("MXN",),
    "r$": ("BRL",),
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "CLP", "COP", "ARS", "TWD"),
    "¥": ("JPY", "CNY"),
    "kr.": ("DKK", "NOK", "SEK", "ISK"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
    "zł": ("PLN",),
    "kč": ("CZK",),
    "ft": ("HUF",),
    "lei": ("RON",),
    "fr.": ("CHF",),
    "₹": ("INR",),
    "₺": ("TRY",),
    "₩": ("KRW",),
    "₪": ("ILS",),
    "₴": ("UAH",),
    "₦": ("NGN",),
    "₱": ("PHP",),
    "฿": ("THB",),
    "₫": ("VND",),
}
"""What people write for a currency. A sign of several means the student's own, or the first."""

CODES = frozenset(
    [
        "AED",
        "ARS",
        "AUD",
        "BGN",
        "BHD",
        "BRL",
        "CAD",
        "CHF",
        "CLP",
        "CNY",
        "COP",
        "CZK",
        "DKK",
        "EGP",
        "EUR",
        "GBP",
        "HKD",
        "HUF",
        "IDR",
        "ILS",
        "INR",
        "ISK",
        "JOD",
        "JPY",
        "KES",
        "KRW",
        "KWD",
        "MAD",
        "MXN",
        "MYR",
        "NGN",
        "NOK",
        "NZD",
        "OMR",
        "PEN",
        "PHP",
        "PKR",
        "PLN",
        "QAR",
        "RON",
        "RSD",
        "SAR",
        "SEK",
        "SGD",
        "THB",
        "TND",
        "TRY",
        "TWD",
        "UAH",
        "USD",
        "VND",
        "ZAR",
    ]
)
NAMES: Mapping[str, str] = {
    "quid": "GBP",
    "pound": "GBP",
    "pounds": "GBP",
    "sterling": "GBP",
    "euro": "EUR",
    "euros": "EUR",
    "dollar": "USD",
    "dollars": "USD",
    "franken": "CHF",
    "francs": "CHF",
    "yen": "JPY",
    "rupees": "INR",
    "rand": "ZAR",
    "zl": "PLN",
    "zloty": "PLN",
    "zlotys": "PLN",
    "złoty": "PLN",
    "złote": "PLN",
    "złotych": "PLN",
    "kronor": "SEK",
    "forint": "HUF",
    "ksh": "KES",
    "kshs": "KES",
}
MINOR_DIGITS: Mapping[str, int] = {
    **dict.fromkeys(("CLP", "ISK", "JPY", "KRW", "VND"), 0),
    **dict.fromkeys(("BHD", "JOD", "KWD", "OMR", "TND"), 3),
}
"""ISO 4217; every other currency has 2."""

LIKE_A_DOLLAR = frozenset({"USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD", "SGD"})
"""Currencies worth about as much as a dollar, for which the asking bounds of money make sense."""

_WRITTEN: Mapping[str, str] = {"GBP": "£", "EUR": "€", "USD": "$", "JPY": "¥", "INR": "₹"}
_REGIONS: Mapping[str, str] = {
    **dict.fromkeys(
        ["AT", "BE", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PT", "SI", "SK"],
        "EUR",
    ),
    "GB": "GBP",
    "US": "USD",
    "CH": "CHF",
    "LI": "CHF",
    "CA": "CAD",
    "AU": "AUD",
    "NZ": "NZD",
    "SE": "SEK",
    "NO": "NOK",
    "DK": "DKK",
    "PL": "PLN",
    "CZ": "CZK",
    "HU": "HUF",
    "RO": "RON",
    "BG": "EUR",
    "JP": "JPY",
    "IN": "INR",
    "BR": "BRL",
    "MX": "MXN",
    "ZA": "ZAR",
    "SG": "SGD",
    "HK": "HKD",
    "CN": "CNY",
    "KR": "KRW",
    "IL": "ILS",
    "TR": "TRY",
    "UA": "UAH",
    "AE": "AED",
    "SA": "SAR",
    "NG": "NGN",
    "KE": "KES",
    "PH": "PHP",
    "TH": "THB",
    "ID": "IDR",
    "MY": "MYR",
    "IS": "ISK",
}
_LANGUAGES: Mapping[str, str] = {
    **dict.fromkeys(("de", "fr", "es", "it", "nl", "pt", "fi", "el"), "EUR"),
    "sv": "SEK",
    "da": "DKK",
    "nb": "NOK",
    "no": "NOK",
    "pl": "PLN",
    "cs": "CZK",
    "hu": "HUF",
    "ja": "JPY",
    "tr": "TRY",
}


class NoSuchCurrency(Refusal):
    """That is not a currency that I know. Use its code, such as GBP or EUR."""


def currency_named(typed: str) -> str:
    """The code of the currency that was typed as code, sign or name.

    Raises:
        NoSuchCurrency: it is none.
    """
    text = typed.strip()
    code = text.upper() if text.upper() in CODES else NAMES.get(text.casefold(), "")
    code = code or next(iter(SIGNS.get(text.casefold(), ())), "")
    if not code:
        raise NoSuchCurrency(f"“{text[:20]}” is not a currency that I know. Use its code, such as GBP or EUR.")
    return code


def could_be(written: str) -> tuple[str, ...]:
    """The currencies that a sign, code or name in an amount may stand for, the likeliest first."""
    folded = written.casefold()
    if folded in ("dollar", "dollars"):
        return SIGNS["$"]
    return SIGNS.get(folded) or (NAMES.get(folded, written.upper()),)


def guessed(locale: str) -> str:
    """The currency that a locale such as en-GB suggests."""
    language, _, region = locale.replace("_", "-").partition("-")
    return _REGIONS.get(region[:2].upper()) or _LANGUAGES.get(language.casefold(), "USD")


def to_minor(amount: Decimal, currency: str) -> int:
    """An amount in minor units, rounded half up."""
    return int(amount.scaleb(MINOR_DIGITS.get(currency, 2)).to_integral_value(ROUND_HALF_UP))


def from_minor(minor: int, currency: str) -> Decimal:
    """Minor units as an amount in the main unit."""
    return Decimal(minor).scaleb(-MINOR_DIGITS.get(currency, 2))


def written(amount: Decimal, currency: str) -> str:
    """An amount as it is shown: £1,234.50, CHF 12.00, ¥1,200."""
    digits = MINOR_DIGITS.get(currency, 2)
    minus = "-" if amount < 0 else ""
    sign = _WRITTEN.get(currency, f"{currency} ")
    return f"{minus}{sign}{abs(amount):,.{digits}f}"
