"""Tests of the providers service."""
