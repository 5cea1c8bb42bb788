"""`Page` → bytes: the Jinja environment, its filters, and metadata for machines."""
