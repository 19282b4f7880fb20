"""The playbook's prompts in the record, where other programs may read them."""

from __future__ import annotations

from collections.abc import Sequence

from core.playbook.model import PublishedPrompt
from core.playbook.prompts import Prompt
from persistence.documents import Database


class PromptRecord:
    """The files are the source; what is in the record follows them."""

    def __init__(self, database: Database) -> None:
        self._prompts = database.collection("playbookPrompts")

    async def publish(self, prompts: Sequence[Prompt]) -> int:
        """Bring the collection up to date; returns how many were written."""
        wanted = {each.id: each for each in (PublishedPrompt.from_file(prompt) for prompt in prompts)}
        kept = {str(each["_id"]): each.get("digest") for each in await self._prompts.find({}, fields=("digest",))}
        written = 0
        for key, prompt in wanted.items():
            if kept.get(key) == prompt.digest:
                continue
            fields = {name: value for name, value in prompt.document().items() if name != "_id"}
            await self._prompts.update({"_id": key}, {"$set": fields}, upsert=True)
            written += 1
        for key in kept.keys() - wanted.keys():
            await self._prompts.delete({"_id": key})
        return written
