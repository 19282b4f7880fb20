"""What an agent that a person makes may be called."""

from __future__ import annotations

import pytest

from core.agents.cast import Cast
from core.agents.naming import NotAName, check
from core.agents.own import as_agent
from core.agents.roster import read_roster
from core.contents import SHIPPED
from tests.contracts.test_stores_own_agents import agent
from tests.core.agents.making import NOBODY

ROSTER = read_roster(SHIPPED / "agents")
OURS = [each.name for one in ROSTER.agents for each in one.names]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Milo", "Milo"),
        ("@Milo", "Milo"),
        ("  Jar   Doctor ", "Jar Doctor"),
        ("Anna-Lena", "Anna-Lena"),
        ("O'Neil", "O'Neil"),
        ("Мария", "Мария"),
        ("さくら花", "さくら花"),
        ("Mediator", "Mediator"),
        ("Ida", "Ida"),
    ],
)
def test_ordinary_names_are_kept_with_single_spaces(typed: str, kept: str) -> None:
    assert check(typed, OURS) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("sage", "SAGE", "ＳＡＧＥ", "S a g e", "Sagé", "S-a-g-e", "5age"),
        *("Techer", "Teachers", "T3acher", "WRlTER", "Tеacher", "MediaBuyer", "Media-Buyer", "Lehrer"),
        *("Ѕеllеr", "Ꮪage", "Mеdia Buyer"),
        *("Teacher Bob", "Copy Cat", "Media"),
    ],
)
def test_nothing_that_could_be_taken_for_one_of_the_twelve(typed: str) -> None:
    with pytest.raises(NotAName):
        check(typed, OURS)


@pytest.mark.parametrize("typed", ["everyone", "Every one", "here", "Hère", "channel", "Coach", "Elevate", "Clаude", "coach Ann"])
def test_nothing_that_calls_many_or_speaks_for_us(typed: str) -> None:
    with pytest.raises(NotAName):
        check(typed, OURS)


@pytest.mark.parametrize("typed", ["a", "x" * 31, "", "Bob!", "<b>", "4 you", "Bob_", "Milo\u200b", "Milo-", "`Milo`", "Мilo"])
def test_nothing_too_short_too_long_or_with_signs_in_it(typed: str) -> None:
    with pytest.raises(NotAName):
        check(typed, OURS)


@pytest.mark.parametrize("name", ["Sage", "Teacher Bob", "memory lane"])
def test_the_twelve_win_even_over_a_name_that_is_kept_already(name: str) -> None:
    """The course may get a new name after somebody gave it to an agent of theirs."""
    cast = Cast(ROSTER.agents, [as_agent(agent(NOBODY, name))])
    [mention] = cast.find(f"@{name} what did I say?").mentions
    assert mention.who in ROSTER.agents
    assert cast.agents == ROSTER.agents


def test_an_agent_of_ones_own_is_found_as_the_others_are() -> None:
    cast = Cast(ROSTER.agents, [as_agent(agent(NOBODY, "Jar Doctor"))])
    assert [each.who.name for each in cast.find("@jar doctor and @Sage, please").mentions] == ["Jar Doctor", "Sage"]
    assert [each.name for each in cast.find("@Jar Docter").near] == ["Jar Doctor"]
    assert cast.named("jar doctor") == cast.named("agt_jar doctor1")
