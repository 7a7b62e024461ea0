"""How fast it is: each measure is a ratio against a named alternative in the same run. Nothing here is a test."""
