"""A real Chromium that is driven by Playwright, and the rules of accessibility that every page is held to."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, Request, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = "There is no Chromium, so pages were not tried in a browser. On Debian and Ubuntu: apt install chromium"
GRAVE = {"serious", "critical"}
PHONE, DESKTOP = (360, 740), (1280, 900)


def found() -> str:
    """Where Chromium is. Without one the test is skipped, or fails where CI is set."""
    path = next((each for each in map(shutil.which, NAMES) if each), None)
    if path is None and os.environ.get("CI"):
        pytest.fail(MISSING)
    return path or pytest.skip(MISSING)


@asynccontextmanager
async def chromium() -> AsyncGenerator[Browser, None]:
    """A browser without a window."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found(), args=["--no-sandbox"])
        yield browser
        await browser.close()


class Seen:
    """A page, and what went wrong on it that nobody would have seen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: list[str] = []
        page.on("console", lambda said: self.wrong.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("requestfailed", self._failed)

    def _failed(self, request: Request) -> None:
        """A request that somebody's way to another page broke off is no failure."""
        if request.failure != "net::ERR_ABORTED":
            self.wrong.append(f"{request.url}: {request.failure}")

    async def is_sound(self, name: str, shots: Path | None = None) -> None:
        """Nothing is wrong for anybody: no error, nothing wider than the screen, and nothing that axe finds grave."""
        wide = await self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} is {wide} pixels too wide"
        result = await Axe().run(self.page)
        grave = [
            f"{each['id']}: {[node['html'][:150] for node in each['nodes'][:3]]}"
            for each in result.response["violations"]
            if each["impact"] in GRAVE
        ]
        assert grave == [], name
        assert self.wrong == [], name
        if shots is not None:
            await self.page.screenshot(path=shots / f"{name}.png", full_page=True)


@asynccontextmanager
async def looking(
    browser: Browser, size: tuple[int, int] = DESKTOP, colours: Literal["light", "dark"] = "light", *, scripts: bool = True
) -> AsyncGenerator[Seen, None]:
    """A page in a context of its own."""
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=colours, java_script_enabled=scripts, reduced_motion="reduce"
    )
    context.set_default_timeout(10_000)
    yield Seen(await context.new_page())
    await context.close()
