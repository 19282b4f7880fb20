"""The ability to hand over to a colleague, who then answers in the same turn."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from core.abilities.ability import knows
from core.chat.plan import Relay
from core.chat.ports import Used

REQUEST_AT_MOST = 2_000


@knows("")
async def hand_over(
    relay: Relay,
    *,
    agent: Annotated[str, Field(description="Who is to do it", max_length=80)],
    request: Annotated[
        str,
        Field(
            description="What they are to do, in a short first line that the student may read in a plan, such as: Three hooks "
            "for the spring launch. Below it, where they need it, what was settled so far",
            min_length=1,
            max_length=REQUEST_AT_MOST,
        ),
    ],
) -> Used:
    """Hand over to a colleague, who answers the student right after you under their own name, knowing the conversation and your
    request. Several take their turns in the order in which you call them. To name a colleague in your text hands nothing over.
    """
    return Used(relay.hand(agent, request))
