"""The `elevate` command."""

from __future__ import annotations

from contextlib import AsyncExitStack
from functools import partial
from typing import TYPE_CHECKING

import click

import bots.lean  # noqa: F401 - before anything else takes structlog in
from bots import apps, coaches, nudging, operators
from bots.start import END_IT, start

if TYPE_CHECKING:
    from bots.settings import Settings


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="elevate", message="elevate %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """Elevate coaches the students of a cohort course.

    Without a command it does what `run` does: it starts every surface whose settings are there, and the terminal
    where there are none. `elevate check` says which are there.

    \b
    Examples:
      elevate
      elevate chat
      printf '%s\\n' '/foundation' '@Teacher what is a hook?' | elevate
    """
    if context.invoked_subcommand is None:
        context.invoke(run)


@main.command()
def run() -> None:
    """Start every surface whose settings are there; else the terminal.

    \b
    Examples:
      elevate run
      ELEVATE_DATA_DIR=~/course elevate run
    """
    start(_run)


@main.command()
def chat() -> None:
    """Talk on this terminal, or answer the lines of a pipe.

    \b
    Examples:
      elevate chat
      echo '/progress' | elevate chat
    """
    start(_chat)


@main.command()
def check() -> None:
    """Say what is on, what is off and which setting turns it on; exit with 1 if something set does not work.

    \b
    Example:
      elevate check
    """
    start(_check, logged=False)


@main.command()
@click.option("--ready", is_flag=True, help="Also whether the record answers, a platform is heard and the workers work.")
def healthy(ready: bool) -> None:
    """Ask the Elevate that runs here whether it lives; exit with 1 if it does not.

    It asks the web server at ELEVATE_WEB_PORT and nobody else, so that it may be asked as often as you like. One that runs
    at a terminal is known by the data folder that it holds.

    \b
    Examples:
      elevate healthy
      elevate healthy --ready
    """
    start(partial(_healthy, ready=ready), logged=False)


@main.group()
def content() -> None:
    """Work on the course's own files.

    \b
    Example:
      elevate content check
    """


@content.command("check")
def content_check() -> None:
    """Read every course file, and name file and line of whatever is wrong.

    \b
    Examples:
      elevate content check
      ELEVATE_CONTENT_DIR=~/my-course elevate content check
    """
    start(_content, logged=False)


@content.command("publish")
def content_publish() -> None:
    """Write the course into the record, where other programs may read it; only what changed. A running bot does so by itself.

    \b
    Examples:
      elevate content publish
      ELEVATE_CONTENT_DIR=~/my-course elevate content publish
    """
    start(_publish, in_use=END_IT)


for command in (apps.slack, operators.db, operators.jobs, operators.export, operators.erase, coaches.coach, nudging.nudges):
    main.add_command(command)


async def _run(settings: Settings) -> int:
    if not settings.slack and not settings.discord:
        return await _chat(settings)
    _tell_misnamed()
    from bots.serving import serve  # noqa: PLC0415 - a terminal needs neither Slack nor Discord

    return await serve(settings, click.echo)


async def _chat(settings: Settings) -> int:
    from bots.terminal.talk import attended, talk  # noqa: PLC0415
    from bots.wiring import build  # noqa: PLC0415

    _tell_misnamed()
    async with build(settings) as program, AsyncExitStack() as stack:
        pages = ""
        if attended():
            from bots.terminal.who import account  # noqa: PLC0415
            from bots.web.local import beside  # noqa: PLC0415 - a pipe serves no pages
            from core.contents import SHIPPED  # noqa: PLC0415

            faces = (settings.content_dir or SHIPPED) / "agents"
            pages = await stack.enter_async_context(beside(program, settings.web_port, faces, account()))
        return await talk(program.reception, program.surfaces, program.work, settings.data_dir, pages)


def _tell_misnamed() -> None:
    """Say what is set under a name that nobody reads, before anything else is said."""
    from bots.misnamed import environment, misnamed  # noqa: PLC0415
    from bots.settings import described  # noqa: PLC0415

    for each in misnamed(environment(), described()):
        click.echo(each, err=True)


async def _check(settings: Settings) -> int:
    from bots.check import check as checked  # noqa: PLC0415

    results = await checked(settings)
    click.echo("\n".join(str(each) for each in results))
    return 1 if any(each.failed for each in results) else 0


async def _healthy(settings: Settings, *, ready: bool) -> int:
    from bots.healthy import asked  # noqa: PLC0415

    told = await asked(settings.web_host, settings.web_port, ready=ready)
    if not told.well and not settings.slack and not settings.discord and settings.mongodb_uri is None:
        from persistence.embedded_folder import in_use  # noqa: PLC0415

        if in_use(settings.data_dir):
            click.echo("It runs at a terminal: it holds its record, and the dashboard beside it tells nobody more of its health.")
            return 0
    click.echo(told.words, err=not told.well)
    return 0 if told.well else 1


async def _content(settings: Settings) -> int:
    from core.content_check import check as flaws_in  # noqa: PLC0415
    from core.contents import SHIPPED  # noqa: PLC0415

    folder = settings.content_dir or SHIPPED
    flaws = flaws_in(folder)
    for flaw in flaws:
        click.echo(str(flaw), err=True)
    if not flaws:
        click.echo(f"The course in {folder} is in order.")
    return 1 if flaws else 0


async def _publish(settings: Settings) -> int:
    from bots.backing import publish_course  # noqa: PLC0415
    from core.content_check import check as flaws_in  # noqa: PLC0415
    from core.contents import SHIPPED  # noqa: PLC0415

    flaws = flaws_in(settings.content_dir or SHIPPED)
    for flaw in flaws:
        click.echo(str(flaw), err=True)
    if flaws:
        click.echo("Nothing was published.", err=True)
        return 1
    done = await publish_course(settings)
    counts = ((done.prompts, "prompt"), (done.modules, "module"), (done.agents, "agent"))
    told = ", ".join(f"{count} {noun}" if count == 1 else f"{count} {noun}s" for count, noun in counts)
    click.echo(f"Published what had changed: {told}.")
    return 0


if __name__ == "__main__":
    main()
