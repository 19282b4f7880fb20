"""What people do in the stand-in Slack, with the real slack-bolt at the other end."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from tests.contracts.slack.tiny_app import FORM, Json, TinyApp
from tests.servers.slack import Impossible, Person, SlackServer


@pytest.mark.usefixtures("app")
async def test_words_are_answered_in_their_thread(slack: SlackServer, maria: Person) -> None:
    said = maria.says("hello")
    await slack.settled()
    maria.sees("You said: hello")
    assert maria.last.thread_ts == said.ts
    assert maria.last.author == "Elevate"


@pytest.mark.usefixtures("app")
async def test_a_command_leads_to_buttons_and_a_form(slack: SlackServer, maria: Person) -> None:
    await maria.commands("/ask", "now")
    assert maria.last.ephemeral
    maria.sees("Shall we?", "[Yes]", "[Form]")
    await maria.presses("Form")
    await slack.settled()
    assert maria.modal is not None
    assert maria.modal.title == "A form"
    assert await maria.submits({"Name": "Nobody"}) == {"Name": "Somebody, please"}
    maria.sees("Somebody, please")
    assert await maria.submits({"Name": "Maria", "City": "Madrid"}) == {}
    assert maria.modal is None
    await maria.presses("Yes")
    await slack.settled()
    maria.sees("Gladly")
    assert maria.troubles == []


@pytest.mark.usefixtures("app")
async def test_a_form_is_held_to_its_limits_before_it_is_sent(slack: SlackServer, maria: Person) -> None:
    await maria.commands("/ask")
    await maria.presses("Form")
    await slack.settled()
    sent = len(slack.acks)
    assert await maria.submits({"Age": "old"}) == {
        "Name": "Please complete this required field.",
        "Age": "Please enter a number.",
    }
    assert await maria.submits({"Name": "x" * 11, "Age": "0"}) == {
        "Name": "This entry can't be longer than 10 characters.",
        "Age": "Enter a number of at least 1.",
    }
    assert len(slack.acks) == sent
    with pytest.raises(Impossible, match="no field"):
        await maria.submits({"Surname": "x"})
    with pytest.raises(Impossible, match="no option 'Paris'"):
        await maria.submits({"City": "Paris"})
    assert maria.modal is not None
    assert maria.modal.field("Age").value == "0"
    await maria.closes()
    with pytest.raises(Impossible, match="no form is open"):
        await maria.submits()


async def test_what_an_app_does_not_answer_in_time_is_told_by_slack(slack: SlackServer, maria: Person) -> None:
    slack.deliveries.patience = 0.0
    await maria.commands("/ask")
    assert maria.troubles == ['/ask failed with the error "operation_timeout"']


@pytest.mark.usefixtures("app")
async def test_what_is_ephemeral_is_seen_by_one(slack: SlackServer, maria: Person) -> None:
    ben = slack.person("Ben")
    room = slack.channel("general", maria, ben)
    await maria.commands("/ask", channel=room)
    assert [each.ephemeral for each in maria.messages(room)] == [True]
    assert ben.messages(room) == []
    with pytest.raises(Impossible):
        await ben.presses("Yes")
    await maria.presses("Yes")
    await slack.settled()
    assert maria.last.text == "Gladly"
    assert maria.last.ephemeral


async def test_interactions_have_their_documented_shape(slack: SlackServer, app: TinyApp, maria: Person) -> None:
    await maria.commands("/ask", "@Maria")
    command = app.heard[-1]
    assert command["text"] == f"<@{maria.id}|maria>"
    assert command["channel_name"] == "directmessage"
    await maria.presses("Form")
    pressed = app.heard[-1]
    assert pressed["container"]["is_ephemeral"]
    assert "message" not in pressed
    assert pressed["actions"][0]["action_id"] == "form"
    await slack.settled()
    assert await maria.suggestions("City", "l") == ["London", "Lisbon"]
    asked = app.heard[-1]
    assert (asked["type"], asked["value"], asked["container"]["type"]) == ("block_suggestion", "l", "view")
    said = maria.says("keep this")
    await slack.settled()
    await maria.shortcut("save", said)
    assert (app.heard[-1]["type"], app.heard[-1]["message"]["text"]) == ("message_action", "keep this")
    await maria.shortcut("save")
    assert app.heard[-1]["type"] == "shortcut"


async def test_a_menu_and_a_thumb_are_used_on_a_message(slack: SlackServer, app: TinyApp, maria: Person) -> None:
    option = {"text": {"type": "plain_text", "text": "Weekly"}, "value": "w"}
    good = {"text": {"type": "plain_text", "text": "Good"}, "value": "good"}
    bad = {"text": {"type": "plain_text", "text": "Bad"}, "value": "bad"}
    rated = {"type": "feedback_buttons", "action_id": "feedback", "positive_button": good, "negative_button": bad}
    menu = {
        "type": "static_select",
        "action_id": "feedback",
        "placeholder": {"type": "plain_text", "text": "How often"},
        "options": [option],
    }
    await app.client.chat_postMessage(
        channel=maria.dm.id,
        text="x",
        blocks=[{"type": "actions", "elements": [menu]}, {"type": "context_actions", "elements": [rated]}],
    )
    await maria.chooses("How often", "Weekly")
    chosen = app.heard[-1]
    assert chosen["actions"][0]["selected_option"] == option
    assert [each["feedback"]["selected_option"] for each in chosen["state"]["values"].values()] == [option]
    with pytest.raises(Impossible):
        await maria.chooses("How often", "Daily")
    await maria.presses("Bad")
    assert app.heard[-1]["actions"][0]["value"] == "bad"
    assert app.heard[-1]["message"]["ts"] == maria.last.ts
    await slack.settled()


async def test_the_home_tab_is_opened_read_and_pressed(slack: SlackServer, app: TinyApp, maria: Person) -> None:
    maria.opens_home()
    await slack.settled()
    assert "view" not in app.heard[-1]["event"]
    button = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "feedback"}
    shown = {"type": "home", "blocks": [{"type": "actions", "elements": [button]}]}
    first = await app.client.views_publish(user_id=maria.id, view=shown)
    maria.sees("[Go]")
    await maria.presses("Go")
    assert app.heard[-1]["view"]["hash"] == first["view"]["hash"]
    maria.opens_home()
    await slack.settled()
    assert app.heard[-1]["event"]["view"]["id"] == first["view"]["id"]
    maria.opens_messages()
    await slack.settled()
    assert app.heard[-1]["event"]["tab"] == "messages"


async def test_edits_deletions_and_the_bots_own_words_come_to_the_app(slack: SlackServer, app: TinyApp, maria: Person) -> None:
    said = maria.says("helo")
    await slack.settled()
    maria.edits(said, "hello")
    maria.deletes(said)
    await slack.settled()
    told = [each.payload["event"] for each in slack.acks]
    assert [each.get("subtype", each.get("bot_id")) for each in told] == [
        None,
        slack.team.bot_id,
        "message_changed",
        "message_deleted",
    ]
    assert (told[2]["message"]["text"], told[2]["previous_message"]["text"]) == ("hello", "helo")
    await app.client.chat_postMessage(channel=maria.dm.id, text="x", username="Mira")
    await slack.settled()
    assert slack.acks[-1].payload["event"]["subtype"] == "bot_message"
    assert "user" not in slack.acks[-1].payload["event"]


async def test_an_update_without_blocks_keeps_those_that_were_there(app: TinyApp, maria: Person) -> None:
    blocks = [{"type": "divider"}]
    ts = (await app.client.chat_postMessage(channel=maria.dm.id, text="x", blocks=blocks))["ts"]
    await app.client.chat_update(channel=maria.dm.id, ts=ts, text="y")
    maria.sees("———")
    await app.client.chat_update(channel=maria.dm.id, ts=ts, text="y", blocks=[])
    assert maria.last.text == "y"


async def test_a_response_url_is_used_five_times_within_half_an_hour(
    slack: SlackServer, app: TinyApp, maria: Person, session: aiohttp.ClientSession
) -> None:
    await maria.commands("/ask")
    url = app.heard[-1]["response_url"]

    async def respond(**body: object) -> tuple[int, str]:
        async with session.post(url, json=body) as answer:
            return answer.status, await answer.text()

    assert (await respond(text="to all", response_type="in_channel"))[0] == 200
    assert not maria.last.ephemeral
    assert "invalid_blocks" in (await respond(blocks=[{"type": "section"}]))[1]
    for text in "345":
        assert await respond(text=text) == (200, "ok")
    assert (await respond(text="6"))[0] == 404
    await maria.commands("/ask")
    url = app.heard[-1]["response_url"]
    slack.clock.advance(1801)
    assert "expired_url" in (await respond(text="late"))[1]
    assert [error for _, error in slack.response_urls.responses].count("used_url") == 1


async def test_what_people_write_comes_escaped_and_as_rich_text(slack: SlackServer, app: TinyApp, maria: Person) -> None:
    maria.says("@Elevate 1 < 2 & see https://example.com/?a=1&b=2")
    await slack.settled()
    event = app.heard[0]["event"]
    assert event["text"] == f"<@{slack.team.bot_user}> 1 &lt; 2 &amp; see <https://example.com/?a=1&amp;b=2>"
    parts = event["blocks"][0]["elements"][0]["elements"]
    assert [each["type"] for each in parts] == ["user", "text", "link"]
    assert (parts[1]["text"], parts[2]["url"]) == (" 1 < 2 & see ", "https://example.com/?a=1&b=2")


async def test_a_reaction_and_a_look_elsewhere_come_to_the_app(slack: SlackServer, app: TinyApp, maria: Person) -> None:
    said = maria.says("hello")
    await slack.settled()
    maria.reacts(said, "thumbsup")
    maria.looks_at(slack.channel("general", maria))
    await slack.settled()
    assert [each["event"]["type"] for each in app.heard[-2:]] == ["reaction_added", "app_context_changed"]


async def test_what_an_app_answers_wrongly_is_told_by_slack(slack: SlackServer, app: TinyApp, maria: Person) -> None:
    blocks = [{"type": "input", "label": {"type": "plain_text", "text": "x"}, "element": {"type": "plain_text_input"}}]
    view = {"type": "modal", "callback_id": "strange", "title": {"type": "plain_text", "text": "T"}, "blocks": blocks}
    submit = {"submit": {"type": "plain_text", "text": "Go"}, "notify_on_close": True}

    @app.app.view("strange")
    async def answer(ack: Any, view: Json) -> None:
        words = next(iter(next(iter(view["state"]["values"].values())).values()))["value"]
        strange: Json = {
            "errors": {"errors": {"nowhere": "x"}},
            "update": {"view": {"type": "modal"}},
            "push": {"view": FORM},
            "clear": {},
        }
        await ack(response_action=words, **strange[words])

    await app.client.views_open(trigger_id=slack.world.trigger(maria.user), view={**view, **submit})
    for words, told in (("errors", "invalid_response"), ("update", "invalid_arguments")):
        assert await maria.submits({"x": words}) == {}
        assert told in maria.troubles[-1]
    await maria.submits({"x": "push"})
    assert maria.modal is not None
    assert maria.modal.title == "A form"
    await maria.closes()
    await maria.submits({"x": "clear"})
    assert maria.modal is None


async def test_what_was_posted_comes_back_escaped_and_reads_plainly(slack: SlackServer, app: TinyApp, maria: Person) -> None:
    button = {"type": "button", "text": {"type": "plain_text", "text": "A & B"}, "action_id": "feedback"}
    words = {"type": "section", "text": {"type": "mrkdwn", "text": "1 &lt; 2 & <https://example.com|there>"}, "accessory": button}
    await app.client.chat_postMessage(channel=maria.dm.id, text="x", blocks=[words])
    maria.sees("1 < 2 & ", "[A & B]")
    await maria.presses("A & B")
    heard = app.heard[-1]
    assert heard["actions"][0]["text"]["text"] == "A &amp; B"
    assert heard["message"]["blocks"][0]["text"]["text"] == "1 &lt; 2 &amp; <https://example.com|there>"
    posted = await app.client.chat_postMessage(channel=maria.dm.id, markdown_text="**bold**")
    assert posted["message"]["text"] == "**bold**"
    await slack.settled()
