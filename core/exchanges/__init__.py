"""Exchanges: a student and a person who coaches write to each other, and the bot carries it between them."""
