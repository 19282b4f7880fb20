"""Where somebody lives, as it is typed in a form: which zone is meant, and what is asked or offered where it is not clear."""

from __future__ import annotations

import contextlib
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.people.cities import city_zones, is_shared, key_of, rows, spellings
from core.people.commands import zones
from core.people.countries import same_clock, zones_of, zones_within
from core.people.zones import UnknownZone, zone_named

REFUSED = "I do not know that place. Name your country or the nearest big city, such as Leeds or France."


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        *(("Europe/London", "Europe/London"), (" asia/tokyo ", "Asia/Tokyo"), ("utc", "UTC"), ("new york", "America/New_York")),
        *(("ireland", "Europe/Dublin"), ("Germany", "Europe/Berlin"), ("UK", "Europe/London"), ("The UK", "Europe/London")),
        *(("Scotland", "Europe/London"), ("south of France", "Europe/Paris"), ("South Carolina", "America/New_York")),
        *(("Lyon", "Europe/Paris"), ("Manchester", "Europe/London"), ("Edinburgh", "Europe/London"), ("Milan", "Europe/Rome")),
        *(("Geneva", "Europe/Zurich"), ("Boston", "America/New_York"), ("Porto", "Europe/Lisbon"), ("Cork", "Europe/Dublin")),
        *(("Glasgow", "Europe/London"), ("Marseille", "Europe/Paris"), ("Munich", "Europe/Berlin"), ("leeds", "Europe/London")),
        *(("münchen", "Europe/Berlin"), ("Koln", "Europe/Berlin"), ("Göteborg", "Europe/Stockholm"), ("Krakow", "Europe/Warsaw")),
        *(("Newcastle-upon-Tyne", "Europe/London"), ("Saint Albans", "Europe/London"), ("St. Louis", "America/Chicago")),
        *(
            ("Mumbai", "Asia/Kolkata"),
            ("Lahore", "Asia/Karachi"),
            ("Abuja", "Africa/Lagos"),
            ("Cape Town", "Africa/Johannesburg"),
        ),
        *(("leeds uk", "Europe/London"), ("near Leeds", "Europe/London"), ("Greater Manchester", "Europe/London")),
        *(("Cambridge, MA", "America/New_York"), ("cambridge ma", "America/New_York"), ("Cambridge, England", "Europe/London")),
        *(("Perth", "Australia/Perth"), ("Perth, Scotland", "Europe/London"), ("Perth, WA", "Australia/Perth")),
        *(("London, Ontario", "America/Toronto"), ("Toronto, Canada", "America/Toronto"), ("Toronto, CA", "America/Toronto")),
        *(("Birmingham", "Europe/London"), ("Birmingham, AL", "America/Chicago"), ("Birmingham, USA", "America/Chicago")),
        *(("Portland", "America/Los_Angeles"), ("portland maine", "America/New_York"), ("Portland, OR", "America/Los_Angeles")),
        *(("Georgia, USA", "America/New_York"), ("Atlanta, Georgia", "America/New_York"), ("Tbilisi, Georgia", "Asia/Tbilisi")),
        *(("Houston, TX", "America/Chicago"), ("El Paso, Texas", "America/Denver"), ("Paris, Texas", "America/Chicago")),
        *(("San Jose, Costa Rica", "America/Costa_Rica"), ("Victoria, BC", "America/Vancouver"), ("UK, Leeds", "Europe/London")),
        *(("Las Palmas", "Atlantic/Canary"), ("Valencia", "Europe/Madrid"), ("Valencia, Venezuela", "America/Caracas")),
        *(("Washington DC", "America/New_York"), ("Seattle, Washington", "America/Los_Angeles"), ("co cork", "Europe/Dublin")),
        *(
            ("Zutphen, the Netherlands", "Europe/Amsterdam"),
            ("Lyon, Rhône", "Europe/Paris"),
            ("Boston, Lincolnshire", "Europe/London"),
        ),
    ],
)
def test_a_city_a_region_or_a_country_is_enough(typed: str, zone: str) -> None:
    assert zone_named(typed) == zone


