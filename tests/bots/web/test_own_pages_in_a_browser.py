"""The pages of figures, assets and settings in a real browser: charts that move, one press to copy, and the last word."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Browser, Page, expect

from core.request import Actor
from tests.bots.web.chromium import DESKTOP, PHONE, chromium, looking
from tests.bots.web.dashboards import Served
from tests.bots.web.students import LEADS, OPT_IN, asks, keeps, logs, named

SHOTS = os.environ.get("ELEVATE_SCREENSHOTS")
"""A folder for pictures of what was seen, to look at."""
IDA = named("Ida")
POINT = "#trend-gift_OptInRate [role=slider]"


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    """One browser for all."""
    async with chromium() as found:
        yield found


@pytest.fixture(scope="module")
async def ida(dashboard: Served) -> Actor:
    """Somebody with half a year of weeks and a few assets."""
    await logs(dashboard, IDA, *({OPT_IN: round(2 + at % 5 / 10, 2), LEADS: 100 + at} for at in range(26)))
    await keeps(dashboard, IDA, "Jars that hold", "A seal of water", "Crisp every time")
    return IDA


async def test_figures_that_are_logged_move_the_chart_in_place_and_what_chat_logs_too(
    dashboard: Served, browser: Browser, ida: Actor
) -> None:
    async with looking(browser) as seen:
        page = seen.page
        await _enter(dashboard, page, ida, "/kpis")
        await expect(page.locator(POINT)).to_have_attribute("aria-valuenow", "26")
        await page.get_by_role("link", name="Attract", exact=True).click()
        await expect(page.locator("#log form.form")).to_be_visible()
        await page.get_by_label("Its last day").fill("2026-01-04")
        await page.get_by_label("Gift opt-in rate (%)").fill("7,5 %")
        await page.locator("#log").get_by_role("button", name="Save").click()
        await expect(page.locator("#notes")).to_contain_text("Saved for the last 7 days to 4 January 2026.")
        await expect(page.locator(POINT)).to_have_attribute("aria-valuenow", "27")
        await expect(page.locator("#log form.form")).to_have_count(0)
        await asks(
            dashboard,
            ida,
            "kpi figures",
            level="Attract",
            stage="figures",
            span="Last 7 Days",
            end="2025-12-28",
            **{OPT_IN: "6.4"},
        )
        await expect(page.locator(POINT)).to_have_attribute("aria-valuenow", "28")  # told by the server
        assert page.url == f"{dashboard.url}/kpis"
        await page.locator("#periods").get_by_text("Delete", exact=False).first.click()
        await page.get_by_role("button", name="Delete it").first.click()
        await expect(page.get_by_role("button", name="Put it back")).to_be_visible()
        await expect(page.locator(POINT)).to_have_attribute("aria-valuenow", "27")
        await page.get_by_role("button", name="Put it back").click()
        await expect(page.locator("#notes .note")).to_be_in_viewport()
        await expect(page.locator(POINT)).to_have_attribute("aria-valuenow", "28")
        await seen.is_sound("after logging")


async def test_trends_are_chosen_with_the_keyboard_and_without_scripts(dashboard: Served, browser: Browser, ida: Actor) -> None:
    async with looking(browser, PHONE, scripts=False) as seen:
        page = seen.page
        await _enter(dashboard, page, ida, "/kpis")
        await page.get_by_text("Choose what to see").click()
        await page.get_by_label("New leads").check()
        await page.get_by_role("button", name="Show these").click()
        await expect(page.locator(".trend")).to_have_count(2)
        await page.locator("#trend-attract_LeadsTotal").get_by_text("The figures as a table").click()
        await expect(page.locator("#trend-attract_LeadsTotal tbody tr").last).to_contain_text("125")


async def test_a_text_is_copied_with_one_press_from_the_list_and_from_its_page(
    dashboard: Served, browser: Browser, ida: Actor
) -> None:
    async with looking(browser) as seen:
        page = seen.page
        await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        await _enter(dashboard, page, ida, "/assets")
        await page.get_by_role("link", name="Copy A seal of water").click()
        await expect(page.locator("#notes")).to_contain_text("Copied.")
        assert await page.evaluate("navigator.clipboard.readText()") == "A seal of water and a seal."
        await page.get_by_role("link", name="1. Jars that hold").click()
        await page.get_by_role("link", name="Copy as Markdown").click()
        await expect(page.locator("#notes")).to_contain_text("Copied.")
        assert await page.evaluate("navigator.clipboard.readText()") == "**Jars that hold** and a seal."
        await page.get_by_role("link", name="Edit").click()
        await page.get_by_label("The text itself").fill("Jars that hold on.")
        await page.get_by_role("button", name="Save").click()
        await expect(page.locator(".asset-text")).to_contain_text("Jars that hold on.")
        assert seen.wrong == []


async def test_an_export_is_downloaded_and_an_account_ends_with_its_word(dashboard: Served, browser: Browser) -> None:
    leo = named("Leo")
    await logs(dashboard, leo, {OPT_IN: 2.0})
    async with looking(browser) as seen:
        page = seen.page
        await _enter(dashboard, page, leo, "/settings")
        async with page.expect_download() as started:
            await page.get_by_role("button", name="Download all of it").click()
        assert (await started.value).suggested_filename.endswith(".zip")
        await page.get_by_label("Type DELETE to erase everything").fill("DELETE")
        await page.get_by_role("button", name="Erase everything").click()
        await expect(page.get_by_role("heading", name="Erased")).to_be_visible()
        assert seen.wrong == []
        await page.goto(f"{dashboard.url}/kpis")
        await expect(page.get_by_role("heading", name="You are not signed in")).to_be_visible()


@pytest.mark.parametrize(("size", "colours"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desk", "hand"])
async def test_the_pages_are_sound_for_everybody(
    dashboard: Served, browser: Browser, ida: Actor, size: tuple[int, int], colours: Literal["light", "dark"]
) -> None:
    shots = Path(SHOTS) if SHOTS else None
    async with looking(browser, size, colours) as seen:
        await _enter(dashboard, seen.page, ida, "/assets")
        opened = await seen.page.locator(".assets strong").first.locator("..").get_attribute("href")
        paths = {
            "kpis": "/kpis",
            "form": "/kpis?log=Convert",
            "assets": "/assets",
            "asset": opened or "",
            "settings": "/settings",
        }
        for name, path in paths.items():
            await seen.page.goto(f"{dashboard.url}{path}")
            await seen.is_sound(name, shots)


async def _enter(dashboard: Served, page: Page, actor: Actor, path: str) -> None:
    """Be signed in already, and open a page."""
    cookie = await dashboard.cookie(actor)
    await page.context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": dashboard.url}])
    await page.goto(f"{dashboard.url}{path}")
