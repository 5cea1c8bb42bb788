"""Bytes → the output folder, in one transaction; only own files are ever removed."""
