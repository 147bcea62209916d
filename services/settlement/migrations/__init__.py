"""The schema of the settlement service, version by version."""
