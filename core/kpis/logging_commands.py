"""/kpi log and what belongs to it: type figures in, send a table of them, and settle which are asked for."""

from __future__ import annotations

from core.command import Command, Pace
from core.kpis.forms import COMMAND as FIGURES
from core.kpis.settling import metrics, settings
from core.kpis.typed import Chosen, Meant, Sheet, Waiting, Words, choose, figures, log, mean, save

COMMANDS = (
    Command(name="kpi log", summary="Log your figures", args=Words, handler=log, pace=Pace.FORM),
    Command(name="kpi metrics", summary="Choose which figures you are asked for", args=Sheet, handler=metrics, pace=Pace.FORM),
    Command(name="kpi settings", summary="Currency, and what figures mean", args=Sheet, handler=settings, pace=Pace.FORM),
    Command(name=FIGURES, summary="Type in your figures", args=Sheet, handler=figures, pace=Pace.FORM, listed=False),
    Command(name="kpi save", summary="Save what was read back", args=Waiting, handler=save, listed=False),
    Command(name="kpi mean", summary="Say which reading was meant", args=Meant, handler=mean, listed=False),
    Command(name="kpi choose", summary="Say what a figure counts", args=Chosen, handler=choose, listed=False),
)
