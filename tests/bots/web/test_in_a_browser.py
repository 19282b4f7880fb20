"""The pages in a real browser: by mouse, by keyboard, without scripts, on a phone and in the dark."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Browser, Page, expect

from bots.backing import now
from core.ids import new_id
from core.request import Actor, Asked, Platform
from tests.bots.web.chromium import DESKTOP, PHONE, chromium, looking
from tests.bots.web.dashboards import Served

MAYA = Actor(Platform.SLACK, "T1", "U7", "Maya", "Europe/London")
OFFERS = "#cell-companyContext-coreOffers"
SHOTS = os.environ.get("ELEVATE_SCREENSHOTS")
"""A folder for pictures of what was seen, to look at."""


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    """One browser for all."""
    async with chromium() as found:
        yield found


async def _asks(dashboard: Served, actor: Actor, command: str, words: str) -> None:
    """What somebody does in chat meanwhile."""
    asked = Asked(id=new_id("evt"), actor=actor, address=actor.direct, at=now(), command=command, words=words)
    await dashboard.program.app.handle(asked)


async def test_somebody_signs_in_by_link_edits_a_cell_and_sees_what_changes_in_chat(dashboard: Served, browser: Browser) -> None:
    async with looking(browser) as seen:
        page = seen.page
        await page.goto(await dashboard.link(MAYA))
        await page.get_by_role("button", name="Open my dashboard").click()
        await expect(page.get_by_role("heading", name="My course")).to_be_visible()
        await page.get_by_role("link", name="My Foundation").click()
        await page.locator(OFFERS).get_by_role("link").click()
        field = page.locator(f"{OFFERS} textarea")
        await expect(field).to_be_focused()
        await field.fill("Jars with a water seal")
        await _asks(dashboard, MAYA, "foundation add", "voice calm")
        await page.locator(OFFERS).get_by_role("button", name="Save").click()
        await expect(page.locator(OFFERS)).to_contain_text("Jars with a water seal")
        await expect(page.locator("#notes")).to_contain_text("Saved: What we sell.")
        await expect(page.locator("#cell-companyContext-brandVoiceAdjectives")).to_contain_text("calm")
        await _asks(dashboard, MAYA, "foundation add", "pains They leak")
        await expect(page.locator("#cell-customerAvatar-pains")).to_contain_text("They leak")  # told by the server
        assert page.url == f"{dashboard.url}/foundation"
        await seen.is_sound("after an edit")


async def test_a_checklist_is_ticked_with_the_keyboard_alone(dashboard: Served, browser: Browser) -> None:
    async with looking(browser, PHONE) as seen:
        page = seen.page
        await _enter(dashboard, seen.page)
        box = page.get_by_role("checkbox").first
        await box.focus()
        await page.keyboard.press("Space")
        await expect(page.get_by_role("checkbox").first).to_be_checked()
        await expect(page.get_by_role("checkbox").first).to_be_focused()
        await expect(page.locator("#notes")).to_contain_text("Item 1 is done.")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("checkbox").first).not_to_be_checked()
        await page.get_by_role("link", name="Run F9: Site-to-blueprint draft").click()
        await expect(page.get_by_label("Which pages of your shop should I read?")).to_be_visible()
        await page.get_by_role("link", name="Back").click()
        await expect(page.get_by_role("heading", name="My course")).to_be_visible()
        assert seen.wrong == []


async def test_by_keyboard_alone_what_is_wrong_leads_to_its_field_and_what_came_of_it_is_told(
    dashboard: Served, browser: Browser
) -> None:
    async with looking(browser, PHONE) as seen:
        page = seen.page
        await _enter(dashboard, page)
        await page.goto(f"{dashboard.url}/do/commit/keep?_form=1&_back=/")
        await page.get_by_role("button", name="Save").focus()
        await page.keyboard.press("Enter")
        await expect(page.locator("#problems")).to_be_focused()
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        field = page.locator("[aria-invalid=true]").first
        await expect(field).to_be_focused()
        await page.keyboard.type("Film the glaze clip")
        assert page.url.endswith(await field.evaluate("(each) => `#${each.id}`")), "the form is where it was"
        await page.get_by_label("By when").fill("in 3 days")
        await page.keyboard.press("Enter")
        await expect(page.locator("#notes .note")).to_be_focused()
        await expect(page.locator("#notes")).to_contain_text("Film the glaze clip")


async def test_what_clashes_is_shown_where_it_was_typed(dashboard: Served, browser: Browser) -> None:
    async with looking(browser) as seen:
        page = seen.page
        await _enter(dashboard, page)
        await page.goto(f"{dashboard.url}/foundation?edit=marketAwareness.marketTrends")
        cell = page.locator("#cell-marketAwareness-marketTrends")
        await cell.locator("textarea").fill("Mine")
        await _asks(dashboard, MAYA, "foundation add", "marketAwareness.marketTrends Theirs")
        await cell.get_by_role("button", name="Save").click()
        await expect(cell.locator("textarea")).to_have_value("Mine")
        await expect(cell.locator(".problem").first).to_be_visible()
        await cell.get_by_role("button", name="Save").click()
        await expect(cell).not_to_contain_text("Theirs")
        await expect(cell).to_contain_text("Mine")
        assert seen.wrong == []


async def test_everything_works_without_scripts(dashboard: Served, browser: Browser) -> None:
    async with looking(browser, PHONE, scripts=False) as seen:
        page = seen.page
        await _enter(dashboard, page)
        await page.locator("#tick-0-3").click()
        await expect(page.locator("#notes")).to_contain_text("Item 3 is done.")
        await page.goto(f"{dashboard.url}/foundation")
        cell = page.locator("#cell-customerAvatar-goals")
        await cell.get_by_role("link").click()
        await page.locator("#cell-customerAvatar-goals textarea").fill("Crisp every time")
        await page.get_by_role("button", name="Save").click()
        await expect(cell).to_contain_text("Crisp every time")


ON_A_DESK = {"course": "/", "foundation": "/foundation"}
IN_THE_HAND = {"edit": "/foundation?edit=customerAvatar.pains", "module": "/do/module/show?v:module=0", "form": "/do/me/edit"}


@pytest.mark.parametrize(
    ("size", "colours", "paths"), [(DESKTOP, "light", ON_A_DESK), (PHONE, "dark", IN_THE_HAND)], ids=["desk", "hand"]
)
async def test_pages_are_sound_for_everybody(
    dashboard: Served, browser: Browser, size: tuple[int, int], colours: Literal["light", "dark"], paths: Mapping[str, str]
) -> None:
    shots = Path(SHOTS) if SHOTS else None
    async with looking(browser, size, colours) as seen:
        if paths is IN_THE_HAND:
            await seen.page.goto(await dashboard.link())
            await seen.is_sound("sign-in", shots)
        await _enter(dashboard, seen.page)
        for name, path in paths.items():
            await seen.page.goto(f"{dashboard.url}{path}")
            await seen.is_sound(name, shots)


async def _enter(dashboard: Served, page: Page) -> None:
    """Be signed in as Maya already."""
    cookie = await dashboard.cookie(MAYA)
    await page.context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": dashboard.url}])
    await page.goto(f"{dashboard.url}/")
