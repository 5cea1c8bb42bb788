"""A benchmark that anyone can run: the same archive, built by site-builder and its peers."""
