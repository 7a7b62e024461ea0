"""What comes back from a call: whose it is, what nobody sees of it, whether it is the same as before."""
