"""The stand-in Slack, held to Slack's documents by the real SDKs."""
