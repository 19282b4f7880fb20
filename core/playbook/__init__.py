"""The playbook: ROCKET prompts, filled with a student's own words and run."""
