"""The schema of the providers service, version by version; forward only."""
