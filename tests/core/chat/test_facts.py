"""Facts that a summary lacks are kept word for word; a summary that has them makes them no longer."""

from __future__ import annotations

import pytest

from core.chat.facts import BARE_AT_MOST, SENTENCE_AT_MOST, SENTENCES_AT_MOST, Source, facts_of, kept_word_for_word

NORA = "Nora"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("my supplier is Marlene Hofstetter", ("Marlene", "Hofstetter")),
        ("the kit costs €59.90 now", ("€59.90",)),
        ("it converts at 2.4 % of visitors", ("2.4 %",)),
        ("we open on 12 May, at 09:30", ("12", "May", "09:30")),
        ("run H1 and then S12 again", ("H1", "S12")),
        ("write to hello@crock-clover.ie", ("hello@crock-clover.ie",)),
        ("see https://crock.example/kit?x=1.", ("https://crock.example/kit?x=1",)),
        ("the line is “My first batch went fuzzy” and stays", ("My first batch went fuzzy",)),
        ("The press is for the weekend", ()),
        ("Yes, that is good", ()),
        ("wir treffen Zoë in Köln", ("Zoë", "Köln")),
    ],
)
def test_what_counts_as_a_fact(sentence: str, expected: tuple[str, ...]) -> None:
    assert facts_of(sentence) == expected


def test_what_the_summary_has_is_not_kept_twice_and_what_it_lacks_is() -> None:
    said = [Source(NORA, "My supplier is Marlene. The kit costs €59. We sell in Galway.")]
    assert kept_word_for_word(said, "Supplier: MARLENE; sells in Galway.") == ("Nora: The kit costs €59.",)
    assert kept_word_for_word(said, "Marlene supplies; €59; Galway.") == ()


def test_a_number_within_another_is_not_that_number() -> None:
    assert kept_word_for_word([Source(NORA, "we sold 4 kits")], "49 kits were sold") == ("Nora: we sold 4 kits",)


def test_decisions_and_promises_without_a_name_or_number_are_kept_unless_they_are_told() -> None:
    said = [Source(NORA, "we decided to drop the bundle for good")]
    assert kept_word_for_word(said, "They spoke of the shop.") == ("Nora: we decided to drop the bundle for good",)
    assert kept_word_for_word(said, "It was decided that the bundle is dropped for good.") == ()


def test_what_people_said_goes_before_what_agents_wrote_and_the_newest_before_the_older() -> None:
    drafts = [
        Source("Writer", f"Draft {number} is for Galway and costs {number} pounds " + "and more " * 8, person=False)
        for number in range(200)
    ]
    said = [Source(NORA, "My sister Aoife will pack until 3 June."), *drafts]
    kept = kept_word_for_word(said, "")
    assert (
        kept[0].endswith("Nora: My sister Aoife will pack until 3 June.")
        or "Nora: My sister Aoife will pack until 3 June." in kept
    )
    assert any("Draft 199" in each for each in kept)
    assert not any("Draft 20 is" in each for each in kept)
    assert sum(map(len, kept)) <= SENTENCES_AT_MOST + BARE_AT_MOST


def test_a_long_sentence_is_cut_around_its_fact() -> None:
    text = "and so " * 60 + "the code is H7 " + "and on " * 60
    [kept] = kept_word_for_word([Source(NORA, text)], "")
    assert "H7" in kept
    assert len(kept) <= SENTENCE_AT_MOST + len("Nora: ……")


def test_what_was_kept_is_kept_through_ten_summaries_that_say_nothing() -> None:
    kept: tuple[str, ...] = ("Nora: the kit costs €59",)
    for number in range(10):
        kept = kept_word_for_word([*(Source("", each) for each in kept), Source(NORA, f"order {number} came")], "They talked.")
    assert kept[0] == "Nora: the kit costs €59"
    assert kept[-1] == "Nora: order 9 came"
