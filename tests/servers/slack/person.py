"""A person in Slack: what they say and do, and what they see."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import TypeAlias

from tests.servers.slack.chat import put
from tests.servers.slack.delivery import Deliveries, Envelope
from tests.servers.slack.events import (
    context_event,
    deleted_event,
    edited_event,
    home_event,
    joined_event,
    mention_event,
    message_event,
    reaction_event,
    stopped_event,
)
from tests.servers.slack.forms import Filled, seen_modal
from tests.servers.slack.hands import Hands
from tests.servers.slack.messages import as_json
from tests.servers.slack.reading import Seen, SeenModal, blocks_text, seen
from tests.servers.slack.shapes import Impossible, Json
from tests.servers.slack.things import Channel, Message, Team, User
from tests.servers.slack.uploads import new_file
from tests.servers.slack.views import view_json
from tests.servers.slack.workspace import Workspace
from tests.servers.slack.writing import encoded, rich

Thread: TypeAlias = str | Seen | Message
"""A thread: its id, or any message in it."""


class Person:
    """Acts in Slack as its client lets one act; sees what its client shows.

    `troubles` keeps what Slack itself tells them when an app does not answer. `mention_first`: whether the app hears that it was
    named before it hears the message.
    """

    def __init__(self, world: Workspace, deliveries: Deliveries, user: User) -> None:
        self.user = user
        self.id = user.id
        self.mention_first = False
        self._world = world
        self._deliveries = deliveries
        self._hands = Hands(world, deliveries, user)

    @property
    def team(self) -> Team:
        """Their workspace."""
        return self._world.teams[self.user.team]

    @property
    def dm(self) -> Channel:
        """Their conversation with the bot."""
        return self._world.direct(self.user)

    @property
    def troubles(self) -> list[str]:
        """What Slack told them that went wrong."""
        return self._hands.troubles

    # -- saying

    def says(self, text: str, channel: Channel | None = None, thread: Thread | None = None) -> Message:
        """Write a message: to the bot, where no channel is named. `@Name` names a person or the bot."""
        return self._say(text, channel or self.dm, thread, [])

    def uploads(
        self, text: str, files: Mapping[str, bytes], channel: Channel | None = None, thread: Thread | None = None
    ) -> Message:
        """Share files, by their names, with a message."""
        ids = []
        for name, content in files.items():
            file = new_file(self._world, self.user.team, self.id, name, len(content))
            file.content, file.complete, file.channels = content, True, [(channel or self.dm).id]
            ids.append(file.id)
        return self._say(text, channel or self.dm, thread, ids)

    def _say(self, text: str, channel: Channel, thread: Thread | None, files: list[str]) -> Message:
        if self.id not in channel.members or channel.archived:
            raise Impossible(f"{self.user.name} cannot write in {channel.name}")
        root = None if thread is None else _root(thread)
        if root and self._world.message(channel.id, root) is None:
            raise Impossible("there is no such thread")
        if channel.kind == "im" and not self._writable:
            raise Impossible("the app's messages tab takes no words")
        encoded = self._encoded(text)
        message = Message(channel.id, self._world.ts(), self.id, encoded, self._rich(encoded), root, files=files)
        message.client_msg_id = str(uuid.uuid4())
        self._world.add(message)
        self._world.prompts.pop(channel.id, None)
        told = [message_event(self._world, message)]
        if channel.kind != "im" and f"<@{self.team.bot_user}>" in encoded:
            told.insert(0 if self.mention_first else 1, mention_event(self._world, message))
        for event in told:
            self._world.tell(self.team, event)
        self._hands.at_home = False
        return message

    @property
    def _writable(self) -> bool:
        tabs = self._world.app_home
        return bool(tabs.get("messages_tab_enabled")) and not tabs.get("messages_tab_read_only_enabled")

    def _encoded(self, text: str) -> str:
        return encoded(text, [each for each in self._world.users.values() if each.team == self.user.team])

    def _rich(self, text: str) -> list[Json]:
        return [rich(text, self._world.id("b"))] if text else []

    def edits(self, message: Message, text: str) -> None:
        """Change a message of theirs."""
        before = as_json(self._world, message)
        message.text = self._encoded(text)
        message.blocks = self._rich(message.text)
        message.edited_by = (self.id, self._world.ts())
        self._world.tell(self.team, edited_event(self._world, message, before))

    def deletes(self, message: Message) -> None:
        """Take a message of theirs away."""
        before = as_json(self._world, message)
        message.deleted = True
        self._world.tell(self.team, deleted_event(self._world, message, before))

    def reacts(self, message: Message | Seen, name: str) -> None:
        """Put a reaction on a message."""
        on = message.message if isinstance(message, Seen) else message
        on.reactions.append((name, self.id))
        self._world.tell(self.team, reaction_event(self._world, on, self.id, name))

    def joins(self, channel: Channel) -> None:
        """Become a member."""
        channel.members.add(self.id)
        self._world.tell(self._world.teams[channel.team], joined_event(self._world, self.user, channel))

    # -- opening

    def opens_home(self) -> None:
        """Open the app's home tab."""
        home = self._world.homes.get(self.id)
        shown = view_json(self._world, home) if home else None
        self._hands.at_home = True
        self._world.tell(self.team, home_event(self._world, self.id, self.dm.id, "home", shown, None))

    def opens_messages(self, context: Json | None = None) -> None:
        """Open the conversation with the app."""
        self._hands.at_home = False
        self._world.tell(self.team, home_event(self._world, self.id, self.dm.id, "messages", None, context))

    def looks_at(self, channel: Channel) -> None:
        """Turn to a channel while the app's conversation stays open beside it."""
        self._world.tell(self.team, context_event(self._world, self.id, self.dm.id, channel))

    def stops(self, thread: Thread | None = None) -> None:
        """Press Stop in a thread where the agent is at work; the newest, where none is named."""
        streams = [each for each in self._world.visible(self.id) if self._world.streaming(each)]
        if thread is not None:
            root = _root(thread)
        elif streams:
            root = streams[-1].root
        else:
            working = [key for key, session in self._world.sessions.items() if session.status == "processing"]
            if not working:
                raise Impossible("nothing is at work that could be stopped")
            root = working[-1][1]
        stopped = [each for each in streams if each.root == root]
        channel = (
            stopped[0].channel if stopped else next(each.channel for each in self._world.visible(self.id) if each.root == root)
        )
        for each in stopped:
            assert each.stream is not None
            each.stream.stopped_by_user = True
        self._world.tell(self.team, stopped_event(self._world, self.id, channel, root, [each.ts for each in stopped]))

    # -- using

    async def commands(self, command: str, text: str = "", channel: Channel | None = None) -> None:
        """Type a slash command."""
        await self._hands.command(command, text, channel or self.dm)

    async def presses(self, label: str, nth: int = 1, on: Seen | None = None) -> None:
        """Press the button with this label: in the open form, else on the open home tab, else in the newest message."""
        await self._hands.press(label, nth, on.message if on else None)

    async def chooses(self, menu: str, option: Filled, on: Seen | None = None) -> None:
        """Choose in a menu, found by its label, placeholder, the text beside it or its action's id."""
        await self._hands.choose(menu, option, on.message if on else None)

    async def suggestions(self, menu: str, typed: str = "") -> list[str]:
        """Type into a menu that fetches its options: the options that it shows."""
        return await self._hands.suggestions(menu, typed)

    async def enters(self, label: str, text: str) -> None:
        """Write into a field and press Enter there."""
        await self._hands.enter(label, text)

    async def submits(self, values: Mapping[str, Filled] | None = None) -> dict[str, str]:
        """Fill in the open form, by labels, and send it. What is not named stays. Returns the errors shown, by label."""
        return await self._hands.submit(values or {})

    async def closes(self, *, all_of_them: bool = False) -> None:
        """Leave the open form."""
        await self._hands.close(all_of_them=all_of_them)

    async def shortcut(self, name: str, message: Message | Seen | None = None) -> None:
        """Use a shortcut, by its name or id: on a message, or a global one."""
        await self._hands.shortcut(name, message.message if isinstance(message, Seen) else message)

    def picks_prompt(self, title: str) -> Message:
        """Press a suggested prompt: its message is said."""
        found = [each["message"] for each in self.prompts if each["title"] == title]
        if not found:
            raise Impossible(f"no prompt {title!r}; there are {[each['title'] for each in self.prompts]}")
        return self.says(found[0])

    async def sends(self, envelope: Envelope) -> Json | None:
        """Send something as it is; returns the answer in its acknowledgement."""
        ack = await self._deliveries.ask(envelope)
        return ack.answer if ack else None

    # -- seeing

    def messages(self, channel: Channel | None = None, thread: Thread | None = None) -> list[Seen]:
        """What they can read, oldest first: everywhere, in a channel, in a thread."""
        root = None if thread is None else _root(thread)
        found = self._world.visible(self.id, channel.id if channel else None)
        return [seen(self._world, each) for each in found if root is None or each.root == root]

    @property
    def answers(self) -> list[Seen]:
        """What the bot said to them, oldest first."""
        return [each for each in self.messages() if each.by_bot]

    @property
    def last(self) -> Seen:
        """The newest message of the bot that they see."""
        assert self.answers, f"{self.user.name} sees no message of the bot; troubles: {self.troubles}"
        return self.answers[-1]

    @property
    def modal(self) -> SeenModal | None:
        """The form that is open."""
        stack = self._world.stacks.get(self.id)
        return seen_modal(stack[-1]) if stack else None

    @property
    def home(self) -> str:
        """The home tab."""
        home = self._world.homes.get(self.id)
        return blocks_text(home.blocks) if home else ""

    @property
    def prompts(self) -> list[Json]:
        """The suggested prompts in their conversation with the bot: title and message."""
        return list(self._world.prompts.get(self.dm.id, ("", []))[1])

    def status(self, thread: Thread) -> str:
        """What a thread shows while the agent thinks; empty where it shows nothing."""
        root = _root(thread)
        for channel, shown in list(self._world.statuses):
            status = self._world.status(channel, shown)
            if shown == root and status:
                return status.text
        return ""

    @property
    def screen(self) -> str:
        """What is before them: the form that is open, else the home tab where they opened it, else the bot's newest message."""
        if self.modal:
            fields = [f"{each.label}: {each.value} {each.hint} {each.error}".rstrip() for each in self.modal.fields]
            return "\n".join([self.modal.title, self.modal.text, *fields])
        if self._hands.at_home:
            return self.home
        return self.last.text if self.answers else ""

    def sees(self, *texts: str) -> None:
        """Each of the texts is on the screen."""
        missing = [each for each in texts if each not in self.screen]
        assert not missing, f"{missing} not in:\n{self.screen}\n(troubles: {self.troubles})"

    def sees_no(self, *texts: str) -> None:
        """None of the texts is on the screen."""
        there = [each for each in texts if each in self.screen]
        assert not there, f"{there} in:\n{self.screen}"


def _root(thread: Thread) -> str:
    match thread:
        case str():
            return thread
        case Seen():
            return thread.message.root
        case Message():
            return thread.root


def another_bot_says(world: Workspace, team: Team, channel: Channel, text: str, thread: str | None = None) -> Message:
    """Another app posts something."""
    message = Message(channel.id, world.ts(), world.id("U"), text, [], thread, world.id("B"))
    return put(world, team, message)
