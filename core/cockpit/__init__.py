"""/cohort: where a coach with ten minutes begins."""
