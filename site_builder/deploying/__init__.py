"""Puts a built site online, on a branch of any git remote."""
