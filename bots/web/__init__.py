"""The web surface: what browsers and other programs reach by HTTP."""
