"""/help: what can be asked for, drawn from the catalog itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from core.catalog import Catalog
from core.command import Arg, Command, Parameter, parameters
from core.listing import Listing
from core.people.model import Person
from core.request import Asked, Platform
from core.ui import Answer, Card, Facts, Message, Text

LISTS = "A list takes words to be found, and sort: and page: after them, such as price sort:name page:2."
"""What stands below commands that list something."""
LEAVING = ("/quit", "Leave; exit, bye and Ctrl-D do the same")
"""What a terminal alone has, since its conversation is a program that somebody began."""


@dataclass(frozen=True, slots=True)
class About:
    """A command to be explained."""

    command: Annotated[str | None, Arg("Command", "For example: run, or kpi log", max_length=60)] = None


async def show(asked: Asked, args: About, person: Person, catalog: Catalog) -> Answer:
    """All the commands that the person may use, or one of them closely."""
    if args.command:
        return _one(args.command.lstrip("/"), person, catalog)
    return everything(person, catalog, asked.actor.platform)


def everything(person: Person, catalog: Catalog, platform: Platform) -> Message:
    """All the commands that the person may use, and on a terminal how it is left."""
    allowed = ((name, _allowed(parts, person)) for name, parts in sorted(catalog.groups.items()))
    rows = [(f"/{name}", parts[0].summary) for name, parts in allowed if parts]
    rows += [LEAVING] if platform is Platform.TERMINAL else []
    words = (
        "Ask anything in your own words. **@Teacher** explains, **@Writer** drafts, and /agents lists all twelve. "
        "What you write to nobody in particular goes to whoever spoke last there. In a Slack channel, name one of us in each "
        "message, also in a thread: what people write to each other there is left to them."
        "\n\nThe commands. For more on one, add its name: /help kpi"
    )
    return Message(cards=(Card("Help", (Text(words), Facts(tuple(sorted(rows))))),), private=True)


def _one(name: str, person: Person, catalog: Catalog) -> Message:
    command, _ = catalog.find(*name.partition(" ")[::2])
    group = _allowed(catalog.groups.get(command.group, ()), person)
    parts = [each for each in group if name.strip() == command.group or each == command]
    rows = tuple((_usage(each), each.summary) for each in parts or [command])
    hints = [f"{each.arg.label}: {each.arg.hint}" for each in parameters(command.args) if each.arg.hint and len(parts) == 1]
    hints += [LISTS] if any(issubclass(each.args, Listing) for each in parts) else []
    more = (Text("\n".join(hints)),) if hints else ()
    return Message(cards=(Card(f"/{name.strip()}", (Facts(rows), *more)),), private=True)


def _allowed(parts: Sequence[Command], person: Person) -> list[Command]:
    """Those of the commands that are not refused to the person: the others lead them nowhere."""
    return [each for each in parts if not each.needs or person.role in each.needs]


def _usage(command: Command) -> str:
    shown = [each for each in parameters(command.args) if not each.arg.hidden]
    return " ".join([f"/{command.name}", *(_word(each) for each in shown)])


def _word(parameter: Parameter) -> str:
    return f"<{parameter.name}>" if parameter.required else f"[{parameter.name}]"


COMMANDS = (Command(name="help", summary="What you can ask for", args=About, handler=show, reads=True),)
