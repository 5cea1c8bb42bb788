"""Template code in the texts of other programs → Markdown, as far as it says anything."""
