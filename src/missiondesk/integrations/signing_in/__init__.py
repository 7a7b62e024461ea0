"""How we sign in to a server: a fixed token, as the program itself, or because an admin agreed."""
