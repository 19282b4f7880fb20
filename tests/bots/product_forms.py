"""Every form that the product has, for surfaces to show: each command's own, and those that commands make."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from datetime import UTC, datetime

from bots.wiring import Program
from core.command import form_of
from core.contents import SHIPPED
from core.request import Actor, Asked, Typed
from core.ui import Answer, Form, Live

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SENT = {"foundation save", "assets add"}
LONG_TEXT = "\n\n".join(f"Part {number}. " + "Salt, water and time. " * 40 for number in range(12)).strip()


async def every_form(program: Program, actor: Actor) -> AsyncGenerator[Form, None]:
    """All of them, as this account is shown them; long texts are in some."""
    for command in program.app.catalog.commands.values():
        answer = await _ask(program, actor, command.name, form=True)
        # What only coaches may ask for is made from the same declaration.
        yield answer if isinstance(answer, Form) else form_of(command, {})
        assert isinstance(answer, Form) or command.needs, command.name
    await _ask(program, actor, "foundation save", {"customerAvatar.pains": ("It smelled off", "A fuzzy batch")})
    await _ask(program, actor, "assets add", {"step": "Hook", "asset_type": "Post", "content": LONG_TEXT})
    made = [
        *(("module worksheet", {"module": str(number)}) for number in range(10)),
        *(("module note", {"module": str(number)}) for number in range(10)),
        *(("foundation edit", {"cell": name}) for name in ("company", "market", "customer", "pains", "customer extras")),
        *(("kpi figures", {"level": name, "span": "Week"}) for name in ("Attract", "Convert", "Grow")),
        *((name, {}) for name in ("welcome", "kpi log", "kpi metrics", "kpi settings", "mydata delete")),
        ("assets edit", {"asset": "1"}),
        ("me edit", {"name": "Maya", "timezone": "Atlantis"}),
    ]
    for name, values in made:
        answer = await _ask(program, actor, name, values)
        if isinstance(answer, Form):
            yield answer
    for path in sorted((SHIPPED / "prompts").glob("*/*.md")):
        answer = await _ask(program, actor, "run", {"code": path.stem})
        if isinstance(answer, Form):
            yield answer
        elif isinstance(answer, Live):
            await answer.updates.aclose()


async def _ask(
    program: Program, actor: Actor, command: str, values: Mapping[str, Typed] | None = None, *, form: bool = False
) -> Answer:
    asked = Asked(
        id=f"{command} {values}",
        actor=actor,
        address=actor.direct,
        at=AT,
        command=command,
        values=values or {},
        form=form,
        submitted=command in SENT and not form,
    )
    return await program.app.handle(asked)
