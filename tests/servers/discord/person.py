"""A person in Discord: what they say and do, and what they see."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Mapping
from typing import TypeAlias

from tests.servers.activity import Activity
from tests.servers.discord.acts import change, come_in, leave, remove, say, start_thread
from tests.servers.discord.forms import Filled, SeenModal, seen_modal
from tests.servers.discord.hands import Hands
from tests.servers.discord.options import Given
from tests.servers.discord.permissions import Permission
from tests.servers.discord.reading import SPOKEN, USER, Seen, seen
from tests.servers.discord.shapes import Impossible, made_at
from tests.servers.discord.things import Attachment, Channel, Guild, Message, User
from tests.servers.discord.world import World

Thread: TypeAlias = Channel | Seen | Message
"""A thread: itself, a message in it, or the message from which it was made."""

LONGEST = 2000
"""A message of a person. https://discord.com/developers/docs/resources/message#create-message"""
REPLY = 19
TYPING_SECONDS = 10.0
ROLE = re.compile(r"<@&(\d+)>")


class Person:
    """Acts in Discord as its client lets one act; sees what its client shows.

    `guild` is where they are. `troubles` keeps what Discord itself tells them when the app does not
    answer. What no client lets one do raises Impossible.
    """

    def __init__(self, world: World, activity: Activity, user: User, guild: Guild | None = None) -> None:
        self.user = user
        self.id = user.id
        self.guild = guild
        self._world = world
        self._hands = Hands(world, activity, user)

    @property
    def direct(self) -> Channel:
        """Their direct messages with the bot."""
        return self._world.direct(self.user)

    @property
    def troubles(self) -> list[str]:
        """What Discord told them that went wrong."""
        return self._hands.troubles

    @property
    def patience(self) -> float:
        """How many seconds they wait for an answer."""
        return self._hands.patience

    @patience.setter
    def patience(self, seconds: float) -> None:
        self._hands.patience = seconds

    # -- saying

    def says(
        self,
        text: str,
        channel: Channel | None = None,
        thread: Thread | None = None,
        files: Mapping[str, bytes] | None = None,
        reply: Seen | Message | None = None,
    ) -> Message:
        """Write a message: to the bot directly, where no place is named. `@Name` names a person or the bot, `@&Name` a role."""
        place = self._place(channel, thread, reply)
        self._may(place, Permission.SEND_MESSAGES_IN_THREADS if place.thread else Permission.SEND_MESSAGES)
        if not text and not files:
            raise Impossible("there is nothing to send")
        message = Message(self._world.id(), place.id, self.id)
        self._write(message, text)
        message.attachments = [self._file(name, content) for name, content in (files or {}).items()]
        if reply is not None:
            self._reply(message, _message(reply), place)
        return say(self._world, message)

    def _place(self, channel: Channel | None, thread: Thread | None, reply: Seen | Message | None) -> Channel:
        if thread is not None:
            return self.thread(thread)
        if channel is not None:
            return channel
        return self.direct if reply is None else self._world.channels[_message(reply).channel]

    def thread(self, of: Thread) -> Channel:
        """The thread that is meant. Raises Impossible where there is none."""
        if isinstance(of, Channel):
            return of
        message = _message(of)
        place = self._world.channels[message.channel]
        if place.thread:
            return place
        if message.thread is None or message.thread not in self._world.channels:
            raise Impossible("there is no such thread")
        return self._world.channels[message.thread]

    def _may(self, place: Channel, what: Permission) -> None:
        allowed = self._world.sees(self.id, place) and what in self._world.may(self.id, place)
        if not allowed or (place.thread and place.locked) or place.id not in self._world.channels:
            raise Impossible(f"{self.user.name} cannot write in {place.name or 'these direct messages'}")

    def _write(self, message: Message, text: str) -> None:
        if len(text) > LONGEST:
            raise Impossible(f"a message has at most {LONGEST} characters")
        message.content = self._encoded(text, self._world.channels[message.channel])
        message.mentions = [each for each in dict.fromkeys(USER.findall(message.content)) if each in self._world.users]
        message.mention_roles = list(dict.fromkeys(ROLE.findall(message.content)))

    def _encoded(self, text: str, place: Channel) -> str:
        guild = self._world.guilds.get(place.guild or "")
        for role in guild.roles.values() if guild else ():
            text = text.replace(f"@&{role.name}", f"<@&{role.id}>")
        there = guild.members if guild else [*place.members, self._world.application.bot]
        for user in sorted((self._world.users[each] for each in there), key=lambda each: len(each.name), reverse=True):
            text = text.replace(f"@{user.name}", f"<@{user.id}>")
        return text

    def _file(self, name: str, content: bytes) -> Attachment:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        file = Attachment(self._world.id(), name, content, kind)
        self._world.uploads[file.id] = file
        return file

    def _reply(self, message: Message, to: Message, place: Channel) -> None:
        message.kind = REPLY
        guild = {"guild_id": place.guild} if place.guild else {}
        message.reference = {"type": 0, "channel_id": to.channel, "message_id": to.id, **guild}
        if to.author in self._world.users and to.author not in message.mentions:
            message.mentions.append(to.author)

    def edits(self, message: Message, text: str) -> None:
        """Change a message of theirs."""
        self._own(message)
        self._write(message, text)
        change(self._world, message)

    def deletes(self, message: Message) -> None:
        """Take a message of theirs away."""
        self._own(message)
        remove(self._world, message)

    def _own(self, message: Message) -> None:
        if message.author != self.id or message.deleted:
            raise Impossible("this is no message of theirs")

    def opens_thread(self, name: str, around: Channel, root: Message | None = None, *, private: bool = False) -> Channel:
        """Make a thread in a channel, or from a message in it."""
        self._may(around, Permission.CREATE_PRIVATE_THREADS if private else Permission.CREATE_PUBLIC_THREADS)
        return start_thread(self._world, around, name, self.id, root=root, private=private)

    # -- being there

    def joins(self, guild: Guild) -> None:
        """Become a member of a guild."""
        come_in(self._world, guild, self.user)

    def leaves(self, guild: Guild) -> None:
        """Leave a guild."""
        leave(self._world, guild, self.user)

    def closes_direct(self) -> None:
        """Take no direct messages from the app any more."""
        self.user.closed = True

    def opens_direct(self) -> None:
        """Take direct messages from the app again."""
        self.user.closed = False

    def installs(self) -> None:
        """Have the app for themselves, wherever they are."""
        self.user.installed = True

    # -- using

    async def commands(self, line: str, channel: Channel | None = None, /, **given: Given) -> None:
        """Use a slash command: what is typed behind it goes into its options in order, `given` into those of these names."""
        await self._hands.command(line, given, channel or self.direct)

    async def autocompletes(
        self, line: str, option: str, text: str = "", channel: Channel | None = None, /, **given: Given
    ) -> list[str]:
        """Type into an option of a command: the names that are suggested."""
        return await self._hands.suggestions(line, option, text, given, channel or self.direct)

    def attaches(self, name: str, content: bytes) -> str:
        """Upload a file for an option that takes one: what to give to it."""
        return self._file(name, content).id

    async def message_command(self, name: str, on: Seen | Message) -> None:
        """Use a command from the menu of a message."""
        await self._hands.on_message(name, _message(on))

    async def presses(self, label: str, nth: int = 1, on: Seen | Message | None = None) -> None:
        """Press the button with this label: in the newest message that has one, where none is named."""
        await self._hands.press(label, nth, None if on is None else _message(on))

    async def chooses(self, menu: str, option: Filled, on: Seen | Message | None = None) -> None:
        """Choose in a menu, found by its placeholder or custom_id."""
        await self._hands.choose_in(menu, option, None if on is None else _message(on))

    def fills(self, values: Mapping[str, Filled]) -> None:
        """Fill in fields of the open form, by their labels, and send nothing yet."""
        self._hands.fill(values)

    async def submits(self, values: Mapping[str, Filled] | None = None) -> dict[str, str]:
        """Fill in the open form, by labels, and send it. What is not named stays. Returns what is objected to, by label."""
        return await self._hands.submit(values or {})

    def closes(self) -> None:
        """Leave the open form."""
        self._hands.close()

    # -- seeing

    def messages(self, channel: Channel | None = None, thread: Thread | None = None) -> list[Seen]:
        """What they can read, oldest first: everywhere, in a channel, in a thread."""
        place = self.thread(thread) if thread is not None else channel
        found = self._world.visible(self.id, place.id if place else None)
        return [seen(self._world, each) for each in found if each.kind in SPOKEN]

    @property
    def answers(self) -> list[Seen]:
        """What the bot said where they can read it, oldest first."""
        return [each for each in self.messages() if each.by_bot]

    @property
    def last(self) -> Seen:
        """The newest message of the bot that they see."""
        assert self.answers, f"{self.user.name} sees no message of the bot; troubles: {self.troubles}"
        return self.answers[-1]

    @property
    def modal(self) -> SeenModal | None:
        """The form that is open."""
        return seen_modal(self._hands.modal) if self._hands.modal else None

    def sees_typing(self, channel: Channel | None = None, thread: Thread | None = None) -> bool:
        """Whether the bot is shown typing there; what it says ends that."""
        place = self.thread(thread) if thread is not None else channel or self.direct
        since = max((made_at(each.id) for each in self.messages(place) if each.by_bot), default=0.0)
        since = max(since, self._world.clock.now() - TYPING_SECONDS)
        return any(where == place.id and at > since for where, at in self._world.typing)

    @property
    def screen(self) -> str:
        """What is before them: the form that is open, else the bot's newest message."""
        if self.modal:
            fields = [f"{each.label}: {each.value} {each.description} {each.error}".rstrip() for each in self.modal.fields]
            return "\n".join([self.modal.title, self.modal.text, *fields, self.modal.trouble]).rstrip()
        return self.last.text if self.answers else ""

    def sees(self, *texts: str) -> None:
        """Each of the texts is on the screen."""
        missing = [each for each in texts if each not in self.screen]
        assert not missing, f"{missing} not in:\n{self.screen}\n(troubles: {self.troubles})"

    def sees_no(self, *texts: str) -> None:
        """None of the texts is on the screen."""
        there = [each for each in texts if each in self.screen]
        assert not there, f"{there} in:\n{self.screen}"


def _message(of: Seen | Message) -> Message:
    return of.message if isinstance(of, Seen) else of


def another_bot_says(world: World, channel: Channel, text: str) -> Message:
    """Another app posts something."""
    bot = world.user("Another bot", bot=True)
    if channel.guild is not None:
        world.guilds[channel.guild].members[bot.id] = []
    return say(world, Message(world.id(), channel.id, bot.id, text))
