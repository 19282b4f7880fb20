"""The tools of an agent, and doing what a model asks of them for the person who asked, and for nobody else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import structlog

from core.abilities.ability import Ability
from core.abilities.business import check_webhook, compare_periods, read_snapshots, search_assets
from core.abilities.coursework import list_agents, read_module, read_progress, tick_checklist
from core.abilities.grids import propose_foundation, read_foundation
from core.abilities.playbook import list_prompts, render_prompt, run_prompt, save_asset
from core.chat.ports import Asker, Used
from core.errors import Trouble
from core.llm.calls import Tool, ToolCall
from core.services import Services

log = structlog.get_logger()

RESULT_AT_MOST = 24_000
"""Characters of a result that a model is given: some 6,000 tokens."""

ABILITIES: Mapping[str, Ability] = {
    each.name: each
    for each in (
        check_webhook,
        compare_periods,
        list_agents,
        list_prompts,
        propose_foundation,
        read_foundation,
        read_module,
        read_progress,
        read_snapshots,
        render_prompt,
        run_prompt,
        save_asset,
        search_assets,
        tick_checklist,
    )
}
"""Everything that an agent's list may name."""
READ_ONLY = frozenset(name for name, each in ABILITIES.items() if not each.saves)
"""What changes nothing, and proposes nothing."""


class Toolbox:
    """Implements `core.chat.ports.Tools`. What the services do, the abilities are given by type."""

    def __init__(self, services: Services) -> None:
        self._services = services
        missing = [each for ability in ABILITIES.values() for each in services.missing(ability.work, Asker)]
        if missing:
            raise LookupError(f"nobody built what these need: {', '.join(missing)}")

    def of(self, names: Iterable[str]) -> tuple[Tool, ...]:
        """Those of the names that there are; always in the same order, so that a cache knows them again."""
        return tuple(ABILITIES[name].tool for name in sorted(set(names) & ABILITIES.keys()))

    def title(self, name: str) -> str:
        """What is shown while it is at work."""
        return ABILITIES[name].title if name in ABILITIES else "Looking for a tool"

    def is_personal(self, name: str) -> bool:
        """Whether it gives what is the asker's own; so it is said of what is not there."""
        return name not in ABILITIES or ABILITIES[name].personal

    async def use(self, asker: Asker, names: Collection[str], call: ToolCall) -> Used:
        """Do it for the asker. `names` are the tools that the agent has; what it has not, is refused.

        Expected troubles come back as words for the model.
        """
        ability = ABILITIES.get(call.name) if call.name in names else None
        if ability is None:
            log.warning("tool refused", tool=call.name[:60])
            return Used(f"You have no tool called {call.name[:60]}. Do without it, or name the colleague who can.", failed=True)
        try:
            used: Used = await self._services.call(ability.work, asker, **ability.read(call.arguments))
        except Trouble as trouble:
            log.info("tool failed", tool=ability.name, trouble=type(trouble).__name__)
            return Used(trouble.message, failed=True)
        log.info("tool used", tool=ability.name, characters=len(used.text))
        if len(used.text) > RESULT_AT_MOST:
            return Used(f"{used.text[:RESULT_AT_MOST]}\n[cut here: ask for less at once]", used.cards)
        return used
