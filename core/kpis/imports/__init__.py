"""Figures from elsewhere: a pasted table, a file of another tool, a picture of a dashboard; read back, and saved on a tap."""
