"""Files on their way to Slack: handed over in a conversation, or as the pictures of image blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import structlog
from aiohttp import ClientError

from bots.payload import inner, words
from bots.slack.api import Api
from bots.slack.payload import ident
from bots.slack.posts import PICTURE, Block, Post
from bots.slack.remedies import Abilities
from bots.slack.troubles import SlackRefused, SlackTrouble, SlackUnreachable
from core.holding import Wait
from core.request import File

log = structlog.get_logger()

LOOKS_AT_MOST = 12
LOOK_SECONDS = 0.5
"""A picture can be shown when Slack has worked on it, which takes a second or two."""
TRIES = 3


class Uploads:
    """The upload in three steps. https://docs.slack.dev/messaging/working-with-files"""

    def __init__(self, api: Api, abilities: Abilities, wait: Wait) -> None:
        self._api = api
        self._abilities = abilities
        self._wait = wait

    async def share(self, team: str, files: Sequence[File], channel: str, thread: str) -> bool:
        """Hand files over; False where we may not.

        Raises:
            SlackTrouble: Slack does not take them.
        """
        if not files:
            return True
        try:
            sent = [{"id": await self._sent(team, each), "title": each.name} for each in files]
            await self._completed(team, sent, channel_id=channel, thread_ts=thread or None)
        except SlackRefused as refused:
            if refused.code != "missing_scope":
                raise
            self._abilities.refused(team, refused)
            return False
        return True

    async def placed(self, team: str, post: Post, *, pictured: bool = True) -> tuple[Post, tuple[File, ...]]:
        """The post with its pictures uploaded; and the pictures that cannot be shown in it, for which their words stand there.

        With `pictured` false, that is all of them.
        """
        ids: dict[str, str | None] = {}
        for number, picture in enumerate(post.pictures):
            ids[f"{PICTURE}{number}"] = await self._shown(team, picture) if pictured else None
        missing = tuple(each for each, found in zip(post.pictures, ids.values(), strict=True) if found is None)
        blocks = tuple(_filled(each, ids) for each in post.blocks)
        return Post(post.text, blocks, files=post.files), missing

    async def _shown(self, team: str, picture: File) -> str | None:
        """The id of an uploaded picture that Slack can show by now; None where it cannot."""
        try:
            file = await self._sent(team, picture)
            await self._completed(team, [{"id": file, "title": picture.name}])
            for _ in range(LOOKS_AT_MOST):
                about = inner(await self._api.call(team, "files.info", file=file), "file")
                if words(about, "mimetype").startswith("image/"):
                    return file
                await self._wait(LOOK_SECONDS)
        except SlackRefused as refused:
            self._abilities.refused(team, refused)
        except SlackTrouble as trouble:
            log.warning("slack picture not uploaded", team=team, trouble=type(trouble).__name__)
        return None

    async def _sent(self, team: str, file: File) -> str:
        """The id of a file whose content is with Slack. What was begun and not completed, nobody ever sees."""
        for left in reversed(range(TRIES)):
            place = await self._api.call(team, "files.getUploadURLExternal", filename=file.name, length=len(file.content))
            try:
                async with self._api.clients.session.post(words(place, "upload_url"), data=file.content) as answer:
                    if answer.status == 200:
                        return ident(place, "file_id")
                    log.warning("slack upload refused", team=team, status=answer.status)
            except (ClientError, TimeoutError) as trouble:
                log.warning("slack upload lost", team=team, trouble=type(trouble).__name__)
            if left:
                await self._wait(LOOK_SECONDS)
        raise SlackUnreachable(perhaps_done=False)

    async def _completed(self, team: str, files: Sequence[Mapping[str, str]], **where: str | None) -> None:
        """Say that the files are whole, once: where no answer comes, Slack is asked whether it knows them."""
        for left in reversed(range(TRIES)):
            try:
                await self._api.call(team, "files.completeUploadExternal", files=files, **where)
            except SlackUnreachable as trouble:
                if trouble.perhaps_done and await self._known(team, files[0]["id"]):
                    return
                if not left:
                    raise
                await self._wait(LOOK_SECONDS)
            else:
                return

    async def _known(self, team: str, file: str) -> bool:
        try:
            await self._api.call(team, "files.info", file=file)
        except SlackRefused:
            return False
        return True


def _filled(block: Block, ids: dict[str, str | None]) -> Block:
    """The block with the uploaded picture's id; its words, where the picture could not be uploaded."""
    file = block.get("slack_file")
    if block.get("type") != "image" or not isinstance(file, dict) or file.get("id") not in ids:
        return block
    found = ids[str(file["id"])]
    if found is not None:
        return {**block, "slack_file": {"id": found}}
    return {"type": "context", "elements": [{"type": "plain_text", "text": str(block.get("alt_text") or "A picture")}]}
