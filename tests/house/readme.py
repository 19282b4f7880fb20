"""The tables that README.md has from the code, and .env.example: `make readme` writes them anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import click

from bots.__main__ import main
from bots.features import catalog
from core.command import Command
from core.roles import Role
from tests.house.settings_words import example
from tests.house.settings_words import table as settings
from tests.house.tree import ROOT

README, EXAMPLE = ROOT / "README.md", ROOT / ".env.example"
HELP_AT_MOST = 200


def commands() -> str:
    """What everybody can ask for, a row for each group; and what coaches can, a row for each command."""
    groups = {name: [each for each in parts if not each.needs] for name, parts in catalog().groups.items()}
    own = (_group(name, parts) for name, parts in groups.items() if parts)
    theirs = (each for parts in catalog().groups.values() for each in parts if each.needs)
    everybody = _table(("type", "and you see", "more of it, by a word after it"), own)
    coaches = _table(("type", "and you see, or do"), ((f"`/{each.name}`", _told(each)) for each in theirs))
    return f"Everybody:\n\n{everybody}\nCoaches and Admins besides:\n\n{coaches}"


def elevate() -> str:
    """The parts of the `elevate` command."""
    return _table(("command", "what it does"), _parts(main, "elevate"))


TABLES: Mapping[str, Callable[[], str]] = {"commands": commands, "elevate": elevate, "settings": settings}
"""By the name of the marks between which each stands: `<!-- settings -->` and `<!-- /settings -->`."""


def written(readme: str) -> str:
    """The README with each table as it is now; all else stays."""
    for name, table in TABLES.items():
        before, _, rest = readme.partition(f"<!-- {name} -->\n")
        _, _, after = rest.partition(f"<!-- /{name} -->")
        readme = f"{before}<!-- {name} -->\n{table()}<!-- /{name} -->{after}"
    return readme


def _group(name: str, parts: list[Command]) -> tuple[str, ...]:
    """The bare name asks for the group's first command."""
    return f"`/{name}`", parts[0].summary, ", ".join(f"`{each.name.removeprefix(name).strip()}`" for each in parts[1:])


def _told(command: Command) -> str:
    return f"{command.title}{' (Admins)' if command.needs == {Role.ADMIN} else ''}"


def _parts(command: click.Command, name: str) -> Iterator[tuple[str, str]]:
    inner = command.commands if isinstance(command, click.Group) else {}
    if name != "elevate" and (not inner or (isinstance(command, click.Group) and command.invoke_without_command)):
        wants = "".join(_wanted(each, click.Context(command)) for each in command.params if each.required)
        yield f"`{name}{wants}`", command.get_short_help_str(HELP_AT_MOST)
    for part, each in inner.items():
        yield from _parts(each, f"{name} {part}")


def _wanted(parameter: click.Parameter, context: click.Context) -> str:
    """What has to stand after the command."""
    option = f" {parameter.opts[0]}" if isinstance(parameter, click.Option) else ""
    return f"{option} {parameter.make_metavar(context)}"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "".join(f"| {' | '.join(each)} |\n" for each in (heads, ("---",) * len(heads), *rows))


if __name__ == "__main__":
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
    EXAMPLE.write_text(example(), encoding="utf-8")
