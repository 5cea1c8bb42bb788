"""Files → records: front matter, Markdown with sections and passage anchors, authority records."""
