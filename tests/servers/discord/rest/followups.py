"""What an app says under an interaction's token, within 15 minutes.

https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages
"""

from __future__ import annotations

from tests.servers.discord.acts import change, say
from tests.servers.discord.limits import RESPONSE_FLAGS, check_name, check_new
from tests.servers.discord.message_objects import message_json
from tests.servers.discord.permissions import Permission
from tests.servers.discord.posting import fill
from tests.servers.discord.rest.call import Answer, Call
from tests.servers.discord.shapes import Refused
from tests.servers.discord.things import Flag, Interaction, Message

TOKEN_SECONDS = 15 * 60.0
FOLLOW_UPS_AT_MOST = 5
"""Where the app stands only because the person has it for themselves."""


def meant(call: Call) -> bool:
    """Whether the path names the application, and so an interaction's token."""
    return call.params["webhook_id"] == call.world.application.id


def asked(call: Call) -> Interaction:
    """The interaction of the token, which was answered and is still young. Raises Refused where it is not."""
    found = call.world.interactions.get(call.params["webhook_token"])
    if found is None or found.did is None:
        raise Refused(404, 10015, "Unknown Webhook")
    if call.world.clock.now() - found.made_at >= TOKEN_SECONDS:
        raise Refused(401, 50027, "Invalid Webhook Token")
    return found


def found(call: Call) -> Message:
    """The message that the path names: the first answer as `@original`, or a follow-up."""
    interaction = asked(call)
    id = call.params.get("message_id", interaction.original)
    message = call.world.any_message(id)
    if message is None or (message.token != interaction.token and message.id != interaction.message):
        raise Refused(404, 10008, "Unknown Message")
    return message


def create(call: Call) -> Answer:
    """A follow-up. After a deferred answer the first one takes its place, and is seen by whom that was to be seen."""
    world, interaction = call.world, asked(call)
    check_new(call.body, call.uploads, may=RESPONSE_FLAGS)
    check_name(call.body.get("username"), "username")
    thinking = world.any_message(interaction.original)
    if thinking is not None and thinking.thinking:
        fill(world, thinking, without_ephemeral(call), call.uploads)
        change(world, thinking)
        return message_json(world, thinking)
    interaction.followed += 1
    if interaction.installed == "user" and interaction.followed > FOLLOW_UPS_AT_MOST:
        raise Refused(400, 40094, "This interaction has reached the maximum number of follow-up messages")
    hidden = Flag.EPHEMERAL in Flag(call.body.get("flags") or 0) or hides(call, interaction)
    message = message_of(call, interaction, hidden=hidden)
    fill(world, message, call.body, call.uploads)
    say(world, message)
    return message_json(world, message)


def message_of(call: Call, interaction: Interaction, *, hidden: bool) -> Message:
    """A new message under an interaction's token."""
    world = call.world
    only_for = interaction.user if hidden else None
    message = Message(world.id(), interaction.channel, world.application.bot, only_for=only_for, token=interaction.token)
    message.webhook, message.interaction = world.application.id, interaction.id
    return message


def without_ephemeral(call: Call) -> dict[str, object]:
    """The body without the flag that a deferred answer has decided before."""
    flags = call.body.get("flags")
    return {**call.body, **({"flags": flags & ~Flag.EPHEMERAL} if flags else {})}


def hides(call: Call, interaction: Interaction) -> bool:
    """Whether Discord shows an answer to its asker alone: of an app for oneself, where members may not use such."""
    channel = call.world.channels[interaction.channel]
    allowed = call.world.may(interaction.user, channel)
    return interaction.installed == "user" and channel.guild is not None and Permission.USE_EXTERNAL_APPS not in allowed
