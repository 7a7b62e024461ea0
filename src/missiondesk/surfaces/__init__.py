"""What people and programs touch, one module each."""
