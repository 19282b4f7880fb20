"""The stand-in as a program: prints its address and tokens, and plays a person whose lines come from the keyboard."""

from __future__ import annotations

import argparse
import asyncio
import sys
import threading
from pathlib import Path

import yaml

from tests.servers.slack.person import Person
from tests.servers.slack.server import SlackServer
from tests.servers.slack.shapes import Impossible

HELP = """Type to write to the bot as Maria. /command text sends a slash command, [Label] presses a button,
{Label=value; Label=value} fills in the open form and sends it, !home opens the home tab, !close leaves a form.
"""


async def _serve(port: int, manifest: str | None) -> None:
    read = yaml.safe_load(await asyncio.to_thread(Path(manifest).read_text, "utf-8")) if manifest else None
    async with SlackServer(read, port=port) as slack:
        maria = slack.person("Maria")
        _print(f"SLACK_API_URL={slack.api_url}", f"SLACK_BOT_TOKEN={slack.bot_token}", f"SLACK_APP_TOKEN={slack.app_token}")
        _print(f"SLACK_SIGNING_SECRET={slack.signing_secret}", HELP)
        lines = _keyboard(asyncio.get_running_loop())
        while line := await lines.get():
            try:
                await _act(maria, line.strip())
                await slack.settled(within=60)
            except AssertionError as wrong:
                _print(str(wrong))
            _print(maria.screen, *maria.troubles)
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


async def _act(maria: Person, line: str) -> None:
    if line.startswith("/"):
        command, _, text = line.partition(" ")
        await maria.commands(command, text)
    elif line.startswith("[") and line.endswith("]"):
        await maria.presses(line[1:-1])
    elif line.startswith("{") and line.endswith("}"):
        pairs = [each.partition("=") for each in line[1:-1].split(";") if "=" in each]
        errors = await maria.submits({label.strip(): value.strip() for label, _, value in pairs})
        if errors:
            raise Impossible(str(errors))
    elif line == "!home":
        maria.opens_home()
    elif line == "!close":
        await maria.closes()
    elif line:
        maria.says(line)


def _print(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="A stand-in for Slack.")
    parser.add_argument("--port", type=int, default=0, help="0 takes any free one")
    parser.add_argument("--manifest", help="an app manifest, as YAML or JSON; without it every command and event is known")
    chosen = parser.parse_args()
    try:
        asyncio.run(_serve(chosen.port, chosen.manifest))
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
