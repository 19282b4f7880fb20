"""`elevate run` as a process of its own, beside a stand-in Slack: by socket and by HTTP, killed in the middle, and ended."""

from __future__ import annotations

import re
from pathlib import Path

from tests.servers.claude import ClaudeServer, Says
from tests.servers.slack import SlackServer
from tests.stories.process import running
from tests.stories.slack import MANIFEST
from tests.stories.test_killed import QUESTION, SORRY, documents, held

RUN = ("-m", "bots", "run")
WITHIN_SECONDS = 60


async def test_a_question_that_was_taken_is_answered_by_the_next_start_once(tmp_path: Path, claude: ClaudeServer) -> None:
    async with SlackServer(MANIFEST) as slack:
        there = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token, "SLACK_API_URL": slack.api_url}
        maria = slack.person("Maria")
        claude.replies.extend([held(), Says(("It stops the right person.",))])
        async with running(tmp_path, claude, program=RUN, **there) as elevate:
            await slack.sockets.connected(2)
            asked = maria.says(QUESTION)
            await slack.settled(
                until=lambda: any("A hook is" in each.text for each in maria.answers), midway=True, within=WITHIN_SECONDS
            )
            await elevate.killed()
        async with running(tmp_path, claude, program=RUN, **there) as elevate:
            await slack.settled(
                until=lambda: any("It stops" in each.text for each in maria.answers), midway=True, within=WITHIN_SECONDS
            )
            assert await elevate.terminated() == 0
        _, sorry, answer = maria.answers
        assert SORRY in sorry.text
        assert (answer.author, answer.thread_ts) == ("Teacher", asked.ts)
        assert len(claude.requests) == 2
    [said] = await documents(tmp_path, "conversationMessages")
    assert [each["content"] for each in said] == [QUESTION, "It stops the right person."]


async def test_a_prompt_is_asked_for_filled_in_and_answered_by_http(tmp_path: Path) -> None:
    async with SlackServer(MANIFEST) as slack:
        there = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_SIGNING_SECRET": slack.signing_secret, "SLACK_API_URL": slack.api_url}
        maria = slack.person("Maria")
        async with running(tmp_path, None, program=RUN, ELEVATE_WEB_PORT="0", **there) as elevate:
            await elevate.shows("Listening at", "Elevate is running.")
            found = re.search(r"Listening at (http://\S+)\.\n", elevate.shown)
            assert found
            requests = slack.by_http(f"{found[1]}/slack/events")
            assert await requests.verify()
            await maria.commands("/foundation", "edit pains")
            await slack.settled(until=lambda: maria.modal is not None, within=WITHIN_SECONDS)
            await maria.submits({"Said pains": "My first batch went fuzzy"})
            await slack.settled(until=lambda: "Saved: Said pains." in maria.screen)
            maria.says("@Teacher what is a hook?")
            await slack.settled(until=lambda: maria.last.author == "Teacher")
            assert await elevate.terminated() == 0
        assert maria.troubles == []
        assert slack.refusals == []
