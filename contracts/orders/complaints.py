"""What is told of complaints."""

from __future__ import annotations
