"""The currency of the country in which a time zone lies, for the first guess at a shop's: nobody is held to it."""

from __future__ import annotations

_EURO = (
    "Amsterdam Andorra Athens Berlin Bratislava Brussels Busingen Dublin Helsinki Lisbon Ljubljana Luxembourg Madrid Malta "
    "Monaco Paris Podgorica Riga Rome San_Marino Tallinn Vatican Vienna Vilnius Zagreb"
)
_DOLLAR = (
    "Anchorage Boise Chicago Denver Detroit Juneau Los_Angeles New_York Nome Phoenix Puerto_Rico Sitka Indiana/Indianapolis "
    "Kentucky/Louisville"
)
_CANADIAN = "Edmonton Halifax Moncton Montreal Regina St_Johns Toronto Vancouver Whitehorse Winnipeg"
_OTHERS = {
    "Europe/London": "GBP",
    "Europe/Belfast": "GBP",
    "Europe/Guernsey": "GBP",
    "Europe/Isle_of_Man": "GBP",
    "Europe/Jersey": "GBP",
    "Europe/Zurich": "CHF",
    "Europe/Vaduz": "CHF",
    "Europe/Oslo": "NOK",
    "Europe/Stockholm": "SEK",
    "Europe/Copenhagen": "DKK",
    "Europe/Warsaw": "PLN",
    "Europe/Prague": "CZK",
    "Europe/Budapest": "HUF",
    "Atlantic/Canary": "EUR",
    "Atlantic/Madeira": "EUR",
    "Atlantic/Azores": "EUR",
    "Asia/Nicosia": "EUR",
    "Pacific/Honolulu": "USD",
    "Pacific/Auckland": "NZD",
    "Asia/Kolkata": "INR",
    "Asia/Singapore": "SGD",
    "Asia/Hong_Kong": "HKD",
    "Asia/Tokyo": "JPY",
    "Africa/Johannesburg": "ZAR",
}
BY_ZONE = {
    **{f"Europe/{each}": "EUR" for each in _EURO.split()},
    **{f"America/{each}": "USD" for each in _DOLLAR.split()},
    **{f"America/{each}": "CAD" for each in _CANADIAN.split()},
    **_OTHERS,
}


def currency_in(zone: str) -> str | None:
    """The currency of the country of an IANA time zone, where that is one of those that most shops here are in."""
    return "AUD" if zone.startswith("Australia/") else BY_ZONE.get(zone)
