"""`Archive` → every page of the site: its address, its template and all that it is given."""
