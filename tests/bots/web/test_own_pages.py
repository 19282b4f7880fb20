"""The pages of figures, assets and settings: what they show, to whom, and that everything on them is done by commands."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest

from core.course.steps import Step
from core.request import Actor
from tests.bots.web.dashboards import Browser, Served, browsing
from tests.bots.web.students import LEADS, OPT_IN, asks, keeps, logs, metrics_of, named

OPENED = re.compile(r"open=(ast_\w+)")


@asynccontextmanager
async def _of(dashboard: Served, actor: Actor) -> AsyncGenerator[Browser, None]:
    async with browsing(dashboard) as browser:
        await browser.sign_in(actor)
        yield browser


async def test_figures_stand_beside_the_period_before_with_a_light_in_words(dashboard: Served) -> None:
    kim = named("Kim")
    await logs(dashboard, kim, {OPT_IN: 2.0, LEADS: 100}, {OPT_IN: 3.4, LEADS: 70})
    async with _of(dashboard, kim) as browser:
        page = (await browser.get("/kpis")).text
    row = page[page.index("?gift_OptInRate=on") :].partition("</tr>")[0]
    assert "3.4%" in row
    assert "2%" in row
    assert "+1.4 points, better" in row
    assert "3% to 8%" in row, "what others reach"
    assert "Good" in row
    assert "Weak" in page, "leads fell by a third"
    assert page.count("data-chart=") == 1, "only the part of the funnel with figures has a trend, by its main figure"


async def test_an_address_chooses_trends_and_what_it_cannot_ask_for_is_left_out(dashboard: Served) -> None:
    lee = named("Lee")
    await logs(dashboard, lee, *({OPT_IN: 2.0 + at / 10, LEADS: 100 + at} for at in range(6)))
    async with _of(dashboard, lee) as browser:
        both = (await browser.get(f"/kpis?{OPT_IN}=on&{LEADS}=on")).text
        assert both.count("data-chart=") == 2
        leads = (await browser.get(f"/kpis?{LEADS}=on")).text
        assert "<figcaption>New leads" in leads
        assert "105" in leads
        for odd in (
            "span=year",
            "page=0",
            "page=-3",
            "page=9999",
            "page=٣",
            "log=Everything",
            "nothing=on",
            "search=%3Cscript%3E",
            "search=",
            "order=by",
        ):
            page = await browser.get(f"/kpis?{odd}")
            assert page.status == 200, odd
            assert "<script>" not in page.text
        assert "data-chart=" in (await browser.get("/kpis?span=month")).text, "no months were logged, so weeks are shown"
        assert "No period has “1987” in its name" in (await browser.get("/kpis?search=1987")).text


async def test_the_page_stays_small_with_every_figure_of_more_than_a_year(dashboard: Served) -> None:
    joe = named("Joe")
    every: dict[str, int | float] = {each.field: 1234 for each in metrics_of(dashboard) if not each.extra}
    person = await logs(dashboard, joe, *([every] * 60))
    async with _of(dashboard, joe) as browser:
        page = await browser.get("/kpis")
        loaded = [
            await browser.get(each) for each in re.findall(r'<(?:script src|link rel="stylesheet" href)="([^"]+)"', page.text)
        ]
    assert page.text.count("data-chart=") == 3
    assert sum(each.sent for each in (page, *loaded)) < 100_000, f"{len(page.text)} of the page of {person.name}"


async def test_a_form_of_a_part_of_the_funnel_is_kept_and_leads_back(dashboard: Served) -> None:
    max_ = named("Max")
    await logs(dashboard, max_, {OPT_IN: 2.0})
    async with _of(dashboard, max_) as browser:
        form = (await browser.get("/kpis?log=Attract")).form("/do/kpi/figures")
        period = {"v:span": "Last 7 Days", "v:end": "2026-01-04"}
        wrong = await browser.post("/do/kpi/figures", {**form, **period, f"v:{OPT_IN}": "340%"})
        assert wrong.status == 422
        again = wrong.form("/do/kpi/figures")
        assert 'value="2026-01-04"' in wrong.text
        assert 'id="f-kpi-figures-span"' in wrong.text, "the period can still be changed"
        empty = await browser.post("/do/kpi/figures", {**again, f"v:{OPT_IN}": ""})
        assert 'id="f-kpi-figures-end"' in empty.text, "nor is it lost where nothing was typed"
        saved = await browser.post("/do/kpi/figures", {**empty.form("/do/kpi/figures"), **period, f"v:{OPT_IN}": "3,1 %"})
        assert "/kpis" in saved.url
        assert "Saved for the last 7 days to 4 January 2026." in saved.text
        assert "The last 7 days to 4 January 2026" in saved.text.partition('id="periods"')[2]


async def test_a_period_is_deleted_as_it_was_seen_and_put_back(dashboard: Served) -> None:
    ada = named("Ada")
    await logs(dashboard, ada, {OPT_IN: 2.0, LEADS: 90})
    async with _of(dashboard, ada) as browser:
        seen = (await browser.get("/kpis")).form("/do/kpi/delete")
        await logs(dashboard, ada, {OPT_IN: 2.5})
        asked = await browser.post("/do/kpi/delete", seen)
        assert "Delete the last 7 days" in asked.text, "it changed meanwhile, so it is asked about again"
        gone = await browser.post("/do/kpi/delete", (await browser.get("/kpis")).form("/do/kpi/delete"))
        assert "are gone from your report" in gone.text
        back = await browser.post("/do/kpi/putback", gone.form("/do/kpi/putback"))
        assert "are as they were" in back.text
        assert "2.5%" in back.text


async def test_nobody_sees_or_changes_what_is_anothers(dashboard: Served) -> None:
    ben, eve = named("Ben"), named("Eve")
    await logs(dashboard, ben, {OPT_IN: 4.321})
    (kept,) = await keeps(dashboard, ben, "Secret of Ben")
    async with _of(dashboard, ben) as browser:
        his = (await browser.get("/kpis")).form("/do/kpi/delete")
    async with _of(dashboard, eve) as browser:
        for path in ("/kpis", f"/kpis?{OPT_IN}=on", "/assets", "/assets?search=secret", "/settings"):
            page = (await browser.get(path)).text
            assert "4.321" not in page
            assert "Secret of Ben" not in page
        assert (await browser.get(f"/assets?open={kept}")).status == 404
        mine = (await browser.get("/settings")).form("/do/mydata/export")
        stolen = {**mine, "v:period": his["v:period"], "v:version": his["v:version"]}
        assert "No figures are kept" in (await browser.post("/do/kpi/delete", stolen)).text
    async with _of(dashboard, ben) as browser:
        assert "4.321" in (await browser.get("/kpis")).text


async def test_assets_are_filtered_found_sorted_and_turned_over(dashboard: Served) -> None:
    ivy = named("Ivy")
    await keeps(dashboard, ivy, *(f"Hook {at:02}" for at in range(24)))
    (gift,) = await keeps(dashboard, ivy, "A quiz about jars", step=Step.GIFT)
    async with _of(dashboard, ivy) as browser:
        first, second = (await browser.get("/assets")).text, (await browser.get("/assets?page=2")).text
        assert (len(set(OPENED.findall(first))), len(set(OPENED.findall(second)))) == (20, 5)
        assert not set(OPENED.findall(first)) & set(OPENED.findall(second))
        assert set(OPENED.findall((await browser.get("/assets?step=Gift")).text)) == {gift}
        assert set(OPENED.findall((await browser.get("/assets?search=QUIZ+jars")).text)) == {gift}
        titles = re.findall(r"<strong>\d+\. ([^<]+)</strong>", (await browser.get("/assets?order=title")).text)
        assert titles[0] == "A quiz about jars"
        assert titles[1:] == sorted(titles[1:])
        assert "<strong>" in (await browser.get("/assets?page=99")).text
        for odd in ("step=Nowhere", "status=x", "order=by", "page=x"):
            assert "There is no such part" in (await browser.get(f"/assets?{odd}")).text, odd
        assert "None of your assets fits that" in (await browser.get("/assets?search=nothing+like+it")).text


async def test_an_asset_is_changed_put_live_and_archived_where_it_is_open(dashboard: Served) -> None:
    zoe = named("Zoe")
    (kept,) = await keeps(dashboard, zoe, "Jars that hold")
    here = f"/assets?open={kept}"
    async with _of(dashboard, zoe) as browser:
        assert "<strong>Jars that hold</strong> and a seal." in (await browser.get(here)).text
        edit = (await browser.get(f"{here}&do=edit")).form("/do/assets/edit")
        texts = {"v:asset_type": "Email", "v:title": "Jars", "v:content": "Jars that *hold*"}
        saved = await browser.post("/do/assets/edit", {**edit, **texts})
        assert saved.url.endswith(here)
        assert "<em>hold</em>" in saved.text
        assert ">\nJars that hold</textarea>" in saved.text, "what is copied has no signs"
        live = (await browser.get(f"{here}&do=live")).form("/do/assets/implement")
        wrong = await browser.post("/do/assets/implement", {**live, "v:since": "2026-01-05", "v:link": "jars"})
        assert wrong.status == 422
        form = {**wrong.form("/do/assets/implement"), "v:since": "2026-01-05", "v:link": "https://shop.example/jars"}
        page = await browser.post("/do/assets/implement", form)
        assert "live since 5 Jan 2026" in page.text
        assert 'href="https://shop.example/jars"' in page.text
        assert "Before and after" in page.text
        archived = await browser.post("/do/assets/archive", page.form("/do/assets/archive"))
        assert "Archived. It is kept" in archived.text
        assert kept not in (await browser.get("/assets")).text.partition("listing")[2]
        assert kept in (await browser.get("/assets?status=Archived")).text


async def test_what_is_looked_at_is_a_page_of_its_own_and_what_was_done_a_note(dashboard: Served) -> None:
    una = named("Una")
    (kept,) = await keeps(dashboard, una, "Jars")
    async with _of(dashboard, una) as browser:
        copied = await browser.get(f"/do/assets/copy?v:asset={kept}&_back=/assets")
        assert "/do/assets/copy" in copied.url
        assert "Jars and a seal." in copied.text, "without scripts too"
        assert 'href="/do/mydata/show?_back=' in (await browser.get("/settings")).text, "the way back leads to it too"
        held = await browser.get("/do/mydata/show")
        assert "<dd>1</dd>" in held.text
        await asks(dashboard, una, "commit keep", what="Film the jars", by="in 3 days")
        done = await browser.post("/do/commit/done", (await browser.get("/do/commitments")).form("/do/commit/done"))
        assert done.url.endswith("/do/commitments"), "back to the page where it was pressed"
        assert '<div class="note tone-good"><p><strong>Film the jars</strong>: done.' in done.text
        assert "Film the jars" not in (await browser.get("/")).text, "told once"
        for path in ("/settings", "/kpis"):
            page = (await browser.get(path)).text
            assert "Other programs cannot reach this bot yet" in page
            assert "/do/kpi/connect" not in page, "there can be no address, so none is shown"
        code = await browser.post("/do/link", (await browser.get("/settings")).form("/do/link"))
        assert code.status == 200


async def test_a_file_of_figures_is_chosen_on_the_page_that_says_so(dashboard: Served) -> None:
    async with _of(dashboard, named("Uri")) as browser:
        page = (await browser.get("/do/kpi/import")).text
    assert "<strong>Choose a file</strong> below: CSV or XLSX." in page
    assert 'type="file"' in page
    assert "direct message" not in page


async def test_what_is_looked_for_has_an_address_that_can_be_loaded_anew(dashboard: Served) -> None:
    async with _of(dashboard, named("Lou")) as browser:
        form = (await browser.get("/do/me/looks?_form=1&_back=%2Fsettings")).form("/do/me/looks")
        found = await browser.post("/do/me/looks", {**form, "v:search": "coach", "v:order": ""})
        assert found.url.endswith("/do/me/looks?v:search=coach&_back=/settings")
        assert found.status == 200


async def test_settings_are_kept_by_the_commands_of_chat(dashboard: Served) -> None:
    uma = named("Uma")
    async with _of(dashboard, uma) as browser:
        profile = (await browser.get("/settings?edit=profile")).form("/do/me/edit")
        wrong = await browser.post("/do/me/edit", {**profile, "v:name": "Uma K", "v:timezone": "Atlantis"})
        assert wrong.status == 422
        kept = await browser.post("/do/me/edit", {**wrong.form("/do/me/edit"), "v:name": "Uma K", "v:timezone": "Lisbon"})
        assert "Europe/Lisbon" in kept.text
        assert "Uma K" in kept.text
        opened = await browser.post("/do/me/coach", {**kept.form("/do/me/coach"), "m:parts": "figures"})
        assert "Open to your coaches now: your figures." in opened.text
        assert re.search(r'value="figures" checked', opened.text)
        async with _of(dashboard, uma) as other:
            page = (await browser.get("/settings")).text
            assert (page.count("This browser"), page.count("Another browser")) == (1, 1)
            await browser.post("/sign-out/everywhere", (await browser.get("/settings")).form("/sign-out/everywhere"))
            assert (await other.get("/settings")).status == 401


async def test_all_data_is_downloaded_through_the_session_alone(dashboard: Served) -> None:
    sam = named("Sam")
    await logs(dashboard, sam, {OPT_IN: 2.0})
    async with _of(dashboard, sam) as browser:
        form = (await browser.get("/settings")).form("/do/mydata/export")
        async with browser.session.post(
            f"{dashboard.url}/do/mydata/export", data=form, headers={"Origin": dashboard.url}
        ) as answer:
            assert answer.status == 200
            assert answer.headers["Content-Type"] == "application/zip"
            assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''elevate-")
            assert answer.headers["Cache-Control"] == "no-store"
            names = zipfile.ZipFile(io.BytesIO(await answer.read())).namelist()
        assert {"README.txt", "snapshots.csv", "json/userFunnelSnapshots.json"} <= set(names)
        assert (await browser.post("/do/mydata/export", {**form, "_csrf": "no"})).status == 403
    async with browsing(dashboard) as stranger:
        assert (await stranger.post("/do/mydata/export", form)).status == 401


@pytest.mark.parametrize("word", ["", "delete me", "DELET"])
async def test_nothing_is_erased_without_the_word(dashboard: Served, word: str) -> None:
    pat = named("Pat")
    await logs(dashboard, pat, {OPT_IN: 2.75})
    async with _of(dashboard, pat) as browser:
        form = (await browser.get("/settings")).form("/do/mydata/delete")
        assert "othing was erased" in (await browser.post("/do/mydata/delete", {**form, "v:word": word})).text
        assert "2.75%" in (await browser.get("/kpis")).text


async def test_with_the_word_everything_goes_and_nobody_is_signed_in_any_more(dashboard: Served) -> None:
    tom = named("Tom")
    person = await logs(dashboard, tom, {OPT_IN: 2.0})
    async with _of(dashboard, tom) as browser:
        form = (await browser.get("/settings")).form("/do/mydata/delete")
        page = await browser.post("/do/mydata/delete", {**form, "v:word": "delete"})
        assert page.status == 200
        assert "Everything that I kept of you is erased" in page.text
        assert (await browser.get("/settings")).status == 401
    assert await dashboard.program.people.by_id(person.id) is None
