"""One made-up shop runs through the whole course: wherever it is spoken of, it is the same shop, and its sums come out."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from core.contents import SHIPPED
from core.course.modules import Course

FACTS = {
    "the price of the kit": (r"(?:[Ss]tarter kit(?:,| at| \()?|[Kk]it is|\bKit) ?(€\d+)|(€\d+) (?:starter )?kit", {"€59"}),
    "the price of a spice pack": (r"(?<!hree )\b(?:spice|juniper|caraway) packs? (?:at|for|\()\s?(€\d+)", {"€9"}),
    "the price of three packs": (r"[Tt]hree (?:spice )?packs (?:for|\(|, )\s?(€\d+)", {"€22"}),
    "the price of the club": (r"refill club[^.€]{0,12}(€\d+)", {"€12"}),
    "where delivery becomes free": (r"free from (€\d+)", {"€50"}),
    "what rivals' lid sets cost": (r"lid sets? (?:at about|is|costs?) (€\d+)|(€\d+) lid sets", {"€20"}),
    "how long an unused kit may come back": (r"[Uu]nused (?:kits?|ones)[^.]{0,20}within (\d+) days", {"30"}),
    "how long the guarantee holds": (r"first jar spoils within (\d+) days", {"30"}),
    "the salt": (r"(\d+) g (?:of salt|a kilo|for each kilo)", {"20"}),
    "how wide the kit is": (r"(\d+) (?:cm|centimetres) (?:wide|across)", {"18"}),
    "how tall the kit is": (r"(\d+) cm (?:tall|of (?:free )?height)", {"24"}),
    "the kitchen of the seven days": (r"(\d+) °C", {"21"}),
    "the owner": (r"(?:I'm |signed )([A-Z]\w+)|([A-Z]\w+), who owns", {"Aoife"}),
    "the customer's age": (r"Nora, (\d+)", {"36"}),
    "the day of the review request": (r"(\d+|two) days (?:after|since) delivery", {"14", "two"}),  # two: before Share
    "the tag of the gift": (r"\b(gift_(?!shortname)[a-z]+)", {"gift_firstjar"}),
    "the name of the gift": (
        r"([Ss]even-day first-jar card|[Ss]alt card|[Ff]uzz(?: or foam)? chart)",
        {"Seven-day first-jar card"},
    ),
    "what holds the cabbage down": (r"\b(spring press|sprung \w+|spring-loaded \w+)", {"spring press"}),
    "what sets the waiting time": (r"\b(batch card|temperature card)", {"batch card"}),
}
"""What is said of the shop, where it is said, and what it may be."""

SUMS = (
    (1, "150 clicks of 10,700", 150 / 10_700 * 100, "1.4%"),
    (1, "95 clicks of 10,600", 95 / 10_600 * 100, "0.9%"),
    (1, "60 for 150", 60 / 150, "€0.40"),
    (1, "60 for 95", 60 / 95, "€0.63"),
    (2, "21 of 150", 21 / 150 * 100, "14%"),
    (2, "40 of 200", 40 / 200 * 100, "20%"),
    (2, "350 clicks at 0.40", 350 * 0.40, "€140"),
    (2, "140 for 61 leads", 140 / 61, "€2.30"),
    (2, "a third of 24", 24 / 3, "€8"),
    (3, "61 of 85", 61 / 85 * 100, "72%"),
    (3, "68 of 73", 68 / 73 * 100, "93%"),
    (3, "68 of 250", 68 / 250 * 100, "27%"),
    (3, "129 of 600", 129 / 600 * 100, "21.5%"),
    (3, "240 for 129", 240 / 129, "€1.86"),
    (3, "83 of 129", 83 / 129 * 100, "64%"),
    (4, "101 of 240 paid", (240 - 101) / 240 * 100, "58%"),
    (4, "122 of 244 paid", (244 - 122) / 244 * 100, "50%"),
    (4, "15 of 122", 15 / 122 * 100, "12%"),
    (5, "150 of 7,800", 150 / 7_800 * 100, "1.9%"),
    (5, "150 of 263", 150 / 263 * 100, "57%"),
    (5, "72 of 120 kits with a pack, 30 orders of two packs", 48 * 59 + 72 * 68 + 30 * 18, "€8,268"),
    (5, "150 orders", 8_268 / 150, "€55.12"),
    (6, "4 of 129", 4 / 129 * 100, "3.1%"),
    (6, "9 of 162", 9 / 162 * 100, "5.6%"),
    (6, "6 of 162", 6 / 162 * 100, "3.7%"),
    (6, "240 for 162", 240 / 162, "€1.48"),
    (6, "236 for 60", 236 / 60, "3.9"),
    (6, "59 and 24", 59 / 24, "2.5"),
    (6, "300 for 11", 300 / 11, "€27"),
    (7, "4 of 110", 4 / 110 * 100, "3.6%"),
    (7, "18 of 120", 18 / 120 * 100, "15%"),
    (7, "18 at 22", 18 * 22, "€396"),
    (7, "396 over 150 orders of 55.12", (8_268 + 396) / 150, "€57.76"),
    (7, "12 at 15", 12 * 0.15, "€1.80"),
    (7, "12 at 5", 12 * 0.05, "€0.60"),
    (7, "24, 3.30 and 1.80", 24 + 3.30 + 1.80, "€29.10"),
    (8, "50 of 280", 50 / 280 * 100, "18%"),
    (8, "75 of 300", 75 / 300 * 100, "25%"),
    (8, "33 of 300", 33 / 300 * 100, "11%"),
    (8, "55 of 64", 55 / 64 * 100, "86%"),
    (8, "3 of 33", 3 / 33 * 100, "9%"),
    (9, "2 of 110", 2 / 110 * 100, "1.8%"),
    (9, "8 of 120", 8 / 120 * 100, "6.7%"),
    (9, "19 and 8 at 4.5", (19 * 4.6 + 8 * 4.5) / 27, "4.6"),
    (9, "171 of 9,500", 171 / 9_500 * 100, "1.8%"),
    (9, "4 of 46", 4 / 46 * 100, "8.7%"),
    (9, "11 at 52", 11 * 52, "€572"),
    (9, "572 for 300 and 60", (572 - 360) / 360 * 100, "59%"),
)
"""A module, what stands in it, what that comes to, and what it says that it comes to."""

RATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<part>[\d,]+) of (?:those )?(?P<whole>[\d,]+)[^.%\d]{0,40}(?P<rate>[\d.]+)%",
        r"[Ss]hown (?P<whole>\d+) times, taken (?P<part>\d+) times[:,] \**(?P<rate>[\d.]+)%",
        r"(?P<whole>\d+) (?:sent|asked), (?P<part>\d+) reviews\D{0,20}(?P<rate>[\d.]+)%",
        r"(?P<whole>\d+) (?:people )?began\D{0,25}(?P<part>\d+) finished: (?:form completion )?(?P<rate>\d+)%",
        r"(?P<whole>[\d,]+) impressions, (?P<part>\d+) clicks\D{0,25}(?P<rate>[\d.]+)%",
    )
)
"""Ways to say how many of how many that is, in percent."""
CENTS = re.compile(r"€\d+\.\d\d")
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


@cache
def _texts() -> dict[str, str]:
    paths = [path for path in sorted(SHIPPED.rglob("*")) if path.suffix in {".md", ".yaml"}]
    return {_name(path): " ".join(path.read_text(encoding="utf-8").split()) for path in paths}


def _name(path: Path) -> str:
    return path.relative_to(SHIPPED).as_posix()


@pytest.mark.parametrize("fact", FACTS)
def test_the_shop_is_the_same_everywhere(fact: str) -> None:
    pattern, truths = FACTS[fact]
    found = [(file, "".join(each.groups(""))) for file, text in _texts().items() for each in re.finditer(pattern, text)]
    assert len(found) > 1, "the fact is not told any more, or told in other words: adapt the pattern"
    assert [(file, said) for file, said in found if said not in truths] == []


@pytest.mark.parametrize(("number", "stands", "value", "said"), SUMS)
def test_its_sums_come_out(number: int, stands: str, value: float, said: str) -> None:
    module = Course().module(number)
    text = " ".join((module.example.text, *(lesson.text for lesson in module.lessons)))
    numbers = set(NUMBER.findall(text))
    assert [each for each in NUMBER.findall(stands) if each not in numbers] == []
    shown = NUMBER.findall(said)[0]
    decimals = len(shown.partition(".")[2])
    assert f"{value:,.{decimals}f}" == shown
    assert said in text


def test_a_rate_is_what_its_parts_come_to() -> None:
    said = [each for text in _told() for pattern in RATES for each in pattern.finditer(text)]
    assert len(said) > 10
    for each in said:
        part, whole = (int(each[name].replace(",", "")) for name in ("part", "whole"))
        decimals = len(each["rate"].partition(".")[2])
        assert f"{part / whole * 100:.{decimals}f}" == each["rate"], each[0]


def test_every_amount_to_the_cent_is_one_of_those_that_were_worked_out() -> None:
    known = {shown for _, stands, _, said in SUMS for shown in NUMBER.findall(f"{stands} {said}")}
    assert [amount for text in _told() for amount in CENTS.findall(text) if amount.removeprefix("€") not in known] == []


def _told() -> list[str]:
    texts = [(each.example.text, *(lesson.text for lesson in each.lessons)) for each in Course().modules()]
    return [" ".join(" ".join(each).split()) for each in texts]


def test_it_makes_no_health_claims() -> None:
    """It says so in its Foundation, and its examples keep to it."""
    claims = re.compile(r"\b(?:boosts?|heals?|detox\w*|immun\w+|probiotics?)\b", re.IGNORECASE)
    assert [file for file, text in _texts().items() if claims.search(text)] == []
