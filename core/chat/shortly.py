"""What was said in a conversation, in short: for a coach, where the student agrees that one sees it."""

from __future__ import annotations

from core.chat.ports import ChatStore
from core.chat.window import spoken
from core.people.model import Person
from core.request import Address

LINES, CHARACTERS = 6, 280


class Shortly:
    """Tells it from what is remembered of the talk and its last lines, without asking a model. Implements
    `core.exchanges.ports.Talks`.
    """

    def __init__(self, store: ChatStore) -> None:
        self._store = store

    async def in_short(self, student: Person, address: Address) -> str:
        """What was said in the conversation at this address, in short, or "" where nothing was."""
        conversation = await self._store.conversation_at(student, address)
        if conversation is None:
            return ""
        talk = await self._store.talk(student, conversation.id, LINES)
        lines = []
        for each in spoken(talk.said)[-LINES:]:
            author = talk.people.get(each.author_participant_id)
            words = " ".join(each.content.split())
            if words and each.withdrawn_at is None:
                cut = words if len(words) <= CHARACTERS else f"{words[: CHARACTERS - 1]}…"
                lines.append(f"- **{author.name if author else 'Somebody'}:** {cut}")
        memory = [conversation.memory.text.strip()] if conversation.memory.text.strip() else []
        return "\n\n".join([*memory, "\n".join(lines)]).strip()
