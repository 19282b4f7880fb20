"""The register of a cohort: all its members in one file."""
