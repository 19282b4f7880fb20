"""Interactions are answered once, in time and in kind; what follows under their token is held to its rules."""

from __future__ import annotations

import pytest

from tests.contracts.discord.asking import EPHEMERAL, Asking, button, faults, field, modal, row, text, v2
from tests.servers.discord.things import Asks, Does, Flag


async def test_an_interaction_is_answered_once(asking: Asking) -> None:
    asked = asking.asked()
    assert await asking.answer(asked, 4, {"content": "x"}) == (204, None)
    assert (asked.did, asked.done.is_set()) == (Does.MESSAGE, True)
    status, answer = await asking.answer(asked, 5)
    assert (status, answer["code"]) == (400, 40060)


async def test_an_answer_that_comes_after_three_seconds_is_refused(asking: Asking) -> None:
    asked = asking.asked()
    asking.discord.clock.advance(3.1)
    status, answer = await asking.answer(asked, 4, {"content": "x"})
    assert (status, answer["code"]) == (404, 10062)
    status, answer = await asking.ask("POST", f"/interactions/{asked.id}/wrong/callback", {"type": 5}, token=None)
    assert (status, answer["code"]) == (404, 10062)


@pytest.mark.parametrize(
    ("asks", "type"),
    [
        (Asks.MODAL, 9),
        (Asks.COMMAND, 8),
        (Asks.COMMAND, 6),
        (Asks.COMMAND, 7),
        (Asks.AUTOCOMPLETE, 4),
        (Asks.AUTOCOMPLETE, 5),
        (Asks.AUTOCOMPLETE, 9),
    ],
)
async def test_an_answer_of_a_kind_that_does_not_fit_is_refused(asks: Asks, type: int, asking: Asking) -> None:
    data = {9: modal(field()), 8: {"choices": []}, 7: {"content": "x"}, 4: {"content": "x"}}.get(type)
    _, answer = await asking.answer(asking.asked(asks), type, data)
    assert faults(answer) == ["type INTERACTION_RESPONSE_TYPE_INVALID"]


async def test_a_form_is_opened_and_kept_for_who_asked(asking: Asking) -> None:
    asked = asking.asked()
    assert (await asking.answer(asked, 9, modal(field(), field("b"))))[0] == 204
    assert (asked.modal or {})["title"] == "Form"
    assert (await asking.ask("GET", asking.follow(asked, "/messages/@original"), token=None))[1]["code"] == 10008


async def test_the_first_follow_up_after_a_deferred_answer_takes_its_place_and_is_seen_by_the_same(asking: Asking) -> None:
    asked = asking.asked()
    await asking.answer(asked, 5, {"flags": EPHEMERAL})
    thinking = asking.world.any_message(asked.original)
    assert thinking is not None
    assert thinking.thinking
    status, answer = await asking.ask("POST", asking.follow(asked), v2(text("done")), token=None)
    assert (status, answer["id"]) == (200, thinking.id)
    assert (thinking.thinking, thinking.only_for, Flag.EPHEMERAL in thinking.flags) == (False, asking.maria.id, True)
    _, second = await asking.ask("POST", asking.follow(asked), {"content": "more", "flags": EPHEMERAL}, token=None)
    assert second["id"] != thinking.id
    assert second["interaction_metadata"]["original_response_message_id"] == thinking.id


async def test_an_ephemeral_message_is_in_no_history_and_changed_by_its_token_alone(asking: Asking) -> None:
    asked = asking.asked()
    await asking.answer(asked, 4, {"content": "secret", "flags": EPHEMERAL})
    assert asking.world.history(asking.room.id) == []
    channel = f"/channels/{asking.room.id}/messages/{asked.original}"
    assert (await asking.ask("GET", channel))[1]["code"] == 10008
    assert (await asking.ask("PATCH", channel, {"content": "x"}))[1]["code"] == 10008
    original = asking.follow(asked, "/messages/@original")
    assert (await asking.ask("PATCH", original, {"content": "changed"}, token=None))[1]["content"] == "changed"
    assert (await asking.ask("GET", asking.follow(asked, f"/messages/{asked.original}"), token=None))[0] == 200
    assert (await asking.ask("DELETE", original, token=None))[0] == 204
    assert (await asking.ask("GET", original, token=None))[1]["code"] == 10008


async def test_a_token_holds_from_the_answer_until_fifteen_minutes_after_the_question(asking: Asking) -> None:
    asked = asking.asked()
    assert (await asking.ask("POST", asking.follow(asked), {"content": "x"}, token=None))[1]["code"] == 10015
    await asking.answer(asked, 4, {"content": "x"})
    asking.discord.clock.advance(14 * 60)
    assert (await asking.ask("POST", asking.follow(asked), {"content": "x"}, token=None))[0] == 200
    asking.discord.clock.advance(61)
    status, answer = await asking.ask("PATCH", asking.follow(asked, "/messages/@original"), {"content": "y"}, token=None)
    assert (status, answer["code"]) == (401, 50027)
    assert asking.discord.api.invalid == 1


async def test_a_components_message_is_changed_in_place_at_once_or_later(asking: Asking) -> None:
    card = await asking.posted(v2(text("old"), row(button())))
    at_once = asking.asked(Asks.COMPONENT, card)
    assert (await asking.answer(at_once, 7, v2(text("new"))))[0] == 204
    assert card.components[0]["content"] == "new"
    later = asking.asked(Asks.COMPONENT, card)
    await asking.answer(later, 6)
    original = asking.follow(later, "/messages/@original")
    assert (await asking.ask("PATCH", original, {"components": [text("newer")]}, token=None))[1]["id"] == card.id
    assert card.components[0]["content"] == "newer"
    wrong = asking.asked(Asks.COMPONENT, card)
    _, answer = await asking.answer(wrong, 7, {"content": "x", "flags": 0, "components": []})
    assert "flags MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG" in faults(answer)
    assert wrong.did is None


async def test_with_response_tells_what_came_of_it(asking: Asking) -> None:
    asked = asking.asked()
    status, answer = await asking.answer(asked, 4, v2(text("x"), flags=EPHEMERAL | 1 << 15), query="?with_response=true")
    assert status == 200
    assert answer["resource"]["message"]["id"] == asked.original
    assert answer["interaction"]["response_message_ephemeral"] is True


async def test_an_app_of_ones_own_may_follow_up_five_times(asking: Asking) -> None:
    asked = asking.world.interaction(Asks.COMMAND, asking.maria, asking.room, {}, installed="user")
    await asking.answer(asked, 4, {"content": "x"})
    codes = [(await asking.ask("POST", asking.follow(asked), {"content": "x"}, token=None))[1].get("code") for _ in range(6)]
    assert codes == [None] * 5 + [40094]
