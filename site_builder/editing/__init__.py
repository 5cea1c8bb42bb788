"""Changing the sources of a site by program: not a byte more than was asked for."""
