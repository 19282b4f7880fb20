"""Charts in a real browser: read point by point by keyboard and mouse, in parts, on a phone, in the dark, and without scripts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp import web
from markupsafe import Markup
from playwright.async_api import Browser, expect

from bots.web.assets import Assets
from bots.web.chart_data import figure
from bots.web.layout import POLICY
from bots.web.server import serving
from bots.web.tags import joined, tag
from core.ui import Table
from tests.bots.charts.shown import BARS, BESIDE, BLANK, LONG, MARKED, SEVERAL, THREE_YEARS
from tests.bots.web.chromium import PHONE, chromium, looking

GAP = replace(MARKED, title="Opt-in rate")
ALL = (THREE_YEARS, GAP, SEVERAL, BARS, BESIDE, LONG, BLANK)


def written(shown: Table) -> Markup:
    """A table as pages have it."""
    heads = tag("tr", *(tag("th", each, scope="col") for each in shown.columns))
    rows = (tag("tr", *(tag("td", each) for each in row)) for row in shown.rows)
    return tag("table", tag("caption", shown.caption), tag("thead", heads), tag("tbody", *rows))


def page(assets: Assets) -> str:
    """A page that had no chart when it was made: its library is fetched when one is there."""
    styles = (tag("link", "", rel="stylesheet", href=assets.path(each)) for each in ("app.css", "charts.css"))
    script = tag("script", "", src=assets.path("charts.js"), defer=True)
    library = {"charts": "vendor/uplot/uPlot.iife.min.js", "charts_style": "vendor/uplot/uPlot.min.css"}
    data = {f"data_{key}": assets.path(name) for key, name in library.items()}
    icon = tag("link", "", rel="icon", href=assets.path("icon.svg"))
    meta = tag("meta", "", name="viewport", content="width=device-width, initial-scale=1")
    head = tag("head", tag("title", "Charts"), meta, icon, *styles, script)
    shown = tag("main", tag("h1", "Charts"), tag("div", joined(figure(each, written) for each in ALL), id="page"))
    return f"<!doctype html>{tag('html', head, tag('body', shown, **data), lang='en-GB')}"


@pytest.fixture(scope="module")
async def address() -> AsyncIterator[str]:
    """A server with a page of charts, under the policy that all pages have."""
    assets = Assets()

    async def shown(request: web.Request) -> web.Response:
        return web.Response(text=page(assets), content_type="text/html", headers={"Content-Security-Policy": POLICY})

    async with serving([web.get("/", shown), assets.route()], "127.0.0.1", 0) as found:
        yield found


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    """One browser for all."""
    async with chromium() as found:
        yield found


async def test_a_chart_is_read_point_by_point(address: str, browser: Browser) -> None:
    async with looking(browser, PHONE, "dark") as seen:
        await seen.page.goto(address)
        opt_in = seen.page.get_by_role("slider", name="Opt-in rate, point by point")
        tip = opt_in.locator("xpath=following-sibling::*[@class='chart-tip']")
        await opt_in.focus()
        await opt_in.press("Home")
        await expect(opt_in).to_have_attribute("aria-valuetext", "1 Nov: 0.8%")
        await opt_in.press("ArrowRight")
        await opt_in.press("ArrowRight")
        await expect(opt_in).to_have_attribute("aria-valuetext", "3 Nov: 0.66%. مجموعة الربيع. \N{ROCKET}")
        await expect(tip).to_contain_text("مجموعة الربيع")
        await opt_in.press("PageUp")
        await opt_in.press("ArrowLeft")
        await opt_in.press("ArrowLeft")
        await expect(opt_in).to_have_attribute("aria-valuetext", "6 Nov: not measured")
        await opt_in.press("Escape")
        await expect(tip).to_be_hidden()
        await opt_in.hover(position={"x": 2, "y": 60})
        await expect(tip).to_contain_text("1 Nov")
        await seen.is_sound("charts on a phone in the dark")


async def test_a_chart_of_three_years_is_seen_in_parts(address: str, browser: Browser) -> None:
    async with looking(browser) as seen:
        await seen.page.goto(address)
        figure_ = seen.page.locator("figure", has_text="Revenue").first
        slider = figure_.get_by_role("slider")
        await expect(figure_.get_by_role("button", name="Latest 26")).to_have_attribute("aria-pressed", "true")
        await slider.press("Home")
        await expect(slider).to_have_attribute("aria-valuenow", "131")
        await expect(figure_.locator(".chart-flag:visible")).to_have_text(["12", "13"])
        await figure_.get_by_role("button", name="All 156").click()
        await slider.press("Home")
        await expect(slider).to_have_attribute("aria-valuenow", "1")
        await expect(figure_.locator(".chart-notes li:visible")).to_have_count(14)
        assert seen.wrong == []


async def test_charts_are_drawn_anew_where_the_page_or_its_colours_change(address: str, browser: Browser) -> None:
    async with looking(browser) as seen:
        await seen.page.goto(address)
        await expect(seen.page.locator("canvas")).to_have_count(3)
        await seen.page.evaluate(
            """async () => {
              document.documentElement.dataset.theme = "dark";
              const again = await (await fetch(location.href)).text();
              const fresh = new DOMParser().parseFromString(again, "text/html").querySelectorAll("figure");
              document.getElementById("page").replaceChildren(fresh[1]);
              document.querySelector(".plot").setAttribute("aria-label", "Anew");
              document.dispatchEvent(new CustomEvent("elevate:shown"));
            }"""
        )
        await expect(seen.page.locator("canvas")).to_have_count(1)
        await expect(seen.page.get_by_role("img", name="Anew")).to_be_visible()
        assert seen.wrong == []


async def test_bars_and_what_is_not_measured_need_no_canvas(address: str, browser: Browser) -> None:
    async with looking(browser, PHONE) as seen:
        await seen.page.goto(address)
        meta, search = (seen.page.locator("figure", has_text="Leads by source").locator(".bars-row i").nth(at) for at in (0, 1))
        await expect(meta).to_be_visible()
        wide = [(await each.bounding_box() or {"width": 0})["width"] for each in (meta, search)]
        assert wide[1] / wide[0] == pytest.approx(64 / 120, abs=0.01), "bars begin at nought"
        await expect(seen.page.get_by_text("Nothing measured yet.")).to_be_visible()
        assert seen.wrong == []


async def test_without_scripts_all_is_told_in_words_and_as_a_table(address: str, browser: Browser) -> None:
    async with looking(browser, PHONE, scripts=False) as seen:
        await seen.page.goto(address)
        chart = seen.page.locator("figure", has_text="Opt-in rate").first
        await expect(chart).to_contain_text("Others reach: 1.5% to 2.5%. The latest, 2.29%, is within this.")
        await chart.get_by_text("The figures as a table").click()
        await expect(chart.get_by_role("row", name="12 Nov 1.83% 春のキャンペーン")).to_be_visible()
