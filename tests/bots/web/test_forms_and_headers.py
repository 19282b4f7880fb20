"""What pages are sent with, and which forms count: our own, of this session, once."""

from __future__ import annotations

import asyncio
import re

import pytest

from bots.web.views import PAGES
from tests.bots.web.dashboards import NORA, OMAR, Browser, Served, browsing

OFFERS = "v:companyContext.coreOffers"
PAGE_AT_MOST = 100_000
"""Bytes of a page with all that it loads, without pictures."""


async def _form(browser: Browser, command: str = "foundation edit", **values: str) -> dict[str, str]:
    """The hidden values of a command's own form."""
    path = f"/do/{command.replace(' ', '/')}"
    page = await browser.get(path)
    return {**page.form(path), **values}


async def _cell(browser: Browser) -> dict[str, str]:
    """The hidden values of the form of a cell, where it stands on its page."""
    return (await browser.get("/foundation?edit=companyContext.coreOffers")).form("/do/foundation/save")


@pytest.mark.parametrize("path", ["/", "/foundation", "/do/help", "/do/nothing", "/sign-in/x"])
async def test_pages_allow_nothing_inline_and_nothing_from_elsewhere(nora: Browser, path: str) -> None:
    page = await nora.get(path)
    policy = dict(each.strip().split(" ", 1) for each in page.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert not re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", page.text)
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', page.text), "no other host is asked for anything"


async def test_files_are_kept_for_good_under_addresses_that_change_with_them(nora: Browser) -> None:
    page = await nora.get("/")
    for path in re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text):
        answer = await nora.get(path)
        assert (answer.status, "immutable" in answer.headers["Cache-Control"]) == (200, True), path
        digest = path.split("/")[2]
        assert (await nora.get(path.replace(digest, "0" * len(digest)))).status == 404
    assert (await nora.get("/static/x/../../render.py")).status == 404


@pytest.mark.parametrize("path", [each.path for each in PAGES])
async def test_a_page_is_small(nora: Browser, path: str) -> None:
    page = await nora.get(path)
    if page.status == 403:  # a coach's
        return
    assert page.status == 200
    loaded = [await nora.get(each) for each in re.findall(r'<(?:script src|link rel="stylesheet" href)="([^"]+)"', page.text)]
    assert len(loaded) >= 2
    assert sum(each.sent for each in (page, *loaded)) < PAGE_AT_MOST
    assert page.headers.get("Content-Encoding") is None, "it holds secrets beside what others may have put there (BREACH)"


async def test_an_address_that_there_is_not_leads_home(dashboard: Served, nora: Browser) -> None:
    async with browsing(dashboard) as stranger:
        for browser in (nora, stranger):
            for path in ("/foundations", "/cohort/week/", "/static/none.css"):
                answer = await browser.get(path)
                assert (answer.status, "There is no such page" in answer.text) == (404, True), path
                assert 'href="/"' in answer.text or f'href="{dashboard.url}/"' in answer.text
                assert answer.headers["Content-Security-Policy"]


async def test_a_form_counts_with_the_token_of_its_own_session_alone(dashboard: Served, nora: Browser) -> None:
    async with browsing(dashboard) as other:
        await other.sign_in(OMAR)
        his = (await _cell(other))["_csrf"]
    whole = {**await _cell(nora), OFFERS: "Jars of salt"}
    for wrong in ({"_csrf": ""}, {"_csrf": "é"}, {"_csrf": his}, {"_nonce": ""}, {"_nonce": "short"}):
        assert (await nora.post("/do/foundation/save", {**whole, **wrong})).status == 403
    for origin in ("https://evil.example", "null", "", f"{dashboard.url}.evil.example"):
        assert (await nora.post("/do/foundation/save", whole, origin=origin)).status == 403
    assert "Jars of salt" not in (await nora.get("/foundation")).text
    assert (await nora.post("/do/foundation/save", whole)).status == 200
    assert "Jars of salt" in (await nora.get("/foundation")).text


async def test_a_form_that_is_sent_twice_counts_once(nora: Browser) -> None:
    values = await _form(nora, "module note", **{"v:module": "2", "v:text": "Twice"})
    values["_back"] = ""
    first, second = await asyncio.gather(nora.post("/do/module/note", values), nora.post("/do/module/note", values))
    said = sorted("sent already" in each.text for each in (first, second))
    assert said == [False, True]
    third = await nora.post("/do/module/note", {**values, "v:text": "Thrice"})
    assert "sent already" in third.text
    assert "Thrice" not in (await nora.get("/do/module/show?v:module=2")).text


async def test_opening_an_address_does_nothing(nora: Browser) -> None:
    asked = await nora.get("/do/module/start?v:module=5")
    assert asked.status == 200
    assert "Go on" in asked.text
    assert "In progress" not in (await nora.get("/do/module/show?v:module=5")).text
    for path in ("/sign-out", "/sign-out/everywhere", "/theme"):
        assert (await nora.get(path)).status == 404
    assert (await nora.get("/")).status == 200


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example/", "/\\evil.example", "/%0d%0aX: y", "/a b", "\n//x"])
async def test_an_answer_leads_back_to_our_own_pages_only(dashboard: Served, nora: Browser, back: str) -> None:
    values = (await nora.get("/")).form("/do/module/tick")
    sent = await nora.post("/do/module/tick", {**values, "v:item": "1", "_back": back}, follow=False)
    location = sent.headers.get("Location", "/")
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
    assert "evil" not in location


