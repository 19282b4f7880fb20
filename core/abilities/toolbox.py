"""The tools of an agent, and doing what a model asks of them for the person who asked, and for nobody else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import structlog

from core.abilities.ability import Ability, choosing
from core.abilities.business import check_webhook, compare_periods, read_snapshots, search_assets
from core.abilities.coursework import list_agents, read_module, read_progress, tick_checklist
from core.abilities.following import compare_with_cohort, read_impact
from core.abilities.grids import propose_foundation, read_foundation
from core.abilities.hand_over import hand_over
from core.abilities.leading import change_reminders, join_cohort, log_figures, settle_commitment
from core.abilities.planning import commit, schedule_reminder
from core.abilities.playbook import list_prompts, render_prompt, run_prompt, save_asset
from core.chat.plan import Relay
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
        change_reminders,
        check_webhook,
        commit,
        compare_periods,
        compare_with_cohort,
        join_cohort,
        list_agents,
        list_prompts,
        log_figures,
        propose_foundation,
        read_foundation,
        read_impact,
        read_module,
        read_progress,
        read_snapshots,
        render_prompt,
        run_prompt,
        save_asset,
        schedule_reminder,
        search_assets,
        settle_commitment,
        tick_checklist,
    )
}
"""Everything that an agent's list may name."""
_WITH_HANDING_OVER = {**ABILITIES, hand_over.name: hand_over}
"""No list names it: whoever has somebody to hand over to has it."""
READ_ONLY = frozenset(name for name, each in ABILITIES.items() if not each.saves)
"""What changes nothing, and proposes nothing."""


class Toolbox:
    """Implements `core.chat.ports.Tools`. What the services do, the abilities are given by type."""

    def __init__(self, services: Services) -> None:
        self._services = services
        missing = [each for ability in _WITH_HANDING_OVER.values() for each in services.missing(ability.work, Asker, Relay)]
        if missing:
            raise LookupError(f"nobody built what these need: {', '.join(missing)}")

    def of(self, names: Iterable[str], colleagues: Sequence[str] = ()) -> tuple[Tool, ...]:
        """Those of the names that there are, and handing over to these; always in the same order, so that a cache knows them."""
        tools = {name: ABILITIES[name].tool for name in set(names) & ABILITIES.keys()}
        if colleagues:
            tools[hand_over.name] = choosing(hand_over.tool, "agent", colleagues)
        return tuple(tools[name] for name in sorted(tools))

    def title(self, name: str) -> str:
        """What is shown while it is at work; "" where nothing is."""
        return _WITH_HANDING_OVER[name].title if name in _WITH_HANDING_OVER else "Looking for a tool"

    def is_personal(self, name: str) -> bool:
        """Whether it gives what is the asker's own; so it is said of what is not there."""
        return name not in _WITH_HANDING_OVER or _WITH_HANDING_OVER[name].personal

    async def use(self, asker: Asker, names: Collection[str], call: ToolCall) -> Used:
        """Do it for the asker. `names` are the tools that the agent has; what it has not, is refused.

        Expected troubles come back as words for the model.
        """
        has = {*names, hand_over.name} if asker.relay.colleagues else set(names) & ABILITIES.keys()
        ability = _WITH_HANDING_OVER.get(call.name) if call.name in has else None
        if ability is None:
            log.warning("tool refused", tool=call.name[:60])
            return Used(f"You have no tool called {call.name[:60]}. Do without it, or name the colleague who can.", failed=True)
        try:
            used: Used = await self._services.call(ability.work, asker, asker.relay, **ability.read(call.arguments))
        except Trouble as trouble:
            log.info("tool failed", tool=ability.name, trouble=type(trouble).__name__)
            return Used(trouble.message, failed=True)
        log.info("tool used", tool=ability.name, characters=len(used.text))
        if len(used.text) > RESULT_AT_MOST:
            return Used(f"{used.text[:RESULT_AT_MOST]}\n[cut here: ask for less at once]", used.cards)
        return used
