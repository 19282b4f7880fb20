"""What each collection holds, in words for the person whose it is."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

KEPT: Mapping[str, str] = MappingProxyType(
    {
        "users": "your account",
        "persons": "your names on each platform",
        "organizations": "workspaces that began with you",
        "agents": "agents that you made",
        "userFoundations": "your Foundation",
        "foundationHistory": "changes of your Foundation",
        "userPromptExecutions": "runs of prompts",
        "userGeneratedAssets": "assets",
        "userModuleProgress": "modules that you have begun",
        "userFunnelSnapshots": "snapshots of your figures",
        "snapshotHistory": "changes of your figures",
        "conversations": "conversations that you began",
        "conversationParticipants": "conversations that you take part in",
        "conversationMessages": "messages, yours and the answers to them",
        "commitments": "commitments",
        "dashboardLinks": "links to your dashboard",
        "dashboardSessions": "browsers in which you are signed in to your dashboard",
        "deliveries": "figures that other programs sent lately",
        "firsts": "when you first did each thing that counts on your cohort's board",
        "formDrafts": "forms that you began and did not send",
        "inbox": "what you sent or pressed lately",
        "invitations": "that a coach expects you, by which name, and in which channel you were seen",
        "jobs": "work that was asked for",
        "linkCodes": "codes for linking accounts",
        "linkTries": "counts of wrong codes",
        "links": "links between your accounts",
        "announcements": "what you announced to a cohort as a coach",
        "exchanges": "what you and your coaches wrote to each other",
        "looks": "when a coach looked at something of yours",
        "members": "where you stand, in figures, for your coaches",
        "nudgePreferences": "how you want to be reminded",
        "nudges": "reminders",
        "outbox": "messages to you",
        "pairRequests": "that you wait for a partner",
        "pairs": "who your partner is, or was lately",
        "reaches": "where you can be written to on Discord",
        "shown": "answers and forms that you were shown lately",
        "tallies": "your weeks on a board that you agreed to be on",
        "wins": "what you were asked to tell the others of",
        "webhooks": "your address for figures",
        "usage": "how much of Claude you used, by day",
    }
)
