"""The consumer on the real servers, the real bus and the real feed."""
