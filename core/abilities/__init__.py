"""What agents can do besides talking: look into the asker's records, and propose changes of these."""
