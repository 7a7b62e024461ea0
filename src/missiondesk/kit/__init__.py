"""Plain tools without a domain word: database, errors, money, canonical bytes, settings."""
