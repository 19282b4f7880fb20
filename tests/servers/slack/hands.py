"""What a person does with an app's buttons, menus, forms, commands and shortcuts, and what Slack makes of the answer."""

from __future__ import annotations

from collections.abc import Mapping

from tests.servers.slack.delivery import Ack, Deliveries, Envelope
from tests.servers.slack.forms import Filled, complaints, entered, input_named, inputs, set_value
from tests.servers.slack.reading import text_of
from tests.servers.slack.respond import respond
from tests.servers.slack.shapes import Impossible, Json, Refused
from tests.servers.slack.things import Channel, Message, ResponseUrl, User, View
from tests.servers.slack.touching import Payloads, Touched, chosen, keep, option_of, pressed, touchable
from tests.servers.slack.views import change, check_view, forget, push
from tests.servers.slack.workspace import Workspace
from tests.servers.slack.writing import in_command

CONNECTING = "We had some trouble connecting. Try again?"
LOADING = "This menu could not load its options."


class Hands:
    """One person's; `troubles` keeps what Slack tells them when an app does not answer as it should."""

    def __init__(self, world: Workspace, deliveries: Deliveries, user: User) -> None:
        self.troubles: list[str] = []
        self.at_home = False
        self._world = world
        self._deliveries = deliveries
        self._user = user
        self._payloads = Payloads(world, user)

    # -- buttons and menus

    async def press(self, label: str, nth: int, on: Message | None) -> None:
        """Press a button."""
        touched = self._find(label, nth, on)
        if touched.element["type"] == "feedback_buttons" or "text" in touched.element:
            await self._act(touched, pressed(touched, self._world.ts()))
            return
        raise Impossible(f"{label!r} is no button")

    async def choose(self, menu: str, option: Filled, on: Message | None) -> None:
        """Choose in a menu."""
        touched = self._find(menu, 1, on)
        element = touched.element
        if element["type"] == "overflow":
            value: Json = {"selected_option": option_of(element, str(option))}
            if value["selected_option"] is None:
                raise Impossible(f"no option {option!r}")
        else:
            offered = await self._offered(touched, str(option)) if "external" in element["type"] else []
            value = entered(element, option, offered)
            keep(touched, {"type": element["type"], **value})
        if touched.block["type"] != "input" or touched.block.get("dispatch_action"):
            await self._act(touched, chosen(touched, value, self._world.ts()))

    async def enter(self, label: str, text: str) -> None:
        """Write into a field, and press Enter."""
        touched = self._find(label, 1, None)
        value = entered(touched.element, text, [])
        keep(touched, {"type": touched.element["type"], **value})
        if touched.block.get("dispatch_action"):
            await self._act(touched, chosen(touched, value, self._world.ts()))

    async def suggestions(self, menu: str, typed: str) -> list[str]:
        """The options that a menu fetches."""
        return [text_of(each["text"]) for each in await self._offered(self._find(menu, 1, None), typed)]

    async def _offered(self, touched: Touched, typed: str) -> list[Json]:
        if len(typed) < touched.element.get("min_query_length", 3):
            return []
        ack = await self._ask(self._payloads.suggestion(touched, typed), answerable=True)
        answer = ack.answer if ack else None
        try:
            return _options(answer)
        except Refused as refused:
            self.troubles.append(f"{LOADING} ({refused.error})")
            return []

    async def _act(self, touched: Touched, action: Json) -> None:
        ack = await self._ask(self._payloads.actions(touched.on, action))
        if ack is None:
            self.troubles.append(CONNECTING)

    def _find(self, label: str, nth: int, on: Message | None) -> Touched:
        places = self._places() if on is None else [on]
        for place in places:
            found = [each for each in touchable(place) if each.label == label]
            if found:
                if len(found) < nth:
                    raise Impossible(f"only {len(found)} of {label!r}")
                return found[nth - 1]
        near = [each.label for place in places[:1] for each in touchable(place)]
        raise Impossible(f"nothing called {label!r}; at hand: {near}; troubles: {self.troubles}")

    def _places(self) -> list[Message | View]:
        stack = self._world.stacks.get(self._user.id)
        if stack:
            return [stack[-1]]
        home = self._world.homes.get(self._user.id)
        if self.at_home:
            return [home] if home else []
        return [*reversed(list(self._world.visible(self._user.id)))]

    # -- forms

    async def submit(self, values: Mapping[str, Filled]) -> dict[str, str]:
        """Fill in and send the open form."""
        view = self._open_view()
        if "submit" not in view.shown:
            raise Impossible("this form has nothing to send")
        for label, given in values.items():
            await self._fill(view, label, given)
        wrong = complaints(view)
        if wrong:
            return wrong
        ack = await self._ask(self._payloads.submission(view), answerable=True)
        if ack is None:
            self.troubles.append(CONNECTING)
            return {}
        try:
            return self._answered(view, ack.answer or {})
        except Refused as refused:
            self.troubles.append(f"{CONNECTING} ({refused.error}: {'; '.join(refused.messages)})")
            return {}

    async def _fill(self, view: View, label: str, given: Filled) -> None:
        block = input_named(view, label)
        touched = Touched(block["element"], block, view, label)
        offered = []
        if "external" in block["element"]["type"]:
            several = [given] if isinstance(given, str) else given
            offered = [option for each in several if each for option in await self._offered(touched, each)]
        value = entered(block["element"], given, offered)
        set_value(view, block, value)
        if block.get("dispatch_action") and "value" not in value:
            await self._act(touched, chosen(touched, value, self._world.ts()))

    def _answered(self, view: View, answer: Json) -> dict[str, str]:
        """Do what the app's answer to a form says; returns the errors by label."""
        view.errors = {}
        match answer.get("response_action"):
            case None:
                if answer:
                    raise Refused("invalid_response", f"unknown answer: {sorted(answer)}")
                self._pop(view)
            case "clear":
                for each in self._world.stacks.pop(self._user.id, []):
                    forget(self._world, each)
            case "errors":
                return self._errors(view, answer.get("errors"))
            case "update":
                change(self._world, view, check_view(self._world, answer.get("view"), "modal"))
            case "push":
                push(self._world, self._user, check_view(self._world, answer.get("view"), "modal"))
            case other:
                raise Refused("invalid_response", f"unknown response_action: {other}")
        return {}

    def _errors(self, view: View, errors: object) -> dict[str, str]:
        labels = {block["block_id"]: text_of(block["label"]) for block in inputs(view)}
        if not isinstance(errors, dict) or not errors or set(errors) - set(labels):
            raise Refused("invalid_response", f"errors must name input blocks, {sorted(labels)}: {errors}")
        view.errors = {str(block): str(what) for block, what in errors.items()}
        return {labels[block]: what for block, what in view.errors.items()}

    async def close(self, *, all_of_them: bool) -> None:
        """Leave the open form."""
        view = self._open_view()
        cleared = all_of_them or view.shown.get("clear_on_close", False)
        stack = self._world.stacks[self._user.id]
        left = [*reversed(stack)] if cleared else [view]
        for each in left:
            self._pop(each)
        for each in left:
            if each.shown.get("notify_on_close"):
                await self._ask(self._payloads.closed(each, cleared=cleared))

    def _open_view(self) -> View:
        stack = self._world.stacks.get(self._user.id)
        if not stack:
            raise Impossible(f"no form is open; troubles: {self.troubles}")
        return stack[-1]

    def _pop(self, view: View) -> None:
        stack = self._world.stacks[self._user.id]
        stack.remove(view)
        forget(self._world, view)

    # -- commands and shortcuts

    async def command(self, command: str, text: str, channel: Channel) -> None:
        """Type a slash command; the answer in the acknowledgement is shown."""
        if self._user.id not in channel.members:
            raise Impossible(f"{self._user.name} is not in {channel.name}")
        known = self._declared("slash_commands", "command")
        if known is not None and command not in known:
            self.troubles.append(f"{command} is not a valid command.")
            return
        self.at_home = False
        payload = self._payloads.command(command, self._words(command, text), channel)
        with_answer = Envelope("slash_commands", payload, answerable=True)
        ack = await self._deliveries.ask(with_answer)
        if ack is None:
            self.troubles.append(f'{command} failed with the error "operation_timeout"')
        elif ack.answer:
            url = self._world.response_urls[payload["response_url"].rsplit("/", 1)[-1]]
            self._show(command, url, ack.answer)

    def _words(self, command: str, text: str) -> str:
        declared = (self._world.manifest or {}).get("features", {}).get("slash_commands", [])
        escaped = all(each.get("should_escape", False) for each in declared if each["command"] == command)
        people = [each for each in self._world.users.values() if each.team == self._user.team]
        return in_command(text, people, escaped=escaped)

    def _show(self, command: str, url: ResponseUrl, answer: Json) -> None:
        try:
            respond(self._world, url, answer)
        except Refused as refused:
            self.troubles.append(f'{command} failed with the error "{refused.error}"')

    async def shortcut(self, name: str, message: Message | None) -> None:
        """Use a shortcut."""
        known = (self._world.manifest or {}).get("features", {}).get("shortcuts", [])
        kind = "global" if message is None else "message"
        named = [each["callback_id"] for each in known if each["type"] == kind and name in {each["name"], each["callback_id"]}]
        if self._world.manifest is not None and not named:
            raise Impossible(f"no {kind} shortcut {name!r}; there are {[each['name'] for each in known]}")
        if message is not None and message.only_for is not None:
            raise Impossible("a message that only you see has no shortcuts")
        if await self._ask(self._payloads.shortcut(named[0] if named else name, message)) is None:
            self.troubles.append(CONNECTING)

    def _declared(self, feature: str, key: str) -> set[str] | None:
        if self._world.manifest is None:
            return None
        return {each[key] for each in self._world.manifest.get("features", {}).get(feature, [])}

    async def _ask(self, payload: Json, *, answerable: bool = False) -> Ack | None:
        return await self._deliveries.ask(Envelope("interactive", payload, answerable))


def _options(answer: Json | None) -> list[Json]:
    """The options in the answer to what somebody typed; at most 100."""
    if answer is None:
        raise Refused("no answer")
    given = answer.get("options")
    if given is None:
        groups = answer.get("option_groups")
        if not isinstance(groups, list):
            raise Refused("invalid_options")
        given = [option for group in groups for option in group["options"]]
    short = all(len(text_of(each["text"])) <= 75 and 0 < len(each["value"]) <= 75 and text_of(each["text"]) for each in given)
    if len(given) > 100 or not short:
        raise Refused("invalid_options")
    return list(given)
