"""The stand-in as a program: prints its addresses and token, and plays a person whose lines come from the keyboard."""

from __future__ import annotations

import argparse
import asyncio
import sys
import threading

from tests.servers.discord.person import Person
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.shapes import Impossible
from tests.servers.discord.things import Channel

HELP = """Type to write as Maria to the bot directly; #general goes to a channel (@Elevate names the bot there), #direct back.
/command words fills in its options in order, [Label] presses a button, [Menu=Option] chooses in a menu,
{Label=value; Label=value} fills in the open form and sends it, !close leaves a form, <Command> uses one on the newest message.
"""


class Table:
    """Maria before her keyboard; `place` is where she writes, her direct messages at the beginning."""

    def __init__(self, server: DiscordServer) -> None:
        self.maria = server.person("Maria")
        self._server = server
        self._place: Channel | None = None

    async def act(self, line: str) -> None:
        """Do what a line says."""
        maria, inner = self.maria, line[1:-1]
        match line[:1], line[-1:]:
            case "#", _:
                self._go(line.removeprefix("#"))
            case "/", _:
                await maria.commands(line, self._place)
            case "[", "]":
                menu, chosen, option = inner.partition("=")
                await (maria.chooses(menu, option) if chosen else maria.presses(inner))
            case "{", "}":
                await self._submit(maria, inner)
            case "<", ">":
                await maria.message_command(inner, maria.messages()[-1])
            case "!", _:
                maria.closes()
            case _ if line:
                maria.says(line, self._place)
            case _:
                pass

    def _go(self, name: str) -> None:
        found = [each for each in self._server.world.channels.values() if each.name == name and each.guild]
        if not found and name != "direct":
            raise Impossible(f"there is no channel {name}")
        self._place = found[-1] if found else None

    async def _submit(self, maria: Person, words: str) -> None:
        pairs = [each.partition("=") for each in words.split(";") if "=" in each]
        errors = await maria.submits({label.strip(): value.strip() for label, _, value in pairs})
        if errors:
            raise Impossible(str(errors))


async def _serve(port: int) -> None:
    async with DiscordServer(port=port) as server:
        table = Table(server)
        _print(f"DISCORD_API_URL={server.api_url}", f"DISCORD_GATEWAY_URL={server.gateway_url}")
        _print(f"DISCORD_BOT_TOKEN={server.token}", HELP)
        lines = _keyboard(asyncio.get_running_loop())
        while line := await lines.get():
            try:
                await table.act(line.strip())
                await server.settled(within=60)
            except AssertionError as wrong:
                _print(str(wrong))
            _print(table.maria.screen, *table.maria.troubles)
        await asyncio.Event().wait()


def _keyboard(loop: asyncio.AbstractEventLoop) -> asyncio.Queue[str]:
    """Lines from the keyboard, read beside the server; an empty one at the end."""
    lines: asyncio.Queue[str] = asyncio.Queue()

    def read() -> None:
        while line := sys.stdin.readline():
            loop.call_soon_threadsafe(lines.put_nowait, line)
        loop.call_soon_threadsafe(lines.put_nowait, "")

    threading.Thread(target=read, daemon=True).start()
    return lines


def _print(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="A stand-in for Discord.")
    parser.add_argument("--port", type=int, default=0, help="0 takes any free one")
    chosen = parser.parse_args()
    try:
        asyncio.run(_serve(chosen.port))
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
