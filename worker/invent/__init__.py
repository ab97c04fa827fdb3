"""A larger county that does not exist, made by rule from the example county's syllables, to try the hotline on."""
