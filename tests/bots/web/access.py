"""Who may do what, as one table: every command, tool, page and address, written down by hand and held against the program.

Nobody is told what a command of coaches does: whoever may not gets a refusal. A page asks whoever is not signed in to sign in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from core.roles import Role


class Who(StrEnum):
    """Those who may."""

    ANYBODY = "anybody, without signing in"
    KNOWN = "everybody whom a platform vouches for, or who is signed in"
    COACHES = "those who coach, and Admins"
    ADMINS = "Admins alone"
    TOKEN = "whoever has the secret that belongs to it"


MAY: Mapping[Who, frozenset[Role]] = {
    Who.ANYBODY: frozenset(Role),
    Who.KNOWN: frozenset(Role),
    Who.COACHES: frozenset({Role.COACH, Role.ADMIN}),
    Who.ADMINS: frozenset({Role.ADMIN}),
    Who.TOKEN: frozenset(),
}
"""Which of those who are known may."""

_COMMANDS = {
    Who.KNOWN: """
        home; dashboard; help; welcome; plan; progress; ask; run; runs; link; share; reopen; feedback; commit; commitments
        me show; me edit; me usage; me coach; me looks; mydata show; mydata export; mydata delete; link confirm; link refuse
        foundation show; foundation edit; foundation add; foundation interview; foundation paste; foundation choose
        foundation check; foundation history; foundation putback; foundation save; foundation skip; foundation leave
        foundation back; foundation keep; foundation takeback
        run keep; run edit; run sort; run pick; run conflicts; run summary; run again; run refine; run show
        module list; module show; module lesson; module grid; module example; module guide; module start; module tick
        module untick; module complete; module note; module worksheet
        reminder; reminder keep; commit keep; commit date; commit done; commit not-yet; commit reopen; commit drop
        nudges show; nudges change; nudges pause; nudges stop; nudges start; nudges keep; nudges pick; nudges later
        nudges only; nudges all; nudges at
        cohort show; cohort join; person show; person ask; person open; person reply; person close; person send; person not
        person respond
        care tell; press; press form
        assets list; assets show; assets add; assets edit; assets copy; assets implement; assets archive; assets draft
        kpi report; kpi diagnosis; kpi show; kpi module; kpi log; kpi metrics; kpi settings; kpi figures; kpi save
        kpi mean; kpi choose; kpi import; kpi read; kpi take; kpi shift; kpi when; kpi history; kpi correct; kpi move
        kpi period; kpi delete; kpi putback; kpi impact; kpi cohort; kpi sharing; kpi connect
        agents list; agents create; agents show; agents edit; agents save; agents copy; agents share; agents unshare
        win tell; me wins; cohort board; me board; pair show; pair ask; pair stop; pair cheer; pair leave
        agents delete; proposal save; proposal run; proposal note; proposal change; proposal leave
    """,
    Who.COACHES: """
        usage; staff show; nudges quiet; agents review; agents approve; agents decline; agents off
        cohort list; cohort new; cohort dates; cohort schedule; cohort here; cohort welcome; cohort place; cohort look
        cohort archive; cohort reopen; cohort members; cohort member; cohort digest; cohort nudges; cohort see; student assets
        cohort announce; cohort announcements; announcement show; announcement send; announcement cancel; cohort question
        cohort pairs; board post; cohort export; cohort import; cohort invite; cohort expected
        cohort asked; cohort write; cohort take; cohort answer; cohort settle
    """,
    Who.ADMINS: """
        staff give
    """,
}
COMMANDS: Mapping[str, Who] = {
    name.strip(): who for who, names in _COMMANDS.items() for name in re.split("[;\n]", names) if name.strip()
}
_TOOLS = """
    change_reminders; check_webhook; commit; compare_periods; compare_with_cohort; hand_over; join_cohort; list_agents
    list_prompts; log_figures; propose_foundation; read_foundation; read_impact; read_module; read_progress; read_snapshots
    render_prompt; run_prompt; save_asset; schedule_reminder; search_assets; settle_commitment; tick_checklist
"""
TOOLS: Mapping[str, Who] = {name.strip(): Who.KNOWN for name in re.split("[;\n]", _TOOLS) if name.strip()}
"""A tool acts for whoever asks the agent, and on what is theirs alone."""
PAGES: Mapping[str, Who] = {
    "/": Who.KNOWN,
    "/foundation": Who.KNOWN,
    "/kpis": Who.KNOWN,
    "/assets": Who.KNOWN,
    "/board": Who.KNOWN,
    "/settings": Who.KNOWN,
    "/cohort": Who.COACHES,
    "/cohort/week": Who.COACHES,
    "/cohort/students": Who.COACHES,
    "/cohort/student": Who.COACHES,
    "/cohort/reminders": Who.COACHES,
    "/cohort/usage": Who.COACHES,
    "/cohort/prompts": Who.COACHES,
}
ADDRESSES: Mapping[str, Who] = {
    "GET /static/{digest}/{name:.+}": Who.ANYBODY,
    "GET /faces/{name}.png": Who.ANYBODY,
    "GET /{nowhere:.+}": Who.ANYBODY,
    "GET /healthz": Who.ANYBODY,
    "GET /readyz": Who.ANYBODY,
    "GET /metrics": Who.TOKEN,
    "POST /in/kpi/{webhook}": Who.TOKEN,
    "GET /sign-in/{token}": Who.TOKEN,
    "POST /sign-in/{token}": Who.TOKEN,
    "GET /open/{secret}": Who.TOKEN,
    "GET /do/{command:.+}": Who.KNOWN,
    "POST /do/{command:.+}": Who.KNOWN,
    "POST /left/{command:.+}": Who.KNOWN,
    "GET /suggest/{command:.+}/{field}": Who.KNOWN,
    "POST /say": Who.KNOWN,
    "GET /events": Who.KNOWN,
    "POST /sign-out": Who.KNOWN,
    "POST /sign-out/everywhere": Who.KNOWN,
    "POST /theme": Who.KNOWN,
}
"""What is behind a command's address is that command's own. Slack's requests are signed: tests/bots/slack holds these."""
