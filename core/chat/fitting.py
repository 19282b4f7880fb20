"""Has an agent answer to a brief that its model can take: where the whole is too long, to a short one, once."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

from core.chat.briefing import Briefing, Round
from core.chat.enclosures import Given
from core.chat.memory import Remembering
from core.chat.plan import Part
from core.chat.ports import Asker
from core.chat.speaking import Speaking, Spoken
from core.errors import ModelTooLong
from core.ui import Update


class Fitting:
    """Gathers briefs, and sees to it that talks stay of a size. Without `remembering`, old lines fall off."""

    def __init__(self, briefing: Briefing, remembering: Remembering | None = None) -> None:
        self._briefing = briefing
        self._remembering = remembering

    async def updates(
        self, asked: Round, part: Part, given: Given, speaking: Speaking, asker: Asker, spoken: Spoken
    ) -> AsyncGenerator[Update, None]:
        """The answer, collected in `spoken` too. Closing it early stops whatever is under way.

        Raises:
            ModelTrouble: the model cannot answer, or not to the end.
            StoreTrouble: the brief cannot be gathered.
        """
        brief = await self._briefing.brief(asked, part, given)
        try:
            async with aclosing(speaking.updates(brief, part.agent, asker, spoken)) as updates:
                async for update in updates:
                    yield update
        except ModelTooLong:
            if self._remembering:
                await self._remembering.shorten(asked.person, asked.message.conversation_id)
            if spoken.text.strip() or spoken.used:  # what people have begun to read is never begun anew
                raise
            brief = await self._briefing.brief(asked, part, given, short=True)
            async with aclosing(speaking.updates(brief, part.agent, asker, spoken)) as updates:
                async for update in updates:
                    yield update
        if self._remembering:
            await self._remembering.after(asked.person, asked.message, brief, spoken.text, asked.at)