async def test_what_is_done_on_a_page_leads_back_to_it_with_a_note_that_is_shown_once(nora: Browser) -> None:
    values = (await nora.get("/")).form("/do/module/tick")
    sent = await nora.post("/do/module/tick", {**values, "v:item": "2"})
    assert sent.url.endswith("/")
    assert "Item 2 is done." in sent.text
    assert 'id="tick-0-2"' in sent.text
    assert "Item 2 is done." not in (await nora.get("/")).text
    assert re.search(r'aria-checked="true" id="tick-0-2"[^>]+module/untick', (await nora.get("/")).text)


async def test_a_cell_that_changed_meanwhile_is_not_written_over_and_nothing_typed_is_lost(
    dashboard: Served, nora: Browser
) -> None:
    mine = await _cell(nora)
    async with browsing(dashboard) as phone:
        await phone.sign_in(NORA)
        await phone.post("/do/foundation/save", {**await _cell(phone), OFFERS: "Written on the phone"})
    conflict = await nora.post("/do/foundation/save", {**mine, OFFERS: "Written on the laptop"})
    assert conflict.status == 422
    assert "Written on the laptop" in conflict.text, "what was typed is still there"
    assert 'aria-invalid="true"' in conflict.text
    assert "Written on the phone" in (await nora.get("/foundation")).text
    again = {**conflict.form("/do/foundation/save"), OFFERS: "Both"}
    assert "Both" in (await nora.post("/do/foundation/save", again)).text


async def test_one_person_sees_nothing_of_anothers(dashboard: Served, nora: Browser) -> None:
    await nora.post("/do/foundation/save", {**await _cell(nora), OFFERS: "secret of nora"})
    async with browsing(dashboard) as other:
        await other.sign_in(OMAR)
        for path in ("/", "/foundation", "/do/foundation/history", "/do/assets/list"):
            assert "secret of nora" not in (await other.get(path)).text


async def test_what_is_for_coaches_is_refused_to_students(nora: Browser) -> None:
    for page in PAGES:
        assert (await nora.get(page.path)).status == (403 if page.needs else 200)


async def test_a_field_is_completed_while_somebody_types(nora: Browser) -> None:
    found = await nora.get("/suggest/foundation/edit/cell?typed=pains")
    assert found.status == 200
    assert "ains" in found.text
    assert (await nora.get("/suggest/foundation/edit/nothing?typed=x")).text == "[]"


async def test_what_was_typed_into_a_form_that_was_left_is_there_again(nora: Browser) -> None:
    asked = (await nora.get("/do/module/note?v:module=3")).form("/do/module/note")
    form = (await nora.post("/do/module/note", asked)).form("/do/module/note")
    assert (await nora.post("/left/module/note", {**form, "v:text": "Half a thought"})).status == 204
    asked = (await nora.get("/do/module/note?v:module=3")).form("/do/module/note")
    assert "Half a thought" in (await nora.post("/do/module/note", asked)).text
    asked = (await nora.get("/do/module/note?v:module=4")).form("/do/module/note")
    assert "Half a thought" not in (await nora.post("/do/module/note", asked)).text, "it was about another module"


async def test_colours_are_chosen_without_a_script(nora: Browser) -> None:
    values = (await nora.get("/foundation")).form("/theme")
    chosen = await nora.post("/theme", {**values, "theme": "dark"})
    assert chosen.url.endswith("/foundation")
    assert '<html lang="en-GB" data-theme="dark">' in chosen.text
    odd = await nora.post("/theme", {**values, "theme": '"><script>'})
    assert '<html lang="en-GB" data-theme="auto">' in odd.text


async def test_a_prompt_runs_into_the_page(nora: Browser) -> None:
    asked = (await nora.get("/do/run?v:code=H1")).form("/do/run")
    form = await nora.post("/do/run", asked)
    fields = re.findall(r'<(?:textarea|input type="text"|select)[^>]* ?name="(v:[^"]+)"', form.text)
    answer = await nora.post("/do/run", {**form.form("/do/run"), **dict.fromkeys(fields, "Ceramic jars: they leak")})
    assert answer.status == 200
    assert 'class="live"' in answer.text
    assert answer.text.rstrip().endswith("</html>")
    assert "they leak" in answer.text


async def test_a_question_that_is_asked_on_a_page_is_answered_there(nora: Browser) -> None:
    begun = await nora.post(
        "/do/foundation/interview", (await nora.get("/do/foundation/interview")).form("/do/foundation/interview")
    )
    assert "Your answer" in begun.text
    values = begun.form("/say")
    words = "We make jars with a water channel around the lid, which lets gas out and no air in, since 2011."
    after = await nora.post("/say", {**values, "text": words})
    assert after.status == 200
    assert "Your answer" in after.text
    assert (await nora.post("/say", {**values, "text": words})).text.count("sent already") == 1
    assert (await nora.post("/say", {**after.form("/say"), "text": " "})).status == 422
    await nora.post("/do/foundation/leave", (await nora.get("/do/foundation/leave")).form("/do/foundation/leave"))
