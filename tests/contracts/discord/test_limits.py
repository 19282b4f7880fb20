"""The stand-in refuses bodies that Discord refuses: by its published description, and by what that leaves out."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.discord.asking import (
    EPHEMERAL,
    PNG,
    V2,
    Asking,
    button,
    container,
    faults,
    field,
    menu,
    modal,
    row,
    text,
    v2,
)
from tests.servers.discord.things import Asks

Json = dict[str, Any]
GALLERY: Json = {"type": 12, "items": [{"media": {"url": "attachment://a.png"}, "description": "a chart"}]}
DATA_PNG = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUg=="

MESSAGES: dict[str, tuple[Json, str]] = {
    "long content": ({"content": "x" * 2001}, "content BASE_TYPE_MAX_LENGTH"),
    "very long content": ({"content": "x" * 4001}, "content SCHEMA_MAXLENGTH"),
    "embeds over 6,000": ({"embeds": [{"description": "x" * 3500}] * 2}, "embeds MAX_EMBED_SIZE_EXCEEDED"),
    "41 components": (v2(*[container(*[text("x")] * 9)] * 4, text("y")), "components BASE_TYPE_BAD_LENGTH"),
    "4,001 characters": (
        v2(text("x" * 2000), container(text("y" * 2001))),
        "components COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
    ),
    "content beside V2": (v2(text("x"), content="y"), "content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
    "embeds beside V2": (v2(text("x"), embeds=[{"title": "y"}]), "embeds MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
    "V2 without its flag": ({"components": [text("x")]}, "components.0 UNION_TYPE_CHOICES"),
    "six old rows": (
        {"components": [row(button(custom_id=str(number))) for number in range(6)]},
        "components BASE_TYPE_BAD_LENGTH",
    ),
    "a custom id twice": (v2(row(button()), row(button())), "components.0.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED"),
    "an id twice": (v2({**text("x"), "id": 7}, {**text("y"), "id": 7}), "components.0.id COMPONENT_ID_DUPLICATED"),
    "a long custom id": (v2(row(button(custom_id="x" * 101))), "components.0.components.0.custom_id SCHEMA_MAXLENGTH"),
    "a long button": (v2(row(button("x" * 81))), "components.0.components.0.label SCHEMA_MAXLENGTH"),
    "a button without words": (v2(row(button(""))), "components.0.components.0 BUTTON_COMPONENT_INVALID"),
    "a link with a custom id": (
        v2(row(button(style=5, url="https://a.example"))),
        "components.0.components.0.url BASE_TYPE_REQUIRED",
    ),
    "six buttons": (v2(row(*[button(custom_id=str(number)) for number in range(6)])), "components.0.components SCHEMA_MAXITEMS"),
    "a menu beside a button": (v2(row(menu(), button())), "components.0.components BASE_TYPE_BAD_LENGTH"),
    "26 options": (v2(row(menu(26))), "components.0.components.0.options SCHEMA_MAXITEMS"),
    "a long placeholder": (v2(row(menu(placeholder="x" * 151))), "components.0.components.0.placeholder SCHEMA_MAXLENGTH"),
    "a long option": (
        v2(row({**menu(0), "options": [{"label": "x" * 101, "value": "a"}]})),
        "components.0.components.0.options.0.label SCHEMA_MAXLENGTH",
    ),
    "an option twice": (
        v2(row({**menu(0), "options": [{"label": "x", "value": "a"}, {"label": "y", "value": "a"}]})),
        "components.0.components.0.options.0.value SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
    ),
    "more values than options": (v2(row(menu(2, max_values=3))), "components.0.components.0.max_values BASE_TYPE_BAD_RANGE"),
    "a section without accessory": (
        v2({"type": 9, "components": [text("x")]}),
        "components.0 SCHEMA_REQUIRED",
    ),
    "four texts in a section": (
        v2({"type": 9, "components": [text("x")] * 4, "accessory": button()}),
        "components.0.components SCHEMA_MAXITEMS",
    ),
    "eleven pictures": (
        v2({"type": 12, "items": [{"media": {"url": "https://a.example/a.png"}}] * 11}),
        "components.0.items SCHEMA_MAXITEMS",
    ),
    "a file that is not there": (v2(GALLERY), "components.0 ATTACHMENT_NOT_FOUND"),
    "a file from elsewhere": (
        v2({"type": 13, "file": {"url": "https://a.example/a.csv"}}),
        "components.0.file.url URL_TYPE_INVALID_SCHEME",
    ),
    "an unknown field": (v2({**container(text("x")), "accent_colour": 3}), "components.0.accent_colour UNKNOWN"),
    "a container in a container": (v2(container(container(text("x")))), "components.0.components.0.type"),
    "ephemeral in a channel": ({"content": "x", "flags": EPHEMERAL}, "flags MESSAGE_FLAGS_INVALID"),
    "a long nonce": ({"content": "x", "nonce": "n" * 26}, "nonce SCHEMA_MAXLENGTH"),
    "a reply to nothing": (
        {"content": "x", "message_reference": {"message_id": "1"}},
        "message_reference REPLIES_UNKNOWN_MESSAGE",
    ),
    "mentions both ways": (
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
    ),
}


@pytest.mark.parametrize("name", MESSAGES)
async def test_a_message_that_discord_does_not_take_is_refused(name: str, asking: Asking) -> None:
    body, expected = MESSAGES[name]
    status, answer = await asking.post(body)
    assert status == 400
    assert any(each.startswith(expected) for each in faults(answer)), faults(answer)
    assert [each.code for each in asking.discord.refusals] == [50035]
    assert asking.world.history(asking.room.id) == []


async def test_what_lies_just_within_the_limits_is_taken(asking: Asking) -> None:
    for body in (
        {"content": "x" * 2000},
        v2(*[container(*[text("x")] * 9)] * 4),
        v2(text("x" * 4000)),
        v2(row(*[button(custom_id=str(number) * 100, label="x" * 80) for number in range(5)]), row(menu(25))),
        v2({"type": 9, "components": [text("x")] * 3, "accessory": button()}),
    ):
        assert (await asking.post(body))[0] == 200
    assert asking.discord.refusals == []


async def test_an_empty_message_is_refused(asking: Asking) -> None:
    assert await asking.post({}) == (400, {"message": "Cannot send an empty message", "code": 50006})


async def test_files_of_a_v2_message_are_all_shown_and_described_and_small_enough(asking: Asking) -> None:
    about = [{"id": 0, "filename": "a.png", "description": "a chart"}]
    status, message = await asking.post(v2(GALLERY, attachments=about), {"a.png": PNG})
    assert status == 200
    assert message["attachments"][0]["description"] == "a chart"
    assert (message["attachments"][0]["width"], message["attachments"][0]["height"]) == (3, 2)
    assert message["components"][0]["items"][0]["media"]["url"] == message["attachments"][0]["url"]

    _, answer = await asking.post(v2(text("x")), {"a.png": PNG})
    assert faults(answer) == ["attachments ATTACHMENT_NOT_REFERENCED"]
    _, answer = await asking.post({"content": "x", "attachments": [{"id": "0", "description": "x" * 1025}]}, {"a.png": PNG})
    assert faults(answer) == ["attachments.0.description SCHEMA_MAXLENGTH"]
    _, answer = await asking.post({"content": "x", "attachments": [{"id": "3"}]}, {"a.png": PNG})
    assert faults(answer) == ["attachments.0.id ATTACHMENT_NOT_FOUND"]
    status, answer = await asking.post({"content": "x"}, {"a.png": bytes(10 * 2**20 + 1)})
    assert (status, answer["code"]) == (413, 40005)


async def test_a_v2_message_stays_one_and_is_changed_within_the_same_limits(asking: Asking) -> None:
    message = await asking.posted(v2(text("x")))
    path = f"/channels/{asking.room.id}/messages/{message.id}"
    assert (await asking.ask("PATCH", path, {"components": [text("y")]}))[1]["components"][0]["content"] == "y"
    _, answer = await asking.ask("PATCH", path, {"content": "y", "flags": 0, "components": []})
    assert "flags MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG" in faults(answer)
    _, answer = await asking.ask("PATCH", path, {"components": [text("y" * 2001)] * 2})
    assert faults(answer) == ["components COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"]

    old = await asking.posted({"content": "old"})
    path = f"/channels/{asking.room.id}/messages/{old.id}"
    _, answer = await asking.ask("PATCH", path, v2(text("new")))
    assert faults(answer) == ["content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"]
    status, changed = await asking.ask("PATCH", path, v2(text("new"), content=None))
    assert (status, changed["flags"], changed["content"]) == (200, V2, "")


MODALS: dict[str, tuple[Json, str]] = {
    "six fields": (modal(*[field(str(number)) for number in range(6)]), "data.components"),
    "a long title": (modal(field(), title="x" * 46), "data.title SCHEMA_MAXLENGTH"),
    "a long label": (modal(field(label="x" * 46)), "data.components.0.label SCHEMA_MAXLENGTH"),
    "a long description": (
        modal({**field(), "description": "x" * 101}),
        "data.components.0.description SCHEMA_MAXLENGTH",
    ),
    "a custom id twice": (
        modal(field(), field()),
        "data.components.0.component.custom_id COMPONENT_CUSTOM_ID_DUPLICATED",
    ),
    "a long form id": (modal(field(), custom_id="x" * 101), "data.custom_id SCHEMA_MAXLENGTH"),
    "more than may be typed": (modal(field(max_length=4001)), "data.components.0.component.max_length SCHEMA_MAXIMUM"),
    "a value that is too long": (
        modal(field(max_length=3, value="four")),
        "data.components.0.component.value BASE_TYPE_BAD_LENGTH",
    ),
    "a button": (modal(row(button())), "data.components.0"),
    "no fields": (modal(), "data.components"),
}


@pytest.mark.parametrize("name", MODALS)
async def test_a_form_that_discord_does_not_take_is_refused(name: str, asking: Asking) -> None:
    body, expected = MODALS[name]
    asked = asking.asked()
    status, answer = await asking.answer(asked, 9, body)
    assert status == 400
    assert any(each.startswith(expected) for each in faults(answer)), faults(answer)
    assert asked.did is None


def command(name: str = "run", *options: Json, **more: Any) -> Json:
    return {"name": name, "description": "d", "options": list(options), **more}


def option(name: str = "code", kind: int = 3, **more: Any) -> Json:
    return {"name": name, "description": "d", "type": kind, **more}


def big() -> Json:
    """A command of more than 8,000 characters."""
    choices = [{"name": f"{number:02}" * 50, "value": "v" * 100} for number in range(25)]
    return command("run", option("a", choices=choices), option("b", choices=choices))


COMMANDS: dict[str, tuple[list[Json], str]] = {
    "capital letters": ([command("Run")], "0.name APPLICATION_COMMAND_INVALID_NAME"),
    "a space": ([command("run it")], "0.name"),
    "no description": ([{"name": "run", "description": ""}], "0.description"),
    "a long description": ([{"name": "run", "description": "x" * 101}], "0.description"),
    "the same name twice": ([command(), command()], "0.name APPLICATION_COMMANDS_DUPLICATE_NAME"),
    "26 options": ([command("run", *[option(f"o{number}") for number in range(26)])], "0.options"),
    "required after optional": (
        [command("run", option("a"), option("b", required=True))],
        "0.options.1.required APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
    ),
    "choices and autocomplete": (
        [command("run", option(autocomplete=True, choices=[{"name": "a", "value": "a"}]))],
        "0.options.0.choices APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES",
    ),
    "26 choices": (
        [command("run", option(choices=[{"name": str(number), "value": str(number)} for number in range(26)]))],
        "0.options.0.choices",
    ),
    "an option twice": (
        [command("run", option("a"), option("a"))],
        "0.options.0.name APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
    ),
    "options beside subcommands": (
        [command("run", option("a", 1), option("b"))],
        "0.options APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
    ),
    "a message command that is described": (
        [{"name": "Save as asset", "type": 3, "description": "d"}],
        "0.description APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED",
    ),
    "8,001 characters": ([big()], "0 APPLICATION_COMMAND_TOO_LARGE"),
}


@pytest.mark.parametrize("name", COMMANDS)
async def test_commands_that_discord_does_not_take_are_refused(name: str, asking: Asking) -> None:
    body, expected = COMMANDS[name]
    status, answer = await asking.ask("PUT", f"/applications/{asking.world.application.id}/commands", body)
    assert status == 400
    assert any(each.startswith(expected) for each in faults(answer)), faults(answer)
    assert asking.world.commands[None] == []


async def test_there_are_100_chat_commands_and_5_message_commands_at_most(asking: Asking) -> None:
    path = f"/applications/{asking.world.application.id}/commands"
    chat = [command(f"c{number}") for number in range(101)]
    on_messages = [{"name": f"On {number}", "type": 3} for number in range(6)]
    assert (await asking.ask("PUT", path, chat))[1]["code"] == 30032
    assert (await asking.ask("PUT", path, on_messages))[1]["code"] == 30032
    status, registered = await asking.ask("PUT", path, [*chat[:100], *on_messages[:5]])
    assert (status, len(registered)) == (200, 105)
    status, again = await asking.ask("PUT", path, chat[:1])
    assert [each["id"] for each in again] == [registered[0]["id"]]


async def test_suggestions_are_25_at_most_and_100_characters_each(asking: Asking) -> None:
    asked = asking.asked(Asks.AUTOCOMPLETE)
    for choices in (
        [{"name": "a", "value": "a"}] * 26,
        [{"name": "x" * 101, "value": "a"}],
        [{"name": "a", "value": "x" * 6001}],
    ):
        status, answer = await asking.answer(asked, 8, {"choices": choices})
        assert (status, answer["code"]) == (400, 50035)
    assert (await asking.answer(asked, 8, {"choices": [{"name": "a", "value": "x"}] * 25}))[0] == 204
    assert len(asked.choices or []) == 25


async def test_names_of_webhooks_threads_and_emojis_are_held_to_discords_rules(asking: Asking) -> None:
    hooks = f"/channels/{asking.room.id}/webhooks"
    for name, code in (
        ("x" * 81, "name SCHEMA_MAXLENGTH"),
        ("", "name SCHEMA_MINLENGTH"),
        ("Discordia", "name USERNAME_INVALID_CONTAINS"),
        ("Clyde", "name USERNAME_INVALID_CONTAINS"),
    ):
        assert faults((await asking.ask("POST", hooks, {"name": name}))[1]) == [code]
    made = await asking.webhook()
    said = f"/webhooks/{made['id']}/{made['token']}"
    _, answer = await asking.ask("POST", said, {"content": "x", "username": "discord"}, token=None)
    assert faults(answer) == ["username USERNAME_INVALID_CONTAINS"]
    for number in range(14):
        await asking.webhook(f"coach {number}")
    assert (await asking.ask("POST", hooks, {"name": "one more"}))[1]["code"] == 30007

    threads = f"/channels/{asking.room.id}/messages/{asking.said().id}/threads"
    for name, fault in (("x" * 101, "name SCHEMA_MAXLENGTH"), (" ", "name BASE_TYPE_BAD_LENGTH")):
        assert faults((await asking.ask("POST", threads, {"name": name}))[1]) == [fault]

    emojis = f"/applications/{asking.world.application.id}/emojis"
    for body, fault in (
        ({"name": "a", "image": DATA_PNG}, "name SCHEMA_MINLENGTH"),
        ({"name": "two words", "image": DATA_PNG}, "name STRING_TYPE_REGEX"),
        ({"name": "face", "image": "nothing"}, "image IMAGE_INVALID"),
        ({"name": "face", "image": "data:image/png;base64," + "A" * 400_000}, "image BINARY_TYPE_MAX_SIZE"),
    ):
        assert faults((await asking.ask("POST", emojis, body))[1]) == [fault]
    status, emoji = await asking.ask("POST", emojis, {"name": "face", "image": DATA_PNG})
    assert status == 201
    again = await asking.ask("POST", emojis, {"name": "face", "image": DATA_PNG})
    assert faults(again[1]) == ["name APPLICATION_EMOJI_NAME_ALREADY_TAKEN"]
    listed = await asking.ask("GET", emojis)
    assert [each["id"] for each in listed[1]["items"]] == [emoji["id"]]
