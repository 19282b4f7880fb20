"""What Slack's and Discord's commands allow, held by the one declaration that they are made from.

https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming
"""

from __future__ import annotations

import re

import pytest

from bots.features import FEATURES
from core.catalog import Catalog
from core.command import Command, Pace, parameters

CATALOG = Catalog(command for feature in FEATURES for command in feature.COMMANDS)
WORD = re.compile(r"[-_a-z0-9]{1,32}")
WORDS_AT_MOST = 2
GROUPS_AT_MOST = 100
PARTS_AT_MOST = 25
OPTIONS_AT_MOST = 25
LABEL_AT_MOST = 45
SUMMARY_AT_MOST = 100
CHOICE_AT_MOST = 100
SHORTCUTS_AT_MOST = 10
SHORTCUT_AT_MOST = 24
"""Both of Slack's manifest: https://docs.slack.dev/reference/app-manifest"""

listed = pytest.mark.parametrize(
    "command", [each for each in CATALOG.commands.values() if each.listed], ids=lambda each: each.name
)
every = pytest.mark.parametrize("command", CATALOG.commands.values(), ids=lambda each: each.name)


@every
def test_names_are_one_or_two_plain_words(command: Command) -> None:
    words = command.name.split(" ")
    assert len(words) <= WORDS_AT_MOST
    assert all(WORD.fullmatch(word) for word in words)


@every
def test_parameters_have_plain_names_and_short_labels(command: Command) -> None:
    assert len(parameters(command.args)) <= OPTIONS_AT_MOST
    for each in parameters(command.args):
        assert WORD.fullmatch(each.name), each.name
        assert 0 < len(each.arg.label) <= LABEL_AT_MOST, each.name
        assert len(each.arg.hint) <= SUMMARY_AT_MOST, each.name


@every
def test_choices_fit_into_a_menu(command: Command) -> None:
    for each in parameters(command.args):
        assert len(each.options()) <= OPTIONS_AT_MOST, each.name
        assert all(0 < len(option.label) <= CHOICE_AT_MOST and option.value for option in each.options()), each.name


@every
def test_summaries_are_short_and_no_sentences(command: Command) -> None:
    assert 0 < len(command.summary) <= SUMMARY_AT_MOST
    assert command.summary[0].isupper()
    assert not command.summary.endswith(".")


@listed
def test_what_is_needed_is_asked_first_or_by_a_form(command: Command) -> None:
    """Discord refuses a needed option after one that may be left out; a form shows its fields in any order."""
    needed = [each.required for each in parameters(command.args) if not each.arg.hidden]
    assert needed == sorted(needed, reverse=True) or command.pace is Pace.FORM


def test_a_group_is_either_one_command_or_its_parts() -> None:
    for name, parts in CATALOG.groups.items():
        assert len(parts) == 1 or all(" " in each.name for each in parts), name
        assert len(parts) <= PARTS_AT_MOST, name
    assert len(CATALOG.groups) <= GROUPS_AT_MOST


def test_what_can_be_asked_for_on_a_message_has_a_short_name_and_a_field_for_its_text() -> None:
    offered = [each for each in CATALOG.commands.values() if each.on_message]
    assert 0 < len(offered) <= SHORTCUTS_AT_MOST
    for each in offered:
        assert each.on_message is not None
        assert 0 < len(each.on_message.label) <= SHORTCUT_AT_MOST, each.name
        assert each.on_message.field in {one.name for one in parameters(each.args) if not one.arg.hidden}, each.name


def test_no_parameter_of_a_listed_command_hides_what_only_a_person_can_say() -> None:
    for command in CATALOG.commands.values():
        if command.listed:
            assert all(not each.arg.hidden or not each.required for each in parameters(command.args)), command.name
