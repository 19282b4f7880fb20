"""Who people are: persons, accounts, organizations, roles and settings."""
