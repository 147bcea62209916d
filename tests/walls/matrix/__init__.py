"""The authorisation matrix: every operation × role × relation, measured from outside against a table that is kept.

``asked`` gives each operation a valid request about a spot, ``measuring`` asks it as everybody, ``table`` keeps what
was answered. ``python -m tests.walls.matrix --write`` measures and writes the table anew; read the difference.
"""
