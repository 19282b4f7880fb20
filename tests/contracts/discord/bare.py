"""A bare bot on the real discord.py, for the tests of the stand-in: it keeps what it hears, and answers in the plainest way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import discord
import discord.gateway
import discord.http
import yarl

from tests.servers.discord.server import DiscordServer

Json = dict[str, Any]
QUIET = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
READY_SECONDS = 0.01
"""So long the library waits for one more guild before it counts itself as ready."""
CHOICES = [{"name": "Warm", "value": "w"}, {"name": "Very cold", "value": "c"}]
COMMANDS: list[Json] = [
    {
        "name": "say",
        "description": "Say something",
        "options": [
            {"type": 3, "name": "words", "description": "What", "required": True, "max_length": 20},
            {"type": 4, "name": "times", "description": "How often", "min_value": 1, "max_value": 9},
            {"type": 3, "name": "tone", "description": "How", "choices": CHOICES},
            {"type": 5, "name": "loud", "description": "Whether loudly"},
            {"type": 11, "name": "file", "description": "A file"},
            {"type": 6, "name": "to", "description": "To whom"},
        ],
        "integration_types": [0, 1],
        "contexts": [0, 1, 2],
    },
    {
        "name": "kpi",
        "description": "Figures",
        "options": [
            {
                "type": 1,
                "name": "log",
                "description": "Log one",
                "options": [
                    {"type": 3, "name": "metric", "description": "Which", "required": True, "autocomplete": True},
                    {"type": 10, "name": "value", "description": "How much", "required": True},
                ],
            }
        ],
    },
    {"name": "think", "description": "Think"},
    {"name": "wait", "description": "Think for ever"},
    {"name": "form", "description": "Fill in"},
    {"name": "card", "description": "A card"},
    {"name": "mute", "description": "No answer", "contexts": [0]},
    {"name": "Keep", "type": 3},
]


class Bare(discord.Client):
    """Echoes words where it `echoes`; `heard` and `asked` keep what came, `order` the gateway's own news too."""

    def __init__(
        self, server: DiscordServer, intents: discord.Intents = QUIET, *, echoes: bool = False, patience: float = 60.0
    ) -> None:
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            guild_ready_timeout=READY_SECONDS,
            heartbeat_timeout=patience,
        )
        self._stir = server.activity.stir
        self.heard: list[discord.Message] = []
        self.asked: list[discord.Interaction] = []
        self.news: list[str] = []
        self._echoes = echoes

    @property
    def words(self) -> list[str]:
        """What people said, as it was heard."""
        return [each.content for each in self.heard]

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once; the library waits five seconds otherwise."""

    async def on_resumed(self) -> None:
        self.news.append("resumed")
        self._stir()

    async def on_connect(self) -> None:
        self.news.append("connected")
        self._stir()

    async def on_message(self, message: discord.Message) -> None:
        if message.author.bot:
            return
        self.heard.append(message)
        self._stir()
        if self._echoes:
            await message.channel.send(f"You said: {message.content}")

    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        self.news.append(f"edited: {event.message.content}")
        self._stir()

    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        self.news.append(f"deleted: {event.message_id}")
        self._stir()

    async def on_interaction(self, came: discord.Interaction) -> None:
        self.asked.append(came)
        data: Mapping[str, Any] = dict(came.data or {})
        answer = ANSWERS.get(str(data.get("name") or data.get("custom_id")))
        if answer is not None:
            await answer(came, data)


class Form(discord.ui.Modal, title="A form"):
    """One field of each sort."""

    name: discord.ui.Label[Form] = discord.ui.Label(
        text="Name", description="As on your door", component=discord.ui.TextInput(min_length=2, max_length=10, custom_id="name")
    )
    story: discord.ui.Label[Form] = discord.ui.Label(
        text="Story",
        component=discord.ui.TextInput(style=discord.TextStyle.long, required=False, default="Once", custom_id="story"),
    )
    city: discord.ui.Label[Form] = discord.ui.Label(
        text="City",
        component=discord.ui.Select(
            custom_id="city",
            required=False,
            options=[discord.SelectOption(label="Madrid", value="m"), discord.SelectOption(label="London", value="l")],
        ),
    )
    way: discord.ui.Label[Form] = discord.ui.Label(
        text="Way",
        component=discord.ui.RadioGroup(
            custom_id="way",
            required=False,
            options=[
                discord.RadioGroupOption(label="By train", value="t", default=True),
                discord.RadioGroupOption(label="On foot", value="f"),
            ],
        ),
    )
    sure: discord.ui.Label[Form] = discord.ui.Label(text="Sure", component=discord.ui.Checkbox(custom_id="sure", default=True))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Say what was filled in."""
        held = [each.component for each in (self.name, self.story, self.city, self.way, self.sure)]
        values = [getattr(each, "values", None) or getattr(each, "value", None) for each in held]
        await interaction.response.send_message(f"Thank you: {values}", ephemeral=True)


