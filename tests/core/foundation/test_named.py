"""Names that are typed with what is told there, and known again by a part of them."""

from __future__ import annotations

import pytest

from core.foundation.named import UnknownName, meant, said_of_each
from core.foundation.typed import read_names

CREAMS = ("weleda skin food", "the pharmacy creams")
TRAINS = ("catawiki (cheap auctions)", "the big marklin shop in the city (new stuff with guarantee)")


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("catawiki, cheap auctions; the big marklin shop in the city, new stuff with guarantee", "\n".join(TRAINS)),
        ("Lush - fresh and handmade\nBoots: it is near", "Lush (fresh and handmade)\nBoots (it is near)"),
        ("Lush, Boots, Weleda", "Lush\nBoots\nWeleda"),
        ("Weleda: kind to skin", "Weleda (kind to skin)"),
        ("Etsy, Amazon and the local craft market", "Etsy\nAmazon\nthe local craft market"),
        ('Jar lids ("start tonight, for €20")\nLab-style kits', 'Jar lids ("start tonight, for €20")\nLab-style kits'),
        ("woolbro, etsy sellers and h&m", "woolbro\netsy sellers\nh&m"),
        ("Decathlon, its cheap and near. Bike24, has everything.", "Decathlon (its cheap and near)\nBike24 (has everything)"),
        ("Marks and Spencer", "Marks and Spencer"),
        ("h&m, zara, and the old lady at the market", "h&m\nzara\nthe old lady at the market"),
        ("https://catawiki.example\nLush", "https://catawiki.example\nLush"),
    ],
)
def test_what_is_told_there_stands_behind_its_name_and_is_no_other_name(typed: str, names: str) -> None:
    assert read_names(typed) == names
    assert read_names(names) == names, "what was read once is read the same"


@pytest.mark.parametrize(
    ("typed", "among", "found"),
    [
        ("weleda", CREAMS, CREAMS[0]),
        ("The Pharmacy", CREAMS, CREAMS[1]),
        ("WELEDA SKIN FOOD", CREAMS, CREAMS[0]),
        ("marklin", TRAINS, TRAINS[1]),
        ("the marklin store", TRAINS, TRAINS[1]),
        ("Catawiki", TRAINS, TRAINS[0]),
    ],
)
def test_a_name_is_known_again_by_any_part_that_tells_it_apart(typed: str, among: tuple[str, ...], found: str) -> None:
    assert meant(typed, among) == (found,)


def test_a_part_that_several_have_names_none_and_the_whole_of_one_names_that() -> None:
    shops = ("marklin", "marklin online")
    assert meant("marklin", shops) == ("marklin",)
    assert meant("cream", ("pharmacy creams", "organic creams")) == ("pharmacy creams", "organic creams")
    assert meant("nivea", CREAMS) == meant("the", CREAMS) == ()


def test_words_without_a_name_are_about_whoever_was_asked_about() -> None:
    told = "too perfumed, burns on cracked skin"
    assert said_of_each(told, CREAMS, CREAMS[0]) == {CREAMS[0]: told}
    assert said_of_each("greasy\nit stains - for days", CREAMS, CREAMS[1]) == {CREAMS[1]: "greasy; it stains - for days"}
    assert said_of_each("weleda: too perfumed, burns; pharmacy, greasy", CREAMS, CREAMS[0]) == {
        CREAMS[0]: "too perfumed, burns",
        CREAMS[1]: "greasy",
    }
    long = "they all write the same thing: it burns"
    assert said_of_each(long, CREAMS, CREAMS[0]) == {CREAMS[0]: long}


def test_a_name_that_nobody_knows_is_asked_about_unless_they_are_sure() -> None:
    with pytest.raises(UnknownName):
        said_of_each("nivea: greasy", CREAMS, CREAMS[0])
    assert said_of_each("nivea: greasy", CREAMS, CREAMS[0], sure=True) == {CREAMS[0]: "nivea: greasy"}
