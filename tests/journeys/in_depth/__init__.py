"""Journeys in depth: what befalls people and providers, each in a county of its own, all on one running system."""
