"""Those who look after a cohort: who coaches, and who administers."""
