"""The walls: who may do what, and what no input may do, tried from outside."""
