"""The pages that somebody sees who installs the bot in a workspace: short, in plain words, and made of nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from html import escape
from pathlib import Path
from urllib.parse import urlencode

STYLE = Path(__file__).with_name("pages.css").read_text(encoding="utf-8")
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
HEADERS: Mapping[str, str] = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_HASH}'; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
"""The address of the page has Slack's code in it: nobody else gets to see it, and nothing keeps it."""

AGAIN = "install"
"""Where installing begins, seen from where Slack sends the browser back to: right behind a proxy with a path of its own, too."""

REASONS: Mapping[str, tuple[str, str]] = {
    "access_denied": ("Nothing was installed", "Slack says that you, or whoever manages your workspace, did not agree."),
    "invalid_browser": (
        "That was another browser",
        "Installing begins and ends in the same browser, with cookies allowed. Nothing was installed.",
    ),
    "invalid_state": ("That took too long", "This page was used already, or you began more than ten minutes ago."),
    "missing_code": ("Slack sent nothing along", "The address of this page is not whole. Nothing was installed."),
    "invalid_code": (
        "Slack took something back",
        "Slack's code was used already, or does not belong to this app. Nothing was installed.",
    ),
    "token_rotation": (
        "This Slack app swaps its tokens",
        "Token rotation is on in the app, and Elevate does not take part in it; Slack has no way of turning it off. "
        "Whoever runs Elevate makes the app anew from Elevate's manifest, where it is off.",
    ),
    "no_bot": ("Slack sent no bot along", "The app has no bot user. Whoever runs Elevate gives it Elevate's manifest."),
    "busy": ("Too many are installing", "There are more people here than there should be. Try again in ten minutes."),
    "slack_away": ("Slack does not answer", "Slack could not be reached just now. Nothing was installed."),
}
OTHERWISE = ("That did not work", "Slack did not let the installation go on. Nothing was installed.")


def installed(place: str | None, app_id: str | None, team_id: str | None) -> str:
    """The page after an installation; `place` is the name of the workspace or organization."""
    asked = {name: value for name, value in (("app", app_id), ("team", team_id)) if value}
    title = f"Elevate is now in {place}" if place else "Elevate is installed"
    words = "Open Slack and say hello to Elevate under Apps, or type /elevate. It tells you what to do first."
    return _page(title, words, f"https://slack.com/app_redirect?{urlencode(asked)}", "Open Slack")


def not_installed(reason: str, words: str = "") -> str:
    """The page after an installation that came to nothing; `words` in place of ours, where a trouble brings its own."""
    title, ours = REASONS.get(reason, OTHERWISE)
    return _page(title, words or ours, AGAIN, "Begin again")


def _page(title: str, words: str, target: str, label: str) -> str:
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="robots" content="noindex">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f'<h1>{escape(title)}</h1>\n<p>{escape(words)}</p>\n<a href="{escape(target)}">{escape(label)}</a>\n'
        "</main>\n</body>\n</html>\n"
    )
