"""The twelve agents, read from the course's files."""

from __future__ import annotations

import shutil
import struct
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import ValidationError

from core import plain
from core.abilities.toolbox import ABILITIES, READ_ONLY
from core.agents.agent import ROLES
from core.agents.commands import List, show
from core.agents.model import SystemAgent, UserAgent, kept_agent
from core.agents.own import OwnAgents
from core.agents.roster import Roster, read_roster
from core.contents import SHIPPED, Flawed
from core.errors import NotFound
from core.people.model import Person
from core.ui import Message
from persistence.agents import AgentsRecord
from persistence.documents import Database
from persistence.own_agents import OwnAgentsRecord

ROSTER = read_roster(SHIPPED / "agents")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "agents"
    shutil.copytree(SHIPPED / "agents", folder)
    return folder


def test_all_twelve_are_there_and_the_director_leads() -> None:
    assert tuple(agent.role for agent in ROSTER.agents) == ROLES
    assert ROSTER.director.role == "Director"
    assert ROSTER.house


def test_every_agent_has_a_face_and_something_to_be_asked_for() -> None:
    for agent in ROSTER.agents:
        assert (SHIPPED / "agents" / agent.avatar).is_file()
        assert agent.description
        assert agent.instructions
        assert agent.speaker.name == agent.name


def test_sage_creates_nothing_and_the_director_writes_nothing() -> None:
    assert set(ROSTER.named("Sage").tools) <= READ_ONLY
    told = {"settle_commitment", "change_reminders", "log_figures", "join_cohort"}
    noted = {"commit", "schedule_reminder"} | told  # what the student said themselves, on their own tap
    assert set(ROSTER.named("Director").tools) - noted <= READ_ONLY


def test_whoever_hands_over_does_so_to_colleagues_and_not_to_itself() -> None:
    for agent in ROSTER.agents:
        assert agent.hands_over
        assert agent.role not in agent.hands_over


def test_every_agent_has_a_picture_and_an_emoji_for_platforms_that_show_no_svg() -> None:
    for agent in ROSTER.agents:
        picture = (SHIPPED / "agents" / agent.avatar).with_suffix(".png").read_bytes()
        assert picture.startswith(b"\x89PNG\r\n\x1a\n")
        assert struct.unpack(">II", picture[16:24]) == (512, 512)
        assert len(picture) < 30_000
        assert agent.speaker.emoji
        assert agent.kept().configuration == {"emoji": agent.emoji}
    assert len({agent.emoji for agent in ROSTER.agents}) == 12


@pytest.mark.parametrize("name", ["MediaBuyer", "media buyer", "@Media Buyer", "MEDIABUYER", "＠mediabuyer"])
def test_an_agent_answers_to_role_name_and_alias(name: str) -> None:
    assert ROSTER.named(name).role == "MediaBuyer"


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(NotFound, match="Did you mean Teacher"):
        ROSTER.named("Techer")
    with pytest.raises(NotFound, match="/agents"):
        ROSTER.named("Ferdinand")


def test_an_alias_of_somebody_else_is_a_flaw() -> None:
    teacher = ROSTER.named("Teacher")
    thief = replace(ROSTER.named("Writer"), aliases=("LEHRER",))
    with pytest.raises(Flawed, match=r"LEHRER.*Teacher"):
        Roster([teacher, thief, *(agent for agent in ROSTER.agents if agent.role not in ("Teacher", "Writer"))])


def test_a_missing_agent_is_a_flaw() -> None:
    with pytest.raises(Flawed, match="Guide is missing"):
        Roster([agent for agent in ROSTER.agents if agent.role != "Guide"])


def test_mistakes_in_the_files_are_named_with_their_file(copied: Path) -> None:
    (copied / "guide.svg").unlink()
    text = (copied / "sage.md").read_text(encoding="utf-8").replace("personality:", "personalty:", 1)
    (copied / "sage.md").write_text(text, encoding="utf-8")
    with pytest.raises(Flawed) as raised:
        read_roster(copied)
    assert {flaw.file for flaw in raised.value.flaws} == {"agents/guide.md", "agents/sage.md"}


def test_missing_house_rules_are_a_flaw(copied: Path) -> None:
    (copied / "_house.md").unlink()
    with pytest.raises(Flawed, match=r"_house\.md"):
        read_roster(copied)


async def test_publishing_twice_keeps_twelve(database: Database) -> None:
    record = AgentsRecord(database)
    await ROSTER.publish(record)
    await ROSTER.publish(record)
    assert await database.collection("agents").count({"kind": "system_agent"}) == 12
    teacher = await record.by_system_role("Teacher")
    assert teacher == ROSTER.named("Teacher").kept()
    assert await record.by_system_role("Nobody") is None


async def test_publishing_takes_over_what_an_author_changed(database: Database) -> None:
    record = AgentsRecord(database)
    await ROSTER.publish(record)
    changed = replace(ROSTER.named("Teacher"), description="Ask me anything.")
    await record.publish([changed.kept()])
    teacher = await record.by_system_role("Teacher")
    assert teacher is not None
    assert teacher.description == "Ask me anything."


def test_a_kept_agent_is_told_by_its_kind() -> None:
    about = {"_id": "agt_x", "name": "X", "description": "x", "personality": "x", "avatarUrl": ""}
    assert isinstance(kept_agent({**about, "kind": "user_agent", "createdBy": "usr_1"}), UserAgent)
    system = kept_agent({**about, "kind": "system_agent", "systemRole": "Sage", "baseInstructions": "x"})
    assert isinstance(system, SystemAgent)
    with pytest.raises(ValidationError):
        kept_agent({**about, "kind": "user_agent"})


async def test_the_list_names_all_twelve_with_what_to_ask_them(database: Database, nora: Person) -> None:
    answer = await show(nora, List(), OwnAgents(ROSTER, OwnAgentsRecord(database)))
    assert isinstance(answer, Message)
    shown = plain.message(answer)
    for agent in ROSTER.agents:
        assert f"@{agent.name}" in shown
        assert agent.description in shown


def test_every_tool_is_somebodys() -> None:
    assert set(ABILITIES) - {tool for agent in ROSTER.agents for tool in agent.tools} == set()
