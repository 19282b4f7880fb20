"""The course: its ten modules, their checklists, and how far each student has come."""
