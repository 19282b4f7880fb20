"""A dashboard for each module of tests, and somebody who browses in it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.bots.web.dashboards import Browser, Served, browsing, served


@pytest.fixture(scope="module")
async def dashboard(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    """The whole program with its dashboard, over a real socket."""
    async with served(tmp_path_factory.mktemp("dashboard")) as found:
        yield found


@pytest.fixture
async def browser(dashboard: Served) -> AsyncIterator[Browser]:
    """A browser in which nobody is signed in."""
    async with browsing(dashboard) as found:
        yield found


@pytest.fixture
async def nora(browser: Browser) -> Browser:
    """A browser in which Nora is signed in."""
    await browser.sign_in()
    return browser
