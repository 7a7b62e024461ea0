"""JSON Schemas that servers wrote: whether they can be used, what fits into them, what they reach."""
