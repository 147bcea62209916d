"""Tests of the charity service."""
