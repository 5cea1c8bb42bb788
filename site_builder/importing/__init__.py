"""Files from elsewhere → Markdown articles, with a word about all that was changed on the way."""
