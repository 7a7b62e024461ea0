"""The first draft of a manifest, strict wherever there is doubt, for a person to confirm."""
