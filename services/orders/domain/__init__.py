"""The decisions of the orders service, one boundary a file; pure."""
