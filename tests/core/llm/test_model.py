"""What a model is given: the invariants of a brief, and its form on the wire."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.llm.model import Brief, Image, Part, Payer, Turn, Use, key_of
from core.llm.wire import request
from tests.scheduler.people import NORA
from tests.servers.claude import faults

NORAS = Payer(NORA, Use.CHAT)

turns = st.lists(
    st.builds(Turn, st.sampled_from(["person", "agent"]), st.sampled_from(["", " ", "\n", "words", "more words"])), max_size=8
)
parts = st.lists(st.builds(Part, st.sampled_from(["", " ", "rules"]), st.just(True)), max_size=6)


@given(turns, parts, st.sampled_from(["ask", "run"]))
def test_every_brief_makes_a_request_that_the_api_takes(before: list[Turn], stable: list[Part], kind: str) -> None:
    brief = Brief(
        turns=(*before, Turn("person", "What is a hook?")),
        question="What is a hook?",
        payer=NORAS,
        kind="run" if kind == "run" else "ask",
        system=(*stable, Part("the student", stable=False)),
    )
    assert faults({**request(brief, "claude-sonnet-5-5"), "stream": True}) == []


@pytest.mark.parametrize("last", [Turn("agent", "words"), Turn("person", " \n"), None])
def test_a_brief_ends_with_the_persons_words(last: Turn | None) -> None:
    with pytest.raises(ValueError, match="last turn"):
        Brief(turns=(last,) if last else (), question="", payer=NORAS)


def test_the_stable_parts_of_a_brief_come_first() -> None:
    with pytest.raises(ValueError, match="stable"):
        Brief(turns=(Turn("person", "x"),), question="x", payer=NORAS, system=(Part("a", stable=False), Part("b")))


def test_a_brief_names_its_person_by_a_key_and_knows_how_much_there_is_to_read() -> None:
    seen = Turn("person", "é", (Image("image/png", b"x"),))
    brief = Brief(turns=(seen,), question="é", payer=NORAS, system=(Part("abc"),), schema={})
    assert (brief.person, brief.size, brief.pictures) == (key_of(NORA.user_id), 2 + 3 + 2, 1)


def test_a_key_says_nothing_of_the_account() -> None:
    assert key_of("usr_1") == key_of("usr_1") != key_of("usr_2")
    assert "usr" not in key_of("usr_1")
    assert len(key_of("usr_1")) == 32
