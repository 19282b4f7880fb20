"""The Foundation: what a student knows of company, market and customer, cell by cell."""
