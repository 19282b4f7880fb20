"""Calls of the stand-in's REST API in plain HTTP, for what the real client would not send."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

import aiohttp

from tests.servers.discord import Channel, DiscordServer
from tests.servers.discord.acts import say
from tests.servers.discord.things import Asks, Interaction, Message, User

Json = dict[str, Any]
V2 = 1 << 15
EPHEMERAL = 1 << 6
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x03\x00\x00\x00\x02"


class Asking:
    """Somebody with the bot's token, in a channel and a guild."""

    def __init__(self, discord: DiscordServer, session: aiohttp.ClientSession) -> None:
        self.discord = discord
        self.world = discord.world
        self.room = discord.channel("room")
        self.maria = self.world.users[discord.person("Maria").id]
        self._session = session

    async def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        files: Mapping[str, bytes] | None = None,
        token: str | None = "",
        query: str = "",
    ) -> tuple[int, Any]:
        """The status and the body of the answer; `token`: None for none at all."""
        headers = {} if token is None else {"Authorization": token or f"Bot {self.discord.token}"}
        url = f"{self.discord.api_url}{path}{query}"
        form: aiohttp.FormData | None = None
        if files is not None:
            form = aiohttp.FormData()
            form.add_field("payload_json", json.dumps(body))
            for number, (name, content) in enumerate(files.items()):
                form.add_field(f"files[{number}]", io.BytesIO(content), filename=name, content_type="image/png")
        async with self._session.request(
            method, url, headers=headers, data=form, json=body if form is None and body is not None else None
        ) as answer:
            text = await answer.text()
            if not text:
                return answer.status, None
            if answer.headers["Content-Type"] != "application/json":
                return answer.status, text
            return answer.status, json.loads(text)

    async def post(self, body: Json, files: Mapping[str, bytes] | None = None) -> tuple[int, Any]:
        """A message in the room."""
        return await self.ask("POST", f"/channels/{self.room.id}/messages", body, files=files)

    async def posted(self, body: Json) -> Message:
        """A message in the room that must be taken."""
        status, answer = await self.post(body)
        assert status == 200, answer
        found = self.world.any_message(answer["id"])
        assert found is not None
        return found

    def said(self, text: str = "hello", channel: Channel | None = None) -> Message:
        """A message of Maria's."""
        return say(self.world, Message(self.world.id(), (channel or self.room).id, self.maria.id, text))

    def asked(self, asks: Asks = Asks.COMMAND, message: Message | None = None, user: User | None = None) -> Interaction:
        """Something that Maria asks of the app in the room."""
        shown = message.id if message else None
        return self.world.interaction(asks, user or self.maria, self.room, {"name": "run"}, message=shown)

    async def answer(self, asked: Interaction, type: int, data: Json | None = None, query: str = "") -> tuple[int, Any]:
        """The first response."""
        body: Json = {"type": type, **({} if data is None else {"data": data})}
        return await self.ask("POST", f"/interactions/{asked.id}/{asked.token}/callback", body, token=None, query=query)

    def follow(self, asked: Interaction, rest: str = "") -> str:
        """The path of follow-ups."""
        return f"/webhooks/{self.world.application.id}/{asked.token}{rest}"

    async def webhook(self, name: str = "coach") -> Json:
        """A webhook in the room."""
        status, made = await self.ask("POST", f"/channels/{self.room.id}/webhooks", {"name": name})
        assert status == 200, made
        found: Json = made
        return found


def text(content: str) -> Json:
    return {"type": 10, "content": content}


def row(*inner: Json) -> Json:
    return {"type": 1, "components": list(inner)}


def button(label: str = "Go", custom_id: str = "go", **more: Any) -> Json:
    return {"type": 2, "style": 1, "label": label, "custom_id": custom_id, **more}


def menu(count: int = 2, custom_id: str = "menu", **more: Any) -> Json:
    options = [{"label": f"Option {number}", "value": str(number)} for number in range(count)]
    return {"type": 3, "custom_id": custom_id, "options": options, **more}


def container(*inner: Json) -> Json:
    return {"type": 17, "components": list(inner)}


def v2(*components: Json, **more: Any) -> Json:
    return {"flags": V2, "components": list(components), **more}


def field(custom_id: str = "a", label: str = "Name", **more: Any) -> Json:
    return {"type": 18, "label": label, "component": {"type": 4, "custom_id": custom_id, "style": 1, **more}}


def modal(*components: Json, title: str = "Form", custom_id: str = "form") -> Json:
    return {"title": title, "custom_id": custom_id, "components": list(components)}


def faults(answer: Json) -> list[str]:
    """The fields of which a 50035 complains, with its codes: "content BASE_TYPE_MAX_LENGTH"."""
    assert answer["code"] == 50035, answer
    found: list[str] = []

    def walk(inner: Json, where: str) -> None:
        for name, value in inner.items():
            if name == "_errors":
                found.extend(f"{where} {each['code']}" for each in value)
            else:
                walk(value, f"{where}.{name}".lstrip("."))

    walk(answer["errors"], "")
    return found
