"""The members of a cohort: where each one stands, who may need a person, and why."""
