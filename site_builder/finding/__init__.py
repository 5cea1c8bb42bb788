"""Who and which country a name means: people, countries, and their mentions in text."""
