"""Slack: requests come in by socket or by HTTP, and answers go out as messages, streams, modals and the home tab."""
