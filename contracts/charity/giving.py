"""What is told of donations and pledges."""

from __future__ import annotations
