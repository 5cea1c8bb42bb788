"""What schema.org says of the types that pages use: schema_org.json, made by `generate`."""
