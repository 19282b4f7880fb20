"""What a person does with an app's commands, buttons, menus and forms, and what Discord's client makes of the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.servers.activity import Activity
from tests.servers.discord.forms import Filled, Modal, complaints, fill, opened, submitted
from tests.servers.discord.interactions import ask, context, installed, on_message, resolved
from tests.servers.discord.options import CHAT, INTEGER, NUMBER, ON_MESSAGE, Chosen, Given, choose, in_order, typed
from tests.servers.discord.reading import BUTTON, LINK, MENUS, NO_ANSWER, every, label
from tests.servers.discord.shapes import Impossible, Json
from tests.servers.discord.things import Asks, Channel, Does, Interaction, Message, User
from tests.servers.discord.world import World

FAILED = "This interaction failed"
UNSENT = "Something went wrong. Try again."
UNLOADED = "Loading options failed"


PATIENCE_SECONDS = 3.0
"""So long an answer may take. .../receiving-and-responding#responding-to-an-interaction"""


@dataclass(frozen=True, slots=True)
class Touched:
    """A button or menu, and the message it stands in."""

    component: Json
    message: Message


class Hands:
    """One person's. `troubles` is what Discord tells them when the app does not answer; `modal` the form that is open.

    `patience`: the seconds that they wait for an answer.
    """

    def __init__(self, world: World, activity: Activity, user: User) -> None:
        self.patience = PATIENCE_SECONDS
        self.troubles: list[str] = []
        self.modal: Modal | None = None
        self._world = world
        self._activity = activity
        self._user = user

    async def _ask(self, asks: Asks, place: Channel, data: Json, trouble: str, message: str | None = None) -> Interaction | None:
        """Ask, and wait for the answer; None where none came in time."""
        by = self.modal.token if asks is Asks.MODAL and self.modal else None
        with self._activity.doing(f"an interaction: {asks.name.lower()} {data.get('name') or data.get('custom_id')}"):
            made = ask(self._world, self._user, asks, place, data, message=message, triggered_by=by)
            try:
                await asyncio.wait_for(made.done.wait(), self.patience)
            except TimeoutError:
                self.troubles.append(trouble)
                return None
        if made.did is Does.MODAL:
            self.modal = opened(made)
        return made

    # -- commands

    def commands_at(self, place: Channel, kind: int = CHAT) -> list[Json]:
        """The commands that can be used there: those of the guild before global ones of the same name."""
        way = 0 if installed(self._world, self._user, place) == "guild" else 1
        own = self._world.commands.get(place.guild, []) if place.guild else []
        named = {each["name"] for each in own}
        every_one = [*own, *(each for each in self._world.commands[None] if each["name"] not in named)]
        return [each for each in every_one if each.get("type", CHAT) == kind and self._usable(each, place, way)]

    def _usable(self, command: Json, place: Channel, way: int) -> bool:
        if way == 1 and not self._user.installed:
            return False
        contexts, ways = command.get("contexts"), command.get("integration_types")
        return (contexts is None or context(place) in contexts) and (ways is None or way in ways)

    def choose(self, line: str, place: Channel) -> Chosen:
        """The command that a line begins with."""
        return choose(self.commands_at(place), line)

    async def command(self, line: str, given: Mapping[str, Given], place: Channel) -> Interaction | None:
        """Use a slash command with what is typed behind it, and with options by name."""
        self._free()
        chosen = self.choose(line, place)
        values = in_order(chosen.options, chosen.rest) | dict(given)
        for option in chosen.options:
            if option.get("autocomplete") and values.get(option["name"], "") != "":
                values[option["name"]] = await self._picked(chosen, option, values, place)
        options = list(typed(chosen.options, values))
        data = {**chosen.data(options), **resolved(self._world, place, options)}
        return await self._ask(Asks.COMMAND, place, data, NO_ANSWER)

    async def _picked(self, chosen: Chosen, option: Json, values: Mapping[str, Given], place: Channel) -> Given:
        """What goes into an option that makes suggestions: the value of the one that is called so, else what was typed."""
        word = values[option["name"]]
        for each in await self._suggested(chosen, option["name"], str(word), values, place):
            if word in (each["name"], each["value"]):
                value: Given = each["value"]
                return value
        return word

    async def suggestions(self, line: str, option: str, text: str, given: Mapping[str, Given], place: Channel) -> list[str]:
        """Type into an option: the names that are suggested."""
        self._free()
        chosen = self.choose(line, place)
        found = [each for each in chosen.options if each["name"] == option]
        if not found or not found[0].get("autocomplete"):
            raise Impossible(f"Discord's client does not let you: {option!r} of {chosen.name} suggests nothing")
        return [each["name"] for each in await self._suggested(chosen, option, text, given, place)]

    async def _suggested(
        self, chosen: Chosen, name: str, text: str, given: Mapping[str, Given], place: Channel
    ) -> Sequence[Json]:
        options: list[Json] = []
        for each in chosen.options:
            if each["name"] == name:
                options.append({"type": each["type"], "name": name, "value": text, "focused": True})
            elif each["name"] in given:
                value: Given = given[each["name"]]
                value = str(value) if each["type"] in {INTEGER, NUMBER} else value
                options.append({"type": each["type"], "name": each["name"], "value": value})
        came = await self._ask(Asks.AUTOCOMPLETE, place, chosen.data(options), UNLOADED)
        return came.choices or [] if came else []

    async def on_message(self, name: str, message: Message) -> Interaction | None:
        """Use a command on a message."""
        self._free()
        place = self._world.channels[message.channel]
        if message.only_for is not None:
            raise Impossible("Discord's client does not let you: a message that only you see has no commands")
        there = self.commands_at(place, ON_MESSAGE)
        found = [each for each in there if each["name"] == name]
        if not found:
            raise Impossible(f"Discord's client does not let you: messages have {[each['name'] for each in there]}, no {name!r}")
        return await self._ask(Asks.COMMAND, place, on_message(self._world, found[0], message), NO_ANSWER)

    # -- buttons and menus

    async def press(self, name: str, nth: int, on: Message | None) -> Interaction | None:
        """Press a button."""
        touched = self._find([BUTTON], name, nth, on)
        if touched.component["style"] == LINK:
            raise Impossible(f"{name!r} is a link to {touched.component['url']}")
        data = {"component_type": BUTTON, "custom_id": touched.component["custom_id"], "id": touched.component.get("id", 0)}
        return await self._touch(touched, data)

    async def choose_in(self, menu: str, labels: Filled, on: Message | None) -> Interaction | None:
        """Choose in a menu."""
        touched = self._find(sorted(MENUS), menu, 1, on)
        component = touched.component
        wanted = [labels] if isinstance(labels, str) else list(labels) if not isinstance(labels, bool) else []
        options = {each["label"]: each["value"] for each in component.get("options", [])}
        strange = [each for each in wanted if each not in options]
        least, most = component.get("min_values"), component.get("max_values") or 1
        if strange or not (1 if least is None else least) <= len(wanted) <= most:
            raise Impossible(f"Discord's client does not let you: {wanted} of {list(options)}, {least} to {most} of them")
        data = {"component_type": component["type"], "custom_id": component["custom_id"], "id": component.get("id", 0)}
        return await self._touch(touched, {**data, "values": [options[each] for each in wanted]})

    async def _touch(self, touched: Touched, data: Json) -> Interaction | None:
        self._free()
        if touched.component.get("disabled"):
            raise Impossible(f"Discord's client does not let you: {data['custom_id']!r} is disabled")
        place = self._world.channels[touched.message.channel]
        return await self._ask(Asks.COMPONENT, place, data, FAILED, touched.message.id)

    def _find(self, kinds: Sequence[int], name: str, nth: int, on: Message | None) -> Touched:
        places = [*reversed(list(self._world.visible(self._user.id)))] if on is None else [on]
        for message in places:
            found = [each for each in _touchable(message, kinds) if name in _names(each)]
            if found:
                if len(found) < nth:
                    raise Impossible(f"only {len(found)} of {name!r}")
                return Touched(found[nth - 1], message)
        near = [name for each in places[:1] for one in _touchable(each, kinds) for name in _names(one)]
        raise Impossible(f"nothing called {name!r}; at hand: {near}; troubles: {self.troubles}")

    # -- forms

    def _free(self) -> None:
        if self.modal is not None:
            raise Impossible(f"Discord's client does not let you: the form {self.modal.title!r} covers everything")

    def fill(self, values: Mapping[str, Filled]) -> Modal:
        """Put something into the fields of the open form."""
        if self.modal is None:
            raise Impossible(f"no form is open; troubles: {self.troubles}")
        for name, given in values.items():
            fill(self.modal, name, given)
        return self.modal

    async def submit(self, values: Mapping[str, Filled]) -> dict[str, str]:
        """Fill in and send the open form; what cannot be sent stays as it is, with what Discord's client says."""
        modal = self.fill(values)
        modal.errors, modal.trouble = complaints(modal), ""
        if modal.errors:
            return modal.errors
        data = {"custom_id": modal.custom_id, "components": submitted(modal)}
        on, place = self._world.any_message(modal.message), self._world.channels[modal.place]
        came = await self._ask(Asks.MODAL, place, data, UNSENT, on.id if on else None)
        if came is None:
            modal.trouble = UNSENT
        elif self.modal is modal:
            self.modal = None
        return {}

    def close(self) -> None:
        """Leave the open form; nobody is told, and what was typed is gone."""
        self.fill({})
        self.modal = None


def _touchable(message: Message, kinds: Sequence[int]) -> Iterator[Json]:
    return (each for each in every(message.components) if each["type"] in kinds)


def _names(component: Json) -> set[str]:
    """What a person calls it: its label, or what it shows; the id where there is nothing to read."""
    if component["type"] == BUTTON:
        return {label(component)}
    shown = component.get("placeholder") or ""
    return {shown, str(component.get("custom_id", ""))} - {""}
