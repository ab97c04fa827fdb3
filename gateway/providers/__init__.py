"""Telephone companies: what we ask of one, and one file for each. A provider's words stop in its file."""
