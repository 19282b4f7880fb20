"""The funnel's figures: their definitions, how they are typed, and what was logged."""
