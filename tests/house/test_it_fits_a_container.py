"""The image and what runs beside it: only what runs is inside, nobody is root, secrets stay out, and it is given time to end."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Mapping
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

import pytest
import yaml

from bots.run import GRACE_SECONDS
from bots.settings import described, secret_names
from bots.web.server import GRACE_SECONDS as WEB_GRACE_SECONDS
from tests.house.tree import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
LINES = [line for line in re.sub(r"\\\n\s*", "", DOCKERFILE).splitlines() if line and not line.startswith("#")]
COMPOSE: Mapping[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
BOT: Mapping[str, Any] = COMPOSE["services"]["elevate"]


def told(instruction: str) -> list[str]:
    """What the instructions of this name say, in order."""
    return [line.partition(" ")[2] for line in LINES if line.startswith(f"{instruction} ")]


def copied() -> list[str]:
    """What is copied out of the project."""
    return [name for line in told("COPY") if not line.startswith("--from") for name in line.split()[:-1]]


def admitted() -> set[str]:
    """What `.dockerignore` lets into the build."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in lines, "whatever is not named stays outside"
    return {line.removeprefix("!") for line in lines if line.startswith("!")}


def test_the_image_has_two_stages_and_the_second_takes_the_environment_alone() -> None:
    assert len(told("FROM")) == 2
    second = LINES[LINES.index([line for line in LINES if line.startswith("FROM ")][1]) :]
    assert [line for line in second if line.startswith("COPY ")] == ["COPY --from=build /venv /venv"]


def test_what_is_copied_is_there_and_admitted_and_nothing_else_is() -> None:
    assert set(copied()) == admitted()
    assert [name for name in copied() if not (ROOT / name).exists()] == []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) <= set(copied())


def test_what_is_installed_is_locked_and_built_by_nobody() -> None:
    installs = [line for line in told("RUN") if " install " in line and line.startswith("pip")]
    assert len(installs) == 2
    assert {"--require-hashes", "--only-binary=:all:"} <= set(installs[0].split())
    assert {"--no-deps", "--no-index", "--no-build-isolation"} <= set(installs[1].split())


def test_nobody_is_root_and_nothing_secret_is_set() -> None:
    assert told("USER") == ["10001:10001"]
    assert not told("ARG")
    names = set(re.findall(r"([A-Z_]+)=", " ".join(told("ENV"))))
    assert not names & secret_names()
    assert {name for name in names if name.startswith("ELEVATE_")} <= described().keys()
    assert not set(BOT["environment"]) & secret_names()
    assert set(BOT["environment"]) <= described().keys()


def test_the_health_check_asks_the_program_and_no_platform() -> None:
    (check,) = told("HEALTHCHECK")
    assert check.endswith('CMD ["elevate", "healthy"]')
    assert "healthcheck" not in BOT


def test_the_bot_writes_its_data_alone_and_may_do_nothing_else() -> None:
    assert BOT["read_only"] is True
    assert BOT["tmpfs"] == ["/tmp"]
    assert BOT["cap_drop"] == ["ALL"]
    assert BOT["security_opt"] == ["no-new-privileges:true"]
    writable = [each for each in BOT["volumes"] if not each.endswith(":ro")]
    assert writable == ["elevate-data:/data"]
    assert told("VOLUME") == [BOT["environment"]["ELEVATE_DATA_DIR"]]


def test_it_is_given_longer_to_end_than_it_takes() -> None:
    given = int(BOT["stop_grace_period"].removesuffix("s"))
    assert given >= GRACE_SECONDS + WEB_GRACE_SECONDS + 5


def test_nothing_is_open_to_others_than_this_machine() -> None:
    ports = [port for each in COMPOSE["services"].values() for port in each.get("ports", ())]
    assert ports
    assert [port for port in ports if not port.startswith("127.0.0.1:")] == []
    assert "ports" not in COMPOSE["services"]["mongodb"]


def test_the_database_wants_a_password_that_nobody_wrote_down() -> None:
    mongodb, keys = COMPOSE["services"]["mongodb"], COMPOSE["services"]["keys"]["command"][0]
    assert "--keyFile" in mongodb["command"]
    made = set(re.findall(r"> (\w+)", keys))
    wanted = set(re.findall(r"/run/keys/(\w+)", str(mongodb))) | {"ELEVATE_MONGODB_URI", "mongodb_password"}
    assert made == wanted
    user = (ROOT / "deploy" / "mongodb-user.js").read_text(encoding="utf-8")
    assert "/run/keys/mongodb_password" in user
    assert any(each.startswith("./deploy/mongodb-user.js:/docker-entrypoint-initdb.d/") for each in mongodb["volumes"])
    assert BOT["environment"]["ELEVATE_SECRETS_DIR"].split(":") == ["/run/secrets", "/run/keys"]


@pytest.mark.skipif(sys.platform == "win32", reason="the keys are made by a shell of Linux")
def test_the_keys_are_made_once_and_fit_each_other(tmp_path: Path) -> None:
    """The script of `compose.yaml`, with the folder for its own and without giving files to accounts that are not here."""
    script = COMPOSE["services"]["keys"]["command"][0].replace("$$", "$").replace("/run/keys", str(tmp_path))
    script = re.sub(r"^chown .*$", "", script, flags=re.MULTILINE)
    for _ in range(2):
        subprocess.run(["bash", "-euc", script], check=True, timeout=20)
        found = {each.name: each.read_text(encoding="utf-8") for each in tmp_path.iterdir()}
    password, uri = found["mongodb_password"], found["ELEVATE_MONGODB_URI"]
    assert re.fullmatch(r"[0-9a-f]{64}", password)
    assert uri == f"mongodb://elevate:{password}@mongodb:27017/elevate?replicaSet=rs0"
    assert 6 <= len(found["mongodb_key"]) <= 1024, "https://www.mongodb.com/docs/manual/core/security-internal-authentication/"
    assert {oct(each.stat().st_mode & 0o777) for each in tmp_path.iterdir()} == {"0o400"}


def test_the_wheel_holds_everything_that_the_program_reads(tmp_path: Path) -> None:
    for name in copied():
        source = ROOT / name
        if source.is_dir():
            copytree(source, tmp_path / name, ignore=ignore_patterns("__pycache__"))
        else:
            (tmp_path / name).write_bytes(source.read_bytes())
    built = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "dist"]
    kept = {name: value for name, value in os.environ.items() if name not in described()}
    subprocess.run(built, cwd=tmp_path, env=kept, check=True, capture_output=True, timeout=60)
    (wheel,) = (tmp_path / "dist").iterdir()
    packages = [tmp_path / name for name in copied() if (tmp_path / name).is_dir()]
    there = {str(each.relative_to(tmp_path)) for folder in packages for each in folder.rglob("*") if each.is_file()}
    with zipfile.ZipFile(wheel) as opened:
        assert there - set(opened.namelist()) == set()
    assert {"core/content/foundation.yaml", "bots/slack/pages.css"} <= there
