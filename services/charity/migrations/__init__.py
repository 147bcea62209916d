"""The schema of the charity service, version by version; forward only."""
