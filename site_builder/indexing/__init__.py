"""Records → `Archive`: who and what appears where, and with whom."""
