"""`elevate check`: what is on, what is off, which setting turns it on, and whether what is on works."""

from __future__ import annotations

import asyncio
import errno
import tempfile
from collections.abc import Awaitable
from dataclasses import dataclass
from enum import StrEnum

from bots.backing import claude, limits, record, unreached
from bots.features import catalog
from bots.misnamed import environment, misnamed
from bots.secretfiles import SECRETS, read_secrets
from bots.settings import Settings, described, secret_names
from core.content_check import check as flaws_in
from core.contents import SHIPPED
from core.errors import ModelUnreachable, StoreDown, StoreInUse, Trouble
from core.llm.prices import Prices, in_cents

SECONDS = 10
HEALTH_SECONDS = 2.0
"""For whoever has our port to say that it is an Elevate."""


class State(StrEnum):
    """How something stands."""

    OK = "OK"
    OFF = "off"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the answer."""

    name: str
    state: State
    words: str

    @property
    def failed(self) -> bool:
        """It is set, and does not work."""
        return self.state is State.FAILED

    def __str__(self) -> str:
        return f"{self.name:<12} {self.state:<7} {self.words}"


async def check(settings: Settings, seconds: float = SECONDS) -> tuple[Result, ...]:
    """Try everything at once, each for at most so many seconds."""
    parts = {
        "Data folder": _data_folder(settings),
        "Database": _database(settings),
        "Content": _content(settings),
        "Claude": _claude(settings),
        "Budget": _budget(settings),
        "Slack": _slack(settings),
        "Discord": _discord(settings),
        "Web": _web(settings),
        "Secrets": _secrets(settings),
    }
    names = " ".join(misnamed(environment(), described()))
    told = (Result("Names", State.FAILED, names),) if names else ()
    return (*told, *await asyncio.gather(*(_tried(name, part, seconds) for name, part in parts.items())))


class _Off(Exception):
    """This is not set; says which setting turns it on."""


async def _tried(name: str, part: Awaitable[str], seconds: float) -> Result:
    try:
        async with asyncio.timeout(seconds):
            return Result(name, State.OK, await part)
    except _Off as off:
        return Result(name, State.OFF, str(off))
    except Trouble as trouble:
        return Result(name, State.FAILED, trouble.message.replace("\n", "; "))
    except TimeoutError:
        return Result(name, State.FAILED, f"There was no answer within {seconds:g} seconds. Check the connection.")


async def _data_folder(settings: Settings) -> str:
    folder = settings.data_dir
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as tried:
            tried.write(b"tried")
    except OSError as trouble:
        raise Trouble(f"{folder} cannot be written ({trouble.strerror}). Set ELEVATE_DATA_DIR to one that can.") from None
    return str(folder)


async def _database(settings: Settings) -> str:
    try:
        async with record(settings) as database:
            answer = await database.ping()
    except StoreInUse:
        return "in use by an Elevate that is running"
    except StoreDown as trouble:
        raise Trouble(unreached(settings) or trouble.message) from None
    return answer if settings.mongodb_uri else f"{answer}; ELEVATE_MONGODB_URI would use a MongoDB instead"


async def _content(settings: Settings) -> str:
    folder = settings.content_dir or SHIPPED
    flaws = await asyncio.to_thread(flaws_in, folder)
    if flaws:
        more = f", and {len(flaws) - 1} more" if len(flaws) > 1 else ""
        raise Trouble(f"{flaws[0]}{more}. Run: elevate content check")
    return "the course as shipped" if settings.content_dir is None else str(folder)


async def _claude(settings: Settings) -> str:
    models = claude(settings)
    if models is None:
        raise _Off("The practice model answers. Set ANTHROPIC_API_KEY to turn Claude on.")
    large, small, other = models.large, models.small, models.fallback
    try:
        words = await large.check()
        if small.name != large.name:
            words += f"; {await small.check()} where little is asked"
        if other is not None and other.name == small.name:
            return f"{words} or the other is overloaded"
        return f"{words}; {await other.check()} where that is overloaded" if other else words
    except ModelUnreachable as trouble:
        raise Trouble(f"{trouble.message} It was tried at {settings.anthropic_base_url}.") from None


async def _budget(settings: Settings) -> str:
    """What may be spent, and by which prices it is counted."""
    if settings.anthropic_api_key is None:
        raise _Off("The practice model costs nothing.")
    prices = Prices(settings.content_dir or SHIPPED)
    budgets = limits(settings)
    each = f"{in_cents(budgets.daily)} a day for each person" if budgets.daily else "no limit for a person's day"
    together = f"{in_cents(budgets.monthly)} a month for all" if budgets.monthly else "no limit for a month"
    unknown = prices.unknown((settings.model, settings.small_model))
    dearest = f"; no price for {' and '.join(unknown)}, so it counts as {prices.dearest.name}, the dearest" if unknown else ""
    return f"{each}, {together}, by prices read on {prices.file.read_on:%-d %B %Y}{dearest}"


async def _slack(settings: Settings) -> str:
    from bots.slack.check import check as checked  # noqa: PLC0415 - most machines have no Slack

    if not settings.slack:
        raise _Off("Set SLACK_BOT_TOKEN and SLACK_APP_TOKEN to turn it on.")
    return await checked(settings, catalog())


async def _discord(settings: Settings) -> str:
    from bots.discord.check import check as checked  # noqa: PLC0415 - most machines have no Discord

    if settings.discord_bot_token is None:
        raise _Off("Set DISCORD_BOT_TOKEN to turn it on.")
    return await checked(settings, catalog())


async def _web(settings: Settings) -> str:
    if not settings.slack and not settings.discord:
        return "opens beside the terminal, for this machine alone; the terminal shows its address"
    host, port = settings.web_host, settings.web_port
    ours = "" if await _may_listen(host, port) else ", where an Elevate listens already"
    numbers = "for whoever brings ELEVATE_METRICS_TOKEN" if settings.metrics_token else "for this machine alone"
    return f"{host}, port {port}{ours}; /metrics {numbers}"


async def _may_listen(host: str, port: int) -> bool:
    """Whether the port is free: it is taken and let go of. False where an Elevate that lives has it.

    Raises:
        Trouble: it is another program's, or cannot be had.
    """
    from bots.healthy import asked  # noqa: PLC0415 - only where Slack or Discord is set
    from bots.web.server import why_not  # noqa: PLC0415

    try:
        tried = await asyncio.get_running_loop().create_server(asyncio.Protocol, host, port, start_serving=False)
    except OSError as trouble:
        if trouble.errno == errno.EADDRINUSE and (await asked(host, port, seconds=HEALTH_SECONDS)).well:
            return False
        raise Trouble(why_not(trouble, host, port)) from None
    tried.close()
    await tried.wait_closed()
    return True


async def _secrets(settings: Settings) -> str:
    """Which secrets lie in files, by their names."""
    folders = settings.secrets_dir or (SECRETS,)
    found = await asyncio.to_thread(read_secrets, folders, sorted(secret_names()))
    if not found:
        raise _Off("None lie in files. ELEVATE_SECRETS_DIR names a folder of them.")
    return f"{', '.join(found)} in {' and '.join(map(str, folders))}"
