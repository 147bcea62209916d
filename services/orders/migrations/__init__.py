"""The schema of the orders service, version by version; forward only."""
