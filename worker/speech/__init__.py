"""The sound and the recogniser: a recording made safe, joined, heard, set out for reading, and how well."""
