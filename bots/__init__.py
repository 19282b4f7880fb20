"""How people reach Elevate: Slack, Discord, the terminal and the web."""

from bots.lean import load_structlog

load_structlog()  # before anything here takes it in
