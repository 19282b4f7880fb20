"""The coach's week: who finished, who shipped, who is stuck or silent, and who asked for a person."""
