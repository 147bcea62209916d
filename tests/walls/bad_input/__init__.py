"""Bad input against the running services: every class of it, over real HTTP, and that nothing moved."""
