"""The first answer to an interaction: once, within three seconds, and of a kind that fits what was asked.

https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.servers.discord.acts import say
from tests.servers.discord.command_limits import check_choices
from tests.servers.discord.components import in_modal
from tests.servers.discord.limits import RESPONSE_FLAGS, check_new
from tests.servers.discord.message_objects import message_json
from tests.servers.discord.posting import fill
from tests.servers.discord.rest import followups
from tests.servers.discord.rest.call import Answer, Call
from tests.servers.discord.rest.call import Does as Operation
from tests.servers.discord.rest.messages import rewrite
from tests.servers.discord.shapes import Json, Refused, malformed
from tests.servers.discord.things import Asks, Does, Flag, Interaction, Message

ANSWER_SECONDS = 3.0
UPDATES = frozenset({Does.DEFERRED_UPDATE, Does.UPDATE})


def _answer(call: Call) -> Answer:
    interaction = _asked(call)
    does = Does(call.body["type"])
    data: Json = call.body.get("data") or {}
    _check_kind(interaction, does)
    inner = Call(call.world, call.params, call.query, data, call.uploads)
    DOES[does](inner, interaction)
    interaction.did, interaction.did_at = does, call.world.clock.now()
    interaction.done.set()
    return _resource(call, interaction) if call.query.get("with_response") else None


def _asked(call: Call) -> Interaction:
    interaction = call.world.interactions.get(call.params["interaction_token"])
    if interaction is None or interaction.id != call.params["interaction_id"]:
        raise Refused(404, 10062, "Unknown interaction")
    if interaction.did is not None:
        raise Refused(400, 40060, "Interaction has already been acknowledged.")
    if call.world.clock.now() - interaction.made_at > ANSWER_SECONDS:
        raise Refused(404, 10062, "Unknown interaction")
    return interaction


def _check_kind(interaction: Interaction, does: Does) -> None:
    """Raise Refused where what was asked cannot be answered so."""
    completes = interaction.asks == Asks.AUTOCOMPLETE
    no_form = interaction.asks == Asks.MODAL and does == Does.MODAL
    no_message = does in UPDATES and interaction.message is None
    if completes != (does == Does.SUGGESTIONS) or no_form or no_message:
        text = f"{does.name} cannot answer {interaction.asks.name}"
        raise malformed(("type", "INTERACTION_RESPONSE_TYPE_INVALID", text))


def _message(call: Call, interaction: Interaction) -> None:
    check_new(call.body, call.uploads, may=RESPONSE_FLAGS)
    hidden = Flag.EPHEMERAL in Flag(call.body.get("flags") or 0) or followups.hides(call, interaction)
    message = followups.message_of(call, interaction, hidden=hidden)
    fill(call.world, message, call.body, call.uploads)
    interaction.original = message.id
    say(call.world, message)


def _defer(call: Call, interaction: Interaction) -> None:
    flags = Flag(call.body.get("flags") or 0)
    if flags & ~Flag.EPHEMERAL:
        raise malformed(("data.flags", "MESSAGE_FLAGS_INVALID", "A deferred answer takes the flag EPHEMERAL alone"))
    hidden = Flag.EPHEMERAL in flags or followups.hides(call, interaction)
    message = followups.message_of(call, interaction, hidden=hidden)
    message.flags = flags | Flag.LOADING
    interaction.original = message.id
    say(call.world, message)


def _defer_update(call: Call, interaction: Interaction) -> None:
    interaction.original = _shown(call, interaction).id


def _update(call: Call, interaction: Interaction) -> None:
    message = _shown(call, interaction)
    rewrite(call, message)
    interaction.original = message.id


def _shown(call: Call, interaction: Interaction) -> Message:
    message = call.world.any_message(interaction.message)
    if message is None:
        raise Refused(404, 10008, "Unknown Message")
    return message


def _suggest(call: Call, interaction: Interaction) -> None:
    choices = call.body.get("choices") or []
    check_choices(choices)
    interaction.choices = choices


def _open(call: Call, interaction: Interaction) -> None:
    wrong = [(f"data.{where}", code, text) for where, code, text in in_modal(call.body)]
    if wrong:
        raise malformed(*wrong)
    interaction.modal = call.body


DOES = {
    Does.MESSAGE: _message,
    Does.DEFERRED_MESSAGE: _defer,
    Does.DEFERRED_UPDATE: _defer_update,
    Does.UPDATE: _update,
    Does.SUGGESTIONS: _suggest,
    Does.MODAL: _open,
}


def _resource(call: Call, interaction: Interaction) -> Json:
    """What `with_response` is answered."""
    assert interaction.did is not None
    about: Json = {"id": interaction.id, "type": int(interaction.asks), "channel_id": interaction.channel}
    if interaction.guild is not None:
        about["guild_id"] = interaction.guild
    message = call.world.any_message(interaction.original)
    if message is None:
        return {"interaction": about}
    about |= {"response_message_id": message.id, "response_message_loading": message.thinking}
    about["response_message_ephemeral"] = message.only_for is not None
    if interaction.did in {Does.DEFERRED_MESSAGE, Does.DEFERRED_UPDATE}:
        return {"interaction": about}
    resource = {"type": int(interaction.did), "message": message_json(call.world, message)}
    return {"interaction": about, "resource": resource}


OPERATIONS: Mapping[str, Operation] = {"create_interaction_response": _answer}
