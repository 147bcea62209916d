"""The second engine: settlement computed again from the papers alone, sharing no code with the first."""
