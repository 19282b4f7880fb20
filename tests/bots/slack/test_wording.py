"""What people read in a form names commands as Slack has them; what they typed is theirs."""

from __future__ import annotations

from bots.slack.wording import worded_form
from core.ui import Field, Form

KEPT = frozenset({"me"})


def test_a_form_says_elevate_me_and_keeps_what_stands_in_it() -> None:
    field = Field("x", "What /me shows", hint="See /me looks")
    form = Form("me coach", "About /me", (field,), {"x": "/me"}, {"x": "Ask /me"}, "Every look: /me looks")
    read = worded_form(form, KEPT)
    assert (read.title, read.intro) == ("About /elevate-me", "Every look: /elevate-me looks")
    assert (read.fields[0].label, read.fields[0].hint) == ("What /elevate-me shows", "See /elevate-me looks")
    assert (read.values, read.problems) == ({"x": "/me"}, {"x": "Ask /elevate-me"})
    assert worded_form(form, frozenset()) == form
