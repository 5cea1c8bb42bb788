"""How well people, countries and statements are found."""
