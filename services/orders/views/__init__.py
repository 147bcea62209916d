"""What is read: the tables that show the streams, and what decisions may know of them."""
