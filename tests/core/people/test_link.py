"""Codes: given, entered, and what is said where one cannot be taken."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from core.errors import Refusal
from core.people.link import (
    AlreadyLinked,
    CodeExpired,
    CodeUsed,
    Linking,
    OwnCode,
    Pair,
    SameCommunity,
    TooManyTries,
    UnknownCode,
)
from core.people.link_commands import COMMANDS
from core.people.link_model import ALPHABET, LENGTH, VALID
from core.people.model import Person
from core.people.service import People
from core.plain import message as plain
from core.request import Actor, Address, Asked
from core.services import Services
from core.ui import Answer, Button, Buttons, Message
from persistence.documents import Database
from persistence.links import LinkRecord
from tests.students import DISCORD, NOON, OMAR, SECRET, SLACK, TERMINAL, everything

WRONG = "AAAAAAAA"
BY_NAME = {each.name: each for each in COMMANDS}


@pytest.fixture
def linking(database: Database) -> Linking:
    """Linking on that record."""
    return Linking(LinkRecord(database), SECRET)


async def ask(
    linking: Linking, people: People, actor: Actor, command: str, values: Mapping[str, str], at: datetime = NOON
) -> Answer:
    """Somebody asks for a command."""
    found = BY_NAME[command]
    person = await people.meet(actor, at)
    address = Address(actor.platform, actor.workspace, "dm")
    asked = Asked(id="1", actor=actor, address=address, at=at, command=command, values=values)
    answer: Answer = await Services(linking, people).call(found.handler, found.args(**values), asked, person)
    return answer


def buttons(message: Message) -> dict[str, Button]:
    """The buttons, by their labels."""
    rows = [each for card in message.cards for each in card.body if isinstance(each, Buttons)]
    return {each.label: each for row in rows for each in row.items if isinstance(each, Button)}


async def given(linking: Linking, people: People, actor: Actor = SLACK, at: datetime = NOON) -> str:
    """The code that /link gives there."""
    answer = await ask(linking, people, actor, "link", {}, at)
    assert isinstance(answer, Message)
    assert answer.private
    found = re.search(f"/link ([{ALPHABET}]{{{LENGTH}}})", plain(answer))
    assert found is not None
    return found.group(1)


async def person(people: People, actor: Actor) -> Person:
    """Who that is."""
    return await people.meet(actor, NOON)


async def test_a_code_entered_elsewhere_shows_both_accounts_and_links_them(linking: Linking, people: People) -> None:
    code = await given(linking, people)
    typed = f" {code[:4].lower()}-{code[4:]} "
    question = await ask(linking, people, DISCORD, "link", {"code": typed})
    assert isinstance(question, Message)
    assert "Nora Discord on Discord" in plain(question)
    assert "Nora Slack on Slack" in plain(question)
    yes = buttons(question)["Link them"].call
    done = await ask(linking, people, DISCORD, yes.command, {"code": str(yes.values["code"])})
    assert isinstance(done, Message)
    assert "one account now" in plain(done)
    assert (await person(people, SLACK)).user_id == (await person(people, DISCORD)).user_id


async def test_pressing_twice_is_answered_kindly(linking: Linking, people: People) -> None:
    code = await given(linking, people)
    await ask(linking, people, DISCORD, "link confirm", {"code": code})
    again = await ask(linking, people, DISCORD, "link confirm", {"code": code})
    assert isinstance(again, Message)
    assert "one account already" in plain(again)


async def test_two_presses_at_once_make_one_link(linking: Linking, people: People, database: Database) -> None:
    code = await given(linking, people)
    discord = await person(people, DISCORD)
    pressed = await asyncio.gather(*(linking.confirm(discord, code, NOON) for _ in range(5)), return_exceptions=True)
    assert {type(each) for each in pressed} <= {Pair, AlreadyLinked}
    assert Pair in {type(each) for each in pressed}
    assert len((await everything(database))["links"]) == 1


async def test_both_sides_entering_each_others_code_at_once_make_one_account(linking: Linking, people: People) -> None:
    one, other = await person(people, SLACK), await person(people, DISCORD)
    codes = await linking.give_code(one, NOON), await linking.give_code(other, NOON)
    await asyncio.gather(linking.confirm(other, codes[0], NOON), linking.confirm(one, codes[1], NOON), return_exceptions=True)
    assert (await person(people, SLACK)).user_id == (await person(people, DISCORD)).user_id == one.user_id


async def test_not_me_links_nothing_and_ends_the_code(linking: Linking, people: People) -> None:
    code = await given(linking, people)
    told = await ask(linking, people, DISCORD, "link refuse", {"code": code})
    assert isinstance(told, Message)
    assert "Nothing was linked" in plain(told)
    with pytest.raises(CodeUsed):
        await linking.look_up(await person(people, TERMINAL), code, NOON)
    assert (await person(people, SLACK)).user_id != (await person(people, DISCORD)).user_id


async def test_a_code_is_valid_for_ten_minutes(linking: Linking, people: People) -> None:
    code, discord = await given(linking, people), await person(people, DISCORD)
    await linking.look_up(discord, code, NOON + VALID - timedelta(seconds=1))
    with pytest.raises(CodeExpired, match="10 minutes old"):
        await linking.look_up(discord, code, NOON + VALID)


async def test_a_code_works_once(linking: Linking, people: People) -> None:
    code = await given(linking, people)
    await linking.confirm(await person(people, DISCORD), code, NOON)
    with pytest.raises(CodeUsed, match="works once"):
        await linking.look_up(await person(people, TERMINAL), code, NOON)


async def test_a_new_code_ends_the_one_before(linking: Linking, people: People) -> None:
    first = await given(linking, people)
    await given(linking, people)
    with pytest.raises(UnknownCode):
        await linking.look_up(await person(people, DISCORD), first, NOON)


async def test_ones_own_code_is_for_the_other_platform(linking: Linking, people: People) -> None:
    code = await given(linking, people)
    with pytest.raises(OwnCode, match="other platform"):
        await linking.look_up(await person(people, SLACK), code, NOON)


async def test_what_is_linked_is_not_linked_twice(linking: Linking, people: People) -> None:
    await linking.confirm(await person(people, DISCORD), await given(linking, people), NOON)
    with pytest.raises(AlreadyLinked):
        await linking.look_up(await person(people, DISCORD), await given(linking, people), NOON)


async def test_two_members_of_one_community_are_not_linked(linking: Linking, people: People) -> None:
    code = await given(linking, people, OMAR)
    with pytest.raises(SameCommunity, match="same community"):
        await linking.look_up(await person(people, DISCORD), code, NOON)


async def test_an_account_with_a_second_member_of_a_community_is_not_linked_either(linking: Linking, people: People) -> None:
    await linking.confirm(await person(people, DISCORD), await given(linking, people), NOON)
    code = await given(linking, people, OMAR)
    with pytest.raises(SameCommunity):
        await linking.look_up(await person(people, SLACK), code, NOON)


async def test_five_wrong_codes_block_entering_for_an_hour(linking: Linking, people: People) -> None:
    code, discord = await given(linking, people), await person(people, DISCORD)
    for _ in range(5):
        with pytest.raises(UnknownCode):
            await linking.look_up(discord, WRONG, NOON)
    with pytest.raises(TooManyTries, match="again at 15:00"):
        await linking.look_up(discord, code, NOON + timedelta(minutes=1))
    with pytest.raises(TooManyTries):
        await linking.confirm(discord, code, NOON + timedelta(minutes=59))
    later = await given(linking, people, SLACK, NOON + timedelta(hours=1))
    await linking.look_up(discord, later, NOON + timedelta(hours=1))


async def test_many_wrong_codes_at_once_get_no_further(linking: Linking, people: People) -> None:
    discord = await person(people, DISCORD)
    tries = (linking.look_up(discord, WRONG, NOON) for _ in range(30))
    answers = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(each, UnknownCode) for each in answers) == 5
    assert sum(isinstance(each, TooManyTries) for each in answers) == 25


async def test_real_codes_do_not_wipe_out_wrong_ones(linking: Linking, people: People) -> None:
    code, discord = await given(linking, people), await person(people, DISCORD)
    for _ in range(4):
        with pytest.raises(UnknownCode):
            await linking.look_up(discord, WRONG, NOON)
    for _ in range(3):
        await linking.look_up(discord, code, NOON)
    with pytest.raises(UnknownCode):
        await linking.look_up(discord, WRONG, NOON)
    with pytest.raises(TooManyTries):
        await linking.look_up(discord, code, NOON)


async def test_the_code_itself_is_nowhere_in_the_record(linking: Linking, people: People, database: Database) -> None:
    code = await given(linking, people)
    with pytest.raises(Refusal):
        await linking.look_up(await person(people, DISCORD), WRONG, NOON)
    whole = repr(await everything(database))
    assert code not in whole
    assert WRONG not in whole


async def test_another_secret_reads_no_code(people: People, linking: Linking, database: Database) -> None:
    code = await given(linking, people)
    with pytest.raises(UnknownCode):
        await Linking(LinkRecord(database), b"another secret of 16+").look_up(await person(people, DISCORD), code, NOON)


def test_no_two_characters_of_a_code_look_alike() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 24
    for alike in ("0O", "1IL", "2Z", "5S", "8B", "UV"):
        assert len(set(alike) & set(ALPHABET)) <= 1
