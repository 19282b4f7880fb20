"""Conversations between people and agents."""
