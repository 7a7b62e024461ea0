"""Does a manifest fit what a server offers? Misfits, and what is perhaps a slip."""
