"""How time passes in Elevate: ticks, and the work they wake."""
