"""The archive as an index that a browser can search: no server, no library, files alone."""
