"""Icons and, in an installed program, the built-in model."""
