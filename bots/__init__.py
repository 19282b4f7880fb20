"""How people reach Elevate: Slack, Discord, the terminal and the web."""
