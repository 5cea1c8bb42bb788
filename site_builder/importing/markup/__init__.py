"""Other people's markup → Markdown that means the same to Python-Markdown as set up here."""
