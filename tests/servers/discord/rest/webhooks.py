"""Webhooks of channels, and what is said through them; under an interaction's token, follow-ups.

https://discord.com/developers/docs/resources/webhook
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from tests.servers.discord.acts import remove, say
from tests.servers.discord.limits import CHANNEL_FLAGS, WEBHOOKS_AT_MOST, check_name, check_new
from tests.servers.discord.message_objects import message_json
from tests.servers.discord.objects import webhook_json
from tests.servers.discord.permissions import Permission
from tests.servers.discord.posting import fill
from tests.servers.discord.rest import followups
from tests.servers.discord.rest.call import Answer, Call, Does, lacks
from tests.servers.discord.rest.messages import rewrite
from tests.servers.discord.shapes import Refused, malformed
from tests.servers.discord.things import Channel, Message, Webhook


def _create(call: Call) -> Answer:
    channel = call.room(Permission.MANAGE_WEBHOOKS)
    check_name(call.body["name"], "name")
    there = [each for each in call.world.webhooks.values() if each.channel == channel.id]
    if len(there) >= WEBHOOKS_AT_MOST:
        raise Refused(400, 30007, f"Maximum number of webhooks reached ({WEBHOOKS_AT_MOST})")
    made = Webhook(call.world.id(), secrets.token_urlsafe(51), channel.id, channel.guild or "", call.body["name"], call.bot.id)
    call.world.webhooks[made.id] = made
    _told(call, made)
    return webhook_json(call.world, made)


def _told(call: Call, webhook: Webhook) -> None:
    call.world.tell("WEBHOOKS_UPDATE", {"guild_id": webhook.guild, "channel_id": webhook.channel}, webhook.guild)


def _of_channel(call: Call) -> Answer:
    channel = call.room(Permission.MANAGE_WEBHOOKS)
    return [webhook_json(call.world, each) for each in call.world.webhooks.values() if each.channel == channel.id]


def _of_guild(call: Call) -> Answer:
    guild = call.guild()
    if any(Permission.MANAGE_WEBHOOKS not in guild.roles[each].allows for each in guild.members[call.bot.id]):
        raise lacks(Permission.MANAGE_WEBHOOKS)
    return [webhook_json(call.world, each) for each in call.world.webhooks.values() if each.guild == guild.id]


def _get(call: Call) -> Answer:
    return webhook_json(call.world, _managed(call), secret="webhook_token" not in call.params)


def _managed(call: Call) -> Webhook:
    """The webhook, which without its token only those may touch who manage webhooks."""
    webhook = call.webhook()
    if "webhook_token" not in call.params:
        call.channel_named(webhook.channel, Permission.MANAGE_WEBHOOKS)
    return webhook


def _update(call: Call) -> Answer:
    webhook = _managed(call)
    check_name(call.body.get("name"), "name")
    webhook.name = call.body.get("name") or webhook.name
    _told(call, webhook)
    return webhook_json(call.world, webhook, secret="webhook_token" not in call.params)


def _delete(call: Call) -> Answer:
    webhook = _managed(call)
    del call.world.webhooks[webhook.id]
    _told(call, webhook)
    return None


# -- what is said


def _execute(call: Call) -> Answer:
    if followups.meant(call):
        return followups.create(call)
    webhook = call.webhook()
    check_new(call.body, call.uploads, may=CHANNEL_FLAGS)
    check_name(call.body.get("username"), "username")
    if call.body.get("thread_name"):
        raise malformed(("thread_name", "WEBHOOK_THREAD_NAME", "Webhooks can only create threads in forum channels"))
    place = _place(call, webhook)
    if place.locked:
        raise Refused(403, 160005, "This thread is locked")
    message = Message(call.world.id(), place.id, webhook.id, webhook=webhook.id)
    message.name, message.face = call.body.get("username") or webhook.name, call.body.get("avatar_url")
    fill(call.world, message, call.body, call.uploads)
    say(call.world, message)
    return message_json(call.world, message) if call.query.get("wait") else None


def _place(call: Call, webhook: Webhook) -> Channel:
    thread = call.query.get("thread_id")
    place = call.world.channels.get(thread or webhook.channel)
    if place is None or (thread is not None and place.parent != webhook.channel):
        raise Refused(404, 10003, "Unknown Channel")
    return place


def _said(call: Call) -> Message:
    """A message of the webhook; one in a thread is found only with the thread's id."""
    webhook = call.webhook()
    message = call.world.message(_place(call, webhook).id, call.params["message_id"])
    if message is None or message.webhook != webhook.id:
        raise Refused(404, 10008, "Unknown Message")
    return message


def _get_said(call: Call) -> Answer:
    message = followups.found(call) if followups.meant(call) else _said(call)
    return message_json(call.world, message)


def _update_said(call: Call) -> Answer:
    message = followups.found(call) if followups.meant(call) else _said(call)
    rewrite(call, message)
    return message_json(call.world, message)


def _delete_said(call: Call) -> Answer:
    remove(call.world, followups.found(call) if followups.meant(call) else _said(call))
    return None


OPERATIONS: Mapping[str, Does] = {
    "create_webhook": _create,
    "list_channel_webhooks": _of_channel,
    "get_guild_webhooks": _of_guild,
    "get_webhook": _get,
    "get_webhook_by_token": _get,
    "update_webhook": _update,
    "update_webhook_by_token": _update,
    "delete_webhook": _delete,
    "delete_webhook_by_token": _delete,
    "execute_webhook": _execute,
    "get_webhook_message": _get_said,
    "update_webhook_message": _update_said,
    "delete_webhook_message": _delete_said,
    "get_original_webhook_message": _get_said,
    "update_original_webhook_message": _update_said,
    "delete_original_webhook_message": _delete_said,
}
