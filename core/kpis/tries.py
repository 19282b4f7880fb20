"""Words that were likely meant for figures, whoever heard them: one that was missed keeps nobody from hearing the next."""

from __future__ import annotations

import re
from datetime import datetime

from core.kpis.metrics import Metrics
from core.kpis.yeses import agrees, doubts, in_plain
from core.meanwhile import TALKING, Meanwhile
from core.people.model import Person
from core.request import Said

TO_COME = re.compile(
    r"\?|\b(?:goals?|targets?|plan|planning|want|wants|wish|hope|need|needs|write|give|help|show|tell|explain|would|shall|"
    r"(?:can|could)(?!['’]?t)|should\s+(?:i|we)|what|why|how|when|which|who|where|if|until|till|tomorrow|tonight|today|next|more|"
    r"less|another|each|every|per|a\s+(?:day|week|month)|hooks?|headlines?|ideas?|posts?|posted)\b",
    re.IGNORECASE,
)
"""A question, a task or a wish: beside these words numbers are no figures that were."""
CORRECTS = re.compile(
    r"^\W*(?:no|nope|oh|ah|wait|hm+)\b|\b(?:sorry|oops|wait|i\s+meant?|correction|typo|mistake|actually|instead|wrong|not|"
    r"should\s+(?:be|read|have\s+been)|make\s+(?:it|that|the|my|our)|change|(?:i|we)\s+mis\w+|forgot(?:ten)?|missed|missing|"
    r"overlooked|left\s+out|because|with|incl|including|counting)\b",
    re.IGNORECASE,
)
"""Something is put right, or the reason for that is said."""


def is_another_try(words: str, metrics: Metrics) -> bool:
    """Whether they answer a read-back, or speak of figures that were."""
    said = in_plain(words)
    if agrees(said) or doubts(said):
        return True
    if not any(sign.isdigit() for sign in words) or TO_COME.search(words):
        return False
    return bool(metrics.mentions.search(words) or CORRECTS.search(words))


async def are_for_others(said: Said, person: Person, since: datetime, meanwhile: Meanwhile, metrics: Metrics) -> bool:
    """Whether words for figures that were read back, or saved, at that time are for somebody else: in a talk that goes on, and
    was of anything but these figures, they may be for the agent.
    """
    if not await meanwhile.is_for_others(said, person, since, talking=TALKING):
        return False
    return await meanwhile.is_for_others(said, person, since, ours=lambda words: is_another_try(words, metrics))
