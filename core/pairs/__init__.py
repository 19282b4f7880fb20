"""Accountability partners: two students of a cohort who see each other's commitments, and nothing else."""
