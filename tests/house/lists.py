"""Every command that shows a list, written down by hand: those that can grow, and why the others cannot."""

from __future__ import annotations

import re
from collections.abc import Mapping

GROW = frozenset(
    {
        "agents list",
        "agents review",
        "assets list",
        "cohort announcements",
        "cohort asked",
        "cohort expected",
        "cohort list",
        "cohort members",
        "cohort nudges",
        "cohort pairs",
        "commitments",
        "foundation history",
        "kpi history",
        "kpi impact",
        "me looks",
        "person show",
        "runs",
        "staff show",
        "student assets",
        "usage",
    }
)
"""They have a search, an order and pages (`core.listing.Listing`)."""
FIXED: Mapping[str, str] = {
    "cohort board": "the first ten and oneself, by what a board is",
    "cohort digest": "a week in brief: twelve names each, and the way to the list of all",
    "cohort member": "one student",
    "cohort see": "one student's part; their assets are the list `student assets`",
    "foundation check": "the cells of the Foundation",
    "foundation show": "the cells of the Foundation",
    "help": "the commands, which are found by words after it",
    "home": "the first lines of lists that stand elsewhere",
    "kpi cohort": "the figures of the course",
    "kpi connect": "one address",
    "kpi diagnosis": "the steps of the course",
    "kpi metrics": "the figures of the course, as a form",
    "kpi module": "the figures of a module",
    "kpi period": "one period; its ten newest changes",
    "kpi report": "the figures of the course",
    "kpi show": "one figure",
    "me usage": "the agents that somebody asked this month",
    "module grid": "nine cells",
    "module list": "the ten modules",
    "module show": "a module's checklist",
    "mydata show": "the kinds of things that are kept",
    "nudges show": "the next three reminders",
    "pair show": "the partner's open commitments, twenty at most, and those of two weeks",
    "plan": "the weeks of the course",
    "progress": "the ten modules",
    "run": "the prompts of a step of the course, which are found by words after it",
}
"""These show lists that the course or a rule bounds."""
_NONE = """
    agents approve; agents copy; agents create; agents decline; agents delete; agents edit; agents off; agents save; agents share
    agents show; agents unshare; announcement cancel; announcement send; announcement show; ask; assets add; assets archive
    assets copy; assets draft; assets edit; assets implement; assets show; board post; care tell; cohort announce; cohort answer
    cohort archive; cohort dates; cohort export; cohort here; cohort import; cohort invite; cohort join; cohort look; cohort new
    cohort place; cohort question; cohort reopen; cohort schedule; cohort settle; cohort show; cohort take; cohort welcome
    cohort write; commit; commit date; commit done; commit drop; commit keep; commit not-yet; commit reopen; dashboard
    feedback; reminder; reminder keep
    foundation add; foundation back; foundation choose; foundation edit; foundation interview; foundation keep
    foundation leave; foundation paste; foundation putback; foundation save; foundation skip; foundation takeback
    kpi choose; kpi correct; kpi delete; kpi figures; kpi import; kpi log
    kpi mean; kpi move; kpi putback; kpi read; kpi save; kpi settings; kpi sharing; kpi shift; kpi take; kpi when; link
    link confirm; link refuse; me board; me coach; me edit; me show; me wins; module complete; module example; module guide
    module lesson; module note; module start; module tick; module untick; module worksheet; mydata delete; mydata export
    nudges all; nudges at; nudges change; nudges keep; nudges later; nudges only; nudges pause; nudges pick; nudges quiet
    nudges start; nudges stop; pair ask; pair cheer; pair leave; pair stop; person ask; person close; person not; person open
    person reply; person respond; person send; press; press form; proposal change; proposal leave; proposal note; proposal run
    proposal save; reopen; run again; run conflicts; run edit; run keep; run pick; run refine; run show
    run sort; run summary; share
    staff give; welcome; win tell
"""
NONE = frozenset(name.strip() for name in re.split("[;\n]", _NONE) if name.strip())
"""These show one thing, ask for something, or do it."""
