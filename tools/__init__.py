"""What the Makefile calls: setting up, and the checks that are no tests."""
