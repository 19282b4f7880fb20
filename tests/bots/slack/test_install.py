"""Installing in several workspaces: through the real slack-bolt over real sockets, against the stand-in Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.oauth.installation_store import Installation
from structlog.testing import capture_logs

from bots.seals import Seals, WrongKey
from bots.settings import Settings
from bots.slack.install import Installations, States, TooMany, Unusable, oauth_of
from bots.slack.installed import KEPT, Authorize, ended
from bots.slack.pages import not_installed
from core.errors import SettingTrouble, StoreDown
from core.installations import STATE_LIFE, SlackInstallation
from persistence.documents import Database
from tests.blank import record_in
from tests.bots.slack.installing import SECRET, World, opened
from tests.passing import Operation, Passing
from tests.records import NOON
from tests.servers.slack import SlackServer


class Shaky(Passing):
    """A record that goes away when it is told to."""

    away = 0
    """So many operations fail from now on."""

    def before(self, operation: Operation) -> None:
        """Nothing answers while it is away."""
        if self.away:
            self.away -= 1
            raise StoreDown


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Shaky]:
    """A record of its own."""
    database = Shaky(await record_in(tmp_path))
    yield database
    await database.close()


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    """The stand-in, with one workspace that has not installed the app yet."""
    async with SlackServer() as slack:
        slack.world.bot_token(slack.team).revoked = True
        slack.team.installed = False
        yield slack


@pytest.fixture
async def world(slack: SlackServer, database: Shaky) -> AsyncIterator[World]:
    """The app, served."""
    async with opened(slack, database) as world:
        yield world


async def installs(world: World) -> str:
    """Somebody installs it in the newest workspace that lacks it; returns the page that they see in the end."""
    async with world.browser() as browser:
        page = await browser.visits("/slack/install")
    assert page.status == 200, page.text
    return page.text


async def test_two_workspaces_install_it_and_each_is_answered_with_its_own_token(world: World, slack: SlackServer) -> None:
    second = slack.another_team("Jars & <Salt>", installed=False)
    assert await world.installed.token_of(second.id) is None
    page = await installs(world)
    assert "Elevate is now in Jars &amp; &lt;Salt&gt;" in page
    assert "<Salt>" not in page
    assert "Elevate is now in Acme" in await installs(world)
    tokens = [await world.installed.token_of(team.id) for team in (slack.team, second)]
    assert tokens == [slack.world.bot_token(team).value for team in (slack.team, second)]
    assert len(set(tokens)) == 2
    for team in (slack.team, second):
        person, room = world.community(team)
        person.says("@Elevate hello", channel=room)
    await slack.settled(until=lambda: all(world.answers(team) for team in (slack.team, second)))
    assert [world.answers(team) for team in (slack.team, second)] == [["I am here."], ["I am here."]]
    assert slack.refusals == [], "a token of another workspace finds no channel"
    assert len(slack.called("auth.test")) == 2, "one at each installation, and none at a request"


async def test_slack_is_told_where_to_send_the_browser_back_to_and_what_the_bot_asks_for(
    world: World, slack: SlackServer
) -> None:
    async with world.browser() as browser:
        there = await browser.stops_at_slack()
    assert str(there.with_query(None)) == f"{slack.url}/oauth/v2/authorize"
    assert there.query["scope"] == "app_mentions:read,chat:write"
    assert there.query["user_scope"] == ""
    assert there.query["redirect_uri"] == f"{world.address}/slack/oauth_redirect"
    assert len(there.query["state"]) >= 40


async def test_uninstalling_removes_the_installation_and_its_token(world: World, slack: SlackServer) -> None:
    await installs(world)
    second = slack.another_team("Jars", installed=False)
    await installs(world)
    slack.uninstalls(slack.team)
    await slack.settled(until=lambda: ("app_uninstalled", slack.team.id) in world.heard)
    assert await world.installed.token_of(slack.team.id) is None
    assert await world.installed.token_of(second.id) == slack.world.bot_token(second).value
    assert await world.rows() == 1


async def test_a_token_that_is_taken_back_ends_the_installation_too(world: World, slack: SlackServer) -> None:
    await installs(world)
    slack.world.tell(slack.team, {"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}})
    await slack.settled(until=lambda: len(world.heard) == 1)
    assert await world.rows() == 1, "somebody's own token is not the bot's"
    slack.world.tell(slack.team, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [slack.team.bot_user]}})
    await slack.settled(until=lambda: len(world.heard) == 2)
    assert await world.rows() == 0


async def test_installing_again_keeps_the_row_of_before_and_the_newest_token_holds(world: World, slack: SlackServer) -> None:
    await installs(world)
    world.time.passes(minutes=1)
    await installs(world)
    assert await world.rows() == 2
    assert await world.installed.token_of(slack.team.id) == slack.world.bot_token(slack.team).value


async def test_word_of_an_end_that_comes_late_leaves_what_was_installed_since(world: World, slack: SlackServer) -> None:
    await installs(world)
    world.time.passes(hours=1)
    await installs(world)
    told = {"type": "event_callback", "event_time": int(NOON.timestamp()) + 60, "event": {"type": "app_uninstalled"}}
    context = AsyncBoltContext({"team_id": slack.team.id})
    assert await world.installed.heard(told, context)
    assert await world.rows() == 1
    assert await world.installed.token_of(slack.team.id) == slack.world.bot_token(slack.team).value


async def test_a_workspace_without_the_bot_is_not_answered(world: World, slack: SlackServer) -> None:
    person, room = world.community(slack.team)
    person.says("@Elevate hello", channel=room)
    await slack.settled()
    assert slack.called("chat.postMessage") == []
    await person.commands("/elevate", "help", room)
    await slack.settled()
    assert "I am not installed in this workspace any more" in str(slack.response_urls.responses)


async def test_a_state_works_once(world: World, slack: SlackServer) -> None:
    async with world.browser() as browser:
        there = await browser.stops_at_slack()
        first = await browser.visits(str(there))
        assert first.status == 200
        code = slack.installs(slack.team, f"{world.address}/slack/oauth_redirect")
        again = first.url.update_query(code=code)
        other = await browser.visits(str(again))
    assert (other.status, "another browser" in other.text) == (400, True), "the cookie went with the first"
    assert await world.rows() == 1
    assert not await world.flow.settings.state_store.async_consume(there.query["state"])


async def test_a_state_that_was_used_is_refused_in_words_though_the_cookie_is_there(world: World, slack: SlackServer) -> None:
    async with world.browser() as browser:
        there = await browser.stops_at_slack()
        assert await world.flow.settings.state_store.async_consume(there.query["state"])
        page = await browser.visits(str(there))
    assert (page.status, "That took too long" in page.text, "Begin again" in page.text) == (401, True, True)
    assert await world.rows() == 0


async def test_a_state_of_ten_minutes_ago_is_refused_in_words(world: World, slack: SlackServer) -> None:
    async with world.browser() as browser:
        there = await browser.stops_at_slack()
        world.time.passes(seconds=STATE_LIFE.total_seconds())
        page = await browser.visits(str(there))
    assert (page.status, "you began more than ten minutes ago" in page.text) == (401, True)
    assert await world.rows() == 0


async def test_installing_does_not_go_on_in_another_browser(world: World, slack: SlackServer) -> None:
    async with world.browser() as one, world.browser() as other:
        there = await one.stops_at_slack()
        page = await other.visits(str(there))
    assert (page.status, "in the same browser" in page.text) == (400, True)
    assert await world.rows() == 0


async def test_who_does_not_agree_is_told_that_nothing_was_installed(world: World) -> None:
    async with world.browser() as browser:
        page = await browser.visits("/slack/oauth_redirect?error=access_denied&state=x")
        odd = await browser.visits("/slack/oauth_redirect?error=%3Cscript%3Ealert(1)%3C/script%3E")
    assert (page.status, "Nothing was installed" in page.text) == (200, True)
    assert "<script>" not in odd.text
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert (page.headers["Referrer-Policy"], page.headers["Cache-Control"]) == ("no-referrer", "no-store")


async def test_a_code_that_slack_does_not_take_and_a_slack_that_is_away_are_told_in_words(
    world: World, slack: SlackServer
) -> None:
    async with world.browser() as browser:
        slack.fail("oauth.v2.access", error="invalid_code")
        refused = await browser.visits("/slack/install")
        slack.fail("oauth.v2.access", drop="before", times=9)
        away = await browser.visits("/slack/install")
    assert (refused.status, "Slack took something back" in refused.text) == (401, True)
    assert (away.status, "Slack does not answer" in away.text) == (503, True)


async def test_a_record_that_is_away_is_told_in_words(world: World, database: Shaky) -> None:
    async with world.browser() as browser:
        database.away = 1
        page = await browser.visits("/slack/install")
    assert (page.status, "The record cannot be reached just now" in page.text) == (503, True)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"bot_token": "xoxe.xoxb-1", "bot_refresh_token": "xoxe-1-1", "bot_token_expires_in": 43_200}, "token_rotation"),
        ({"user_token": "xoxp-1"}, "no_bot"),
    ],
)
async def test_what_could_not_be_used_for_long_is_refused_in_words(world: World, given: dict[str, Any], reason: str) -> None:
    with pytest.raises(Unusable) as caught:
        await Installations(world.store, world.seals, world.installed, world.time.now).async_save(
            Installation(team_id="T1", user_id="U1", **given)
        )
    assert str(caught.value) == reason
    assert "Begin again" in not_installed(reason)
    assert "Elevate's manifest" in unescape(not_installed(reason))
    assert await world.rows() == 0


async def test_nobody_fills_the_record_with_states(world: World) -> None:
    states = States(world.store, world.time.now, most=3)
    for _ in range(3):
        await states.async_issue()
    with pytest.raises(TooMany):
        await states.async_issue()
    world.time.passes(seconds=STATE_LIFE.total_seconds())
    assert await states.async_issue()


def _bytes_of(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in folder.rglob("*") if each.is_file())


async def test_no_token_and_no_state_lies_in_plain_text_in_the_data_folder(
    world: World, slack: SlackServer, tmp_path: Path
) -> None:
    await installs(world)
    async with world.browser() as browser:
        state = (await browser.stops_at_slack()).query["state"]
    kept = _bytes_of(tmp_path)
    assert slack.team.id.encode() in kept, "the installation is in there"
    for secret in (slack.world.bot_token(slack.team).value, state, slack.world.client_secret):
        assert secret.encode() not in kept


async def test_another_secret_key_leaves_a_workspace_off_and_says_so(
    world: World, slack: SlackServer, database: Database
) -> None:
    await installs(world)
    async with opened(slack, database, secret=SECRET[::-1]) as changed:
        with capture_logs() as logs:
            assert await changed.installed.token_of(slack.team.id) is None
        assert [each["event"] for each in logs] == ["slack installation not opened, workspace left off"]
        assert "ELEVATE_SECRET_KEY" in logs[0]["remedy"]
        person, room = changed.community(slack.team)
        person.says("@Elevate hello", channel=room)
        await slack.settled()
        assert slack.called("chat.postMessage") == []
        changed.time.passes(minutes=2)
        await installs(changed)
        assert await changed.installed.token_of(slack.team.id) == slack.world.bot_token(slack.team).value


async def test_what_another_process_removed_is_known_after_a_minute(world: World, slack: SlackServer) -> None:
    await installs(world)
    assert await world.installed.token_of(slack.team.id)
    await world.store.remove(None, slack.team.id, world.time.at)
    assert await world.installed.token_of(slack.team.id), "kept for a minute"
    world.time.passes(seconds=KEPT.total_seconds())
    assert await world.installed.token_of(slack.team.id) is None


async def test_an_event_that_comes_while_the_record_is_away_is_sent_again_and_answered(
    world: World, slack: SlackServer, database: Shaky
) -> None:
    await installs(world)
    person, room = world.community(slack.team)
    slack.deliveries.pauses = (0, 0, 0)
    database.away = 2  # the post comes as a message and as an app_mention
    person.says("@Elevate hello", channel=room)
    await slack.settled(until=lambda: bool(world.answers(slack.team)))
    assert world.answers(slack.team) == ["I am here."]
    assert database.away == 0


async def test_an_organizations_installation_answers_in_its_workspaces(world: World) -> None:
    kept = SlackInstallation(
        id="ins_1", enterprise_id="E1", bot_id="B1", bot_user_id="U1", bot_token=world.seals.seal("xoxb-whole"), installed_at=NOON
    )
    await world.store.add(kept)
    assert await world.installed.token_of("T7") is None, "nobody there has met the bot yet"
    context = AsyncBoltContext({"is_enterprise_install": True, "enterprise_id": "E1", "team_id": "T7"})
    authorize = Authorize(world.installed)
    for _ in range(2):
        found = await authorize(context=context, enterprise_id="E1", team_id="T7", user_id="U9")
        assert found is not None
        assert (found.bot_token, found.bot_user_id, found.user_id) == ("xoxb-whole", "U1", "U9")
    assert await world.installed.token_of("T7") == "xoxb-whole"
    told = {"type": "event_callback", "event": {"type": "app_uninstalled"}}
    assert await world.installed.heard(told, context)
    assert await world.installed.token_of("T7") is None


def test_an_end_is_told_from_other_events() -> None:
    assert ended({"event": {"type": "app_uninstalled"}})
    assert ended({"event": {"type": "tokens_revoked", "tokens": {"bot": ["U1"]}}})
    for other in ({}, {"event": None}, {"event": {"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}}}):
        assert not ended(other)
    assert not ended({"event": {"type": "message", "text": "app_uninstalled"}})


def test_a_seal_opens_under_its_own_secret_and_purpose_only() -> None:
    sealed = Seals(SECRET, "tokens").seal("xoxb-1")
    assert "xoxb" not in sealed
    assert Seals(SECRET, "tokens").open(sealed) == "xoxb-1"
    for other in (Seals(SECRET[::-1], "tokens"), Seals(SECRET, "else")):
        with pytest.raises(WrongKey):
            other.open(sealed)
    with pytest.raises(WrongKey):
        Seals(SECRET, "tokens").open(sealed[:-8] + "AAAAAAA=")


CLIENT = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s3cret"}
WHOLE = {**CLIENT, "ELEVATE_SECRET_KEY": SECRET.replace(" ", "-"), "SLACK_SIGNING_SECRET": "signs"}


def _settings(monkeypatch: pytest.MonkeyPatch, given: dict[str, str]) -> Settings:
    for name in (*WHOLE, "SLACK_APP_TOKEN", "SLACK_BOT_TOKEN", "ELEVATE_PUBLIC_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return Settings(_env_file=None)


def test_the_client_id_and_secret_switch_it_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert oauth_of(_settings(monkeypatch, {})) is None
    found = oauth_of(_settings(monkeypatch, {**WHOLE, "ELEVATE_PUBLIC_URL": "https://elevate.example/bot/"}))
    assert found is not None
    assert (found.client_id, found.client_secret) == ("1.2", "s3cret")
    assert found.redirect_uri == "https://elevate.example/bot/slack/oauth_redirect"
    assert found.seals.open(found.seals.seal("x")) == "x"


@pytest.mark.parametrize("missing", [*WHOLE])
def test_what_is_missing_beside_them_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    with pytest.raises(SettingTrouble) as caught:
        oauth_of(_settings(monkeypatch, {name: value for name, value in WHOLE.items() if name != missing}))
    assert missing in caught.value.message
    assert "\n" not in caught.value.message