@pytest.mark.parametrize(
    "typed", ["Cambridge", "Hamilton", "San José", "Victoria", "Springfield", "Newcastle", "saint petersburg"]
)
def test_of_several_that_may_be_meant_the_country_is_asked_for(typed: str) -> None:
    with pytest.raises(
        UnknownZone, match=f"There is more than one {typed}. Add the country or state, such as Leeds, UK or Boston"
    ):
        zone_named(typed)


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        *(
            ("New Zealand", "Auckland or Chatham"),
            ("Georgia", "Tbilisi or New York"),
            ("Ukraine", "Kyiv or "),
            ("Texas", "Chicago or Denver"),
        ),
        *(
            ("U.S.", "New York or "),
            ("Australia", "Sydney or "),
            ("Washington", "Los Angeles or New York"),
            ("Canada, Paris", "Halifax or "),
        ),
    ],
)
def test_of_a_place_of_several_times_a_city_is_asked_for(typed: str, near: str) -> None:
    with pytest.raises(UnknownZone, match=f"“{typed}” has more than one time. Name the nearest big city, such as {near}"):
        zone_named(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *(("Lodnon", "London"), ("Pariss", "Paris"), ("Amsterdm", "Amsterdam"), ("Europe/Londn", "London"), ("lon", "London")),
        *(
            ("Germnay", "Germany"),
            ("Sctoland", "Scotland"),
            ("leds", "Leeds"),
            ("Barcalona", "Barcelona"),
            ("manchestr", "Manchester"),
        ),
    ],
)
def test_a_slip_is_answered_with_what_was_meant(typed: str, meant: str) -> None:
    with pytest.raises(UnknownZone) as refused:
        zone_named(typed)
    assert refused.value.message == f"I do not know “{typed}”. Did you mean {meant}?"


@pytest.mark.parametrize(
    "typed",
    ["Atlantis", "Zutphen", "asdfgh", "xy", "", "what am I to do here", "lisbon ok", "made in france", "my house", "/", "🙂"],
)
def test_nothing_is_offered_that_is_not_close(typed: str) -> None:
    with pytest.raises(UnknownZone) as refused:
        zone_named(typed)
    assert refused.value.message == REFUSED


@pytest.mark.parametrize("typed", ["UTC +2", "gmt-5", "EST", "pdt"])
def test_what_does_not_say_when_clocks_change_is_not_taken(typed: str) -> None:
    with pytest.raises(UnknownZone, match=r"does not say when your clocks change. Name (your country or )?the nearest big city"):
        zone_named(typed)


@given(st.text(max_size=80))
def test_any_zone_that_is_typed_is_found_or_refused_in_words(typed: str) -> None:
    with contextlib.suppress(UnknownZone):
        assert zone_named(typed) in available_timezones()


@pytest.mark.parametrize(
    ("typed", "first"),
    [("lyon", "Europe/Paris"), ("edinb", "Europe/London"), ("cambridge", "Europe/London"), ("Lodnon", "Europe/London")],
)
async def test_while_a_city_is_typed_its_zone_is_offered_first(typed: str, first: str) -> None:
    assert (await zones(typed))[0].value == first


async def test_while_nothing_known_is_typed_nothing_is_offered() -> None:
    assert await zones("Atlantis") == []
    assert "Europe/London" in [each.value for each in await zones("europe/lo")]


def test_the_zones_of_the_table_are_those_of_their_countries() -> None:
    wrong = [
        (country, zone)
        for country, zone, _ in rows("cities.txt")
        if zone not in zones_within(country) or (len(zones_of(country)) == 1 and not same_clock(zone, zones_of(country)[0]))
    ]
    assert wrong == []
    assert {zone for zones, _ in rows("regions.txt") for zone in zones.split()} <= available_timezones()


def test_a_city_that_is_called_like_its_zone_has_that_zone() -> None:
    called = {key_of(zone.rpartition("/")[2].replace("_", " ")): zone for country, zone, _ in rows("cities.txt")}
    wrong = {name: city_zones(name) for name, zone in called.items() if city_zones(name) and zone not in city_zones(name)}
    assert wrong == {}


def test_what_is_asked_about_leaves_more_than_one_time_open() -> None:
    names = [each.removeprefix("*") for *_, column in rows("cities.txt") for city in spellings(column) for each in city]
    assert [each for each in names if is_shared(each) and len(zones_of(each)) < 2] == []
