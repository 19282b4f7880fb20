"""Reminders that people asked for: the contract, the rules, the plan and what came of each."""
