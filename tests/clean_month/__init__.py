"""A county-month in which nothing is odd, made without a look at what is looked for."""
