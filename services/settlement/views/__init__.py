"""What the service shows and what its decisions may know: tables, the journal's readers, the books of a month."""
