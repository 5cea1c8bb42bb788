"""Texts annotated by reading; GUIDELINES.md says how."""
