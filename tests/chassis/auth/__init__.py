"""Tokens and who may issue them."""
