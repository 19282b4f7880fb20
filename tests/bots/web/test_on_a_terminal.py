"""`elevate` on a terminal shows where the pages are, and serves them while it talks."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from pathlib import Path

import aiohttp
import pexpect

CONTROL = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


async def test_the_address_that_the_terminal_shows_opens_the_pages(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ELEVATE_", "SLACK_", "DISCORD_"))}
    env = {**kept, "ELEVATE_DATA_DIR": str(tmp_path), "ELEVATE_WEB_PORT": "0", "TERM": "xterm"}
    command = ["-m", "bots", "chat"]
    talk = pexpect.spawn(sys.executable, command, env=env, cwd=Path(__file__).parents[3], encoding="utf-8", timeout=30)
    talk.setwinsize(40, 120)
    try:
        await asyncio.to_thread(talk.expect, r"Your dashboard: [^\r\n]+")
        address = CONTROL.sub("", str(talk.after)).removeprefix("Your dashboard: ")
        assert address.startswith("http://127.0.0.1:")
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session, session.get(address) as page:
            assert page.status == 200
            assert "<h1>My course</h1>" in await page.text()
    finally:
        talk.close(force=True)
