"""Charts of every kind, for the tests of what draws them."""

from __future__ import annotations

from core.ui import Band, Chart, Mark, Series
from tests.bots.tiny import RATE, SOURCES

WEEKS = [f"W{at}" for at in range(1, 31)]
YEARS = tuple(
    (f"{at % 28 + 1} {('Jan', 'Apr', 'Jul', 'Oct')[at % 4]} {2024 + at // 52}/{at}", 1200.0 + at * 22) for at in range(156)
)
TITLE = "The opt-in rate of the starter guide on the page that people reach from the newest of your adverts"

LINE = Chart("line", "Click rate", "%", (RATE,))
BARS = Chart("bar", "Leads by source", "", (SOURCES,))
SEVERAL = Chart(
    "line",
    "Revenue and $pend",
    "GBP",
    tuple(
        Series(f"Series ${number}", tuple((week, None if number == at % 7 else at * number) for at, week in enumerate(WEEKS)))
        for number in range(1, 8)
    ),
)
BESIDE = Chart("bar", "Orders", "", (Series("Before", (("A", 1), ("B", None))), Series("After", (("A", -2), ("B", 4)))))
LONG = Chart("bar", "Orders", "", (Series("Orders", tuple((f"A source with a very long name {at}", at) for at in range(20))),))
BLANK = Chart("line", "Nothing", "", (Series("Nothing", (("1 Nov", None),)),))
ONE = Chart("line", "Cost per lead", "CHF", (Series("CPL", (("3 Nov", 3.2),)),), Band(1, 4, "Typical"))
MARKED = Chart(
    "line",
    TITLE,
    "%",
    (RATE,),
    Band(1.5, 2.5, "Others reach"),
    (Mark("12 Nov", "春のキャンペーン"), Mark("3 Nov", "مجموعة الربيع"), Mark("3 Nov", "\N{ROCKET}"), Mark("elsewhere", "Quiz")),
)
THREE_YEARS = Chart(
    "line",
    "Revenue",
    "GBP",
    (Series("Revenue", YEARS),),
    Band(None, 3000, "Break-even"),
    tuple(Mark(YEARS[at][0], f"Asset {at}") for at in range(0, 150, 12)),
)
BELOW_NOUGHT = Chart("line", "NPS", "", (Series("NPS", (("1 Nov", -35), ("8 Nov", -8), ("15 Nov", 4))),), Band(30, None, "Good"))
FAR = Chart("line", "Open rate", "%", (Series("Open", (("1 Nov", 1.1), ("8 Nov", 2))),), Band(20, 30, "Others reach"))
ALL = (LINE, BARS, SEVERAL, BESIDE, LONG, BLANK, ONE, MARKED, THREE_YEARS, BELOW_NOUGHT, FAR, Chart("line", "", "", ()))
