"""The agents, and how people call them."""
