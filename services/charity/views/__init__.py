"""What the service shows and what its decisions may know: tables, and readers of ``known`` by decision."""
