"""The features whose commands make the catalog, and the catalog."""

from __future__ import annotations

from core.abilities import commands as abilities_commands
from core.agents import commands as agents_commands
from core.assets import commands as assets_commands
from core.board import commands as board_commands
from core.catalog import Catalog
from core.chat import commands as chat_commands
from core.cockpit import commands as cockpit_commands
from core.cohort import commands as cohort_commands
from core.cohort import expected_commands as cohort_expected_commands
from core.commitments import commands as commitments_commands
from core.community import commands as community_commands
from core.community import win_commands
from core.course import commands as course_commands
from core.digest import commands as digest_commands
from core.exchanges import commands as exchanges_commands
from core.feedback import commands as feedback_commands
from core.foundation import commands as foundation_commands
from core.help import commands as help_commands
from core.home import commands as home_commands
from core.home import dashboard_commands
from core.kpis import commands as kpis_commands
from core.kpis import comparison_commands, impact_commands, webhook_commands
from core.kpis import history_commands as kpis_history_commands
from core.kpis import logging_commands as kpis_logging_commands
from core.kpis.imports import commands as kpis_import_commands
from core.members import commands as members_commands
from core.nudges import coach_commands as nudges_coach_commands
from core.nudges import commands as nudges_commands
from core.openness import commands as openness_commands
from core.pairs import commands as pairs_commands
from core.people import commands as people_commands
from core.people import link_commands
from core.playbook import commands as playbook_commands
from core.privacy import commands as privacy_commands
from core.register import commands as register_commands
from core.register import import_commands as register_import_commands
from core.reminding import commands as reminding_commands
from core.sharing import commands as sharing_commands
from core.staff import commands as staff_commands
from core.usage import commands as usage_commands

FEATURES = (
    home_commands,
    dashboard_commands,
    people_commands,
    foundation_commands,
    playbook_commands,
    course_commands,
    commitments_commands,
    reminding_commands,
    nudges_commands,
    cockpit_commands,
    cohort_commands,
    members_commands,
    digest_commands,
    community_commands,
    win_commands,
    board_commands,
    exchanges_commands,
    pairs_commands,
    register_commands,
    register_import_commands,
    cohort_expected_commands,
    openness_commands,
    staff_commands,
    nudges_coach_commands,
    assets_commands,
    kpis_commands,
    kpis_logging_commands,
    kpis_import_commands,
    kpis_history_commands,
    impact_commands,
    comparison_commands,
    webhook_commands,
    agents_commands,
    chat_commands,
    abilities_commands,
    link_commands,
    privacy_commands,
    sharing_commands,
    feedback_commands,
    usage_commands,
    help_commands,
)
"""In the order in which people meet them."""


def catalog() -> Catalog:
    """All the commands of the product."""
    return Catalog(command for feature in FEATURES for command in feature.COMMANDS)
