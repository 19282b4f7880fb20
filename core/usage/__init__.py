"""What answers cost: the budgets, and who used how much for what."""