class Card(discord.ui.LayoutView):
    """Text, a button of each kind and a menu."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        card: discord.ui.Container[Card] = discord.ui.Container(discord.ui.TextDisplay("# Shall we?"))
        self.add_item(card)
        buttons: discord.ui.ActionRow[Card] = discord.ui.ActionRow(
            discord.ui.Button(label="Yes", custom_id="yes"),
            discord.ui.Button(label="Form", custom_id="form"),
            discord.ui.Button(label="Later", custom_id="later", disabled=True),
            discord.ui.Button(label="Nothing", custom_id="nothing"),
            discord.ui.Button(label="Read on", url="https://example.org/"),
        )
        self.add_item(buttons)
        options = [discord.SelectOption(label="Red", value="r"), discord.SelectOption(label="Blue", value="b")]
        menu: discord.ui.Select[Card] = discord.ui.Select(placeholder="A colour", custom_id="colour", options=options)
        row: discord.ui.ActionRow[Card] = discord.ui.ActionRow(menu)
        self.add_item(row)


async def _say(came: discord.Interaction, data: Mapping[str, Any]) -> None:
    values = {each["name"]: each["value"] for each in data["options"]}
    await came.response.send_message(f"Said: {values}")


async def _log(came: discord.Interaction, data: Mapping[str, Any]) -> None:
    options = data["options"][0]["options"]
    focused = [each for each in options if each.get("focused")]
    if not focused:
        values = {each["name"]: each["value"] for each in options}
        await came.response.send_message(f"Logged {values['metric']}: {values['value']}", ephemeral=True)
        return
    offered = {"Conversion rate": "conversion", "Time to market": "time"}
    found = [discord.app_commands.Choice(name=name, value=value) for name, value in offered.items()]
    await came.response.autocomplete([each for each in found if each.value.startswith(str(focused[0]["value"]))])


async def _think(came: discord.Interaction, data: Mapping[str, Any]) -> None:
    await came.response.defer(thinking=True)
    await came.edit_original_response(content="At last")
    await came.followup.send("And one thing more", ephemeral=True)


async def _wait(came: discord.Interaction, data: Mapping[str, Any]) -> None:
    await came.response.defer(thinking=True, ephemeral=True)


async def _form(came: discord.Interaction, data: Mapping[str, Any]) -> None:
    await came.response.send_modal(Form(timeout=60))


async def _card(came: discord.Interaction, data: Mapping[str, Any]) -> None:
    await came.response.send_message(view=Card())


async def _yes(came: discord.Interaction, data: Mapping[str, Any]) -> None:
    assert came.message is not None
    view: discord.ui.LayoutView = discord.ui.LayoutView()
    text: discord.ui.TextDisplay[discord.ui.LayoutView] = discord.ui.TextDisplay("Gladly")
    view.add_item(text)
    await came.response.edit_message(view=view)


async def _colour(came: discord.Interaction, data: Mapping[str, Any]) -> None:
    await came.response.send_message(f"{data['values']} it is", ephemeral=True)


async def _keep(came: discord.Interaction, data: Mapping[str, Any]) -> None:
    await came.response.send_message(f"Kept: {data['resolved']['messages'][data['target_id']]['content']}", ephemeral=True)


ANSWERS: Mapping[str, Callable[[discord.Interaction, Mapping[str, Any]], Any]] = {
    "say": _say,
    "kpi": _log,
    "think": _think,
    "wait": _wait,
    "form": _form,
    "card": _card,
    "yes": _yes,
    "colour": _colour,
    "Keep": _keep,
}


@contextmanager
def pointed_at(server: DiscordServer) -> Generator[None]:
    """The library talks to the stand-in until the end of the block."""
    route, socket = discord.http.Route, discord.gateway.DiscordWebSocket
    before = route.BASE, socket.DEFAULT_GATEWAY
    route.BASE, socket.DEFAULT_GATEWAY = server.api_url, yarl.URL(server.gateway_url)
    try:
        yield
    finally:
        route.BASE, socket.DEFAULT_GATEWAY = before


@asynccontextmanager
async def running(server: DiscordServer, client: discord.Client, sessions: int = 1) -> AsyncGenerator[None]:
    """The client is connected until the end of the block."""
    with pointed_at(server):
        task = asyncio.create_task(client.start(server.token))
        reached = asyncio.create_task(server.gateway.connected(sessions))
        try:
            await asyncio.wait({task, reached}, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                await task
            await client.wait_until_ready()
            yield
        finally:
            reached.cancel()
            await client.close()
            await asyncio.gather(task, reached, return_exceptions=True)
