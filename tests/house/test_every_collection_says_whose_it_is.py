"""No collection may be forgotten when somebody takes their data with them, or has it erased."""

from __future__ import annotations

from core.privacy.words import KEPT
from persistence.belonging import BELONGING, Fate
from persistence.indexes import INDEXES
from persistence.merges import MOVED


def test_the_table_of_belonging_has_every_collection() -> None:
    assert set(BELONGING) == set(INDEXES)


def test_what_ties_a_document_to_somebody_is_indexed() -> None:
    for name, belonging in BELONGING.items():
        first = {index.keys[0][0] for index in INDEXES[name]} | {"_id"}
        assert belonging.ties.keys() <= first, name


def test_what_stays_says_why() -> None:
    for name, belonging in BELONGING.items():
        assert bool(belonging.why) == (belonging.fate is Fate.STAYS) == (not belonging.ties), name


def test_what_somebody_is_handed_has_words_for_it() -> None:
    assert {name for name, each in BELONGING.items() if each.ties} == set(KEPT)


def test_a_link_moves_whatever_names_an_account() -> None:
    by_itself = {"users", "persons", "links", "agents", "userFoundations", "userModuleProgress", "userFunnelSnapshots"}
    by_account = {name for name, each in BELONGING.items() if "user" in each.ties.values()}
    assert by_account == {*MOVED, *by_itself, "conversationParticipants"}
