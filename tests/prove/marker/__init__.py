"""Proof: of a report a unique marker in its words, its sound and its number lies nowhere in the whole house."""
