"""Citations of articles: entries in the styles of bibliographies, and files for programs."""
