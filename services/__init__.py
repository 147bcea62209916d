"""The four services. They never import each other; they exchange public events."""
