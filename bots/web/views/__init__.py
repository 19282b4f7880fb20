"""The pages, in the order in which they stand in the navigation: a new one is a file here, and a line below."""

from __future__ import annotations

from bots.web.pages import WebPage
from bots.web.views import course, foundation

PAGES: tuple[WebPage, ...] = (course.PAGE, foundation.PAGE)
