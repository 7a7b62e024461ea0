"""Secrets of connections: sealed at rest, and hidden in whatever a system says."""
