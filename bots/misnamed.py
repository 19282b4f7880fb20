"""Settings under a name that nobody reads: one slip of a finger, and a budget or a token is as good as not set."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable
from pathlib import Path

from bots.dotenv import DOTENV
from core.fuzzy import fuzz, process

OURS = "ELEVATE_"
THEIRS = (OURS, "SLACK_", "DISCORD_", "ANTHROPIC_")
"""How names begin that are meant for us where they stand in our `.env`; the environment holds those of other programs too."""
OF_TESTS = ("ELEVATE_TEST_", "ELEVATE_BENCH_", "ELEVATE_LONG_")
LINKED = re.compile(r"ELEVATE_(?:SERVICE_(?:HOST|PORT)(?:_\w+)?|PORT(?:_\d+_\w+)?)")
"""What Kubernetes tells every pod of a service that is called elevate, its `SERVICE_HOST` first:
https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables"""
LIKE_ENOUGH = 75


def environment() -> frozenset[str]:
    """The names that are set in this process's environment."""
    return frozenset(os.environ)


def misnamed(environment: Iterable[str], known: Collection[str], dotenv: Path = Path(DOTENV)) -> tuple[str, ...]:
    """A sentence for each name in the environment or in `.env` that is meant for us, and is no setting."""
    names = {each for each in environment if each.startswith(OURS)}
    if f"{OURS}SERVICE_HOST" in names:
        names = {each for each in names if not LINKED.fullmatch(each)}
    names |= {each for each in _written(dotenv) if each.startswith(THEIRS)}
    strange = sorted(each for each in names if each not in known and not each.startswith(OF_TESTS))
    return tuple(f"{each} is no setting.{_meant(each, known)}" for each in strange)


def _written(path: Path) -> Iterable[str]:
    if not path.is_file():
        return ()
    from dotenv import dotenv_values  # noqa: PLC0415 - most machines have no .env

    return dotenv_values(path, encoding="utf-8-sig")


def _meant(name: str, known: Collection[str]) -> str:
    found = process.extractOne(name, sorted(known), scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH)
    return f" Did you mean {found[0]}?" if found else ""
