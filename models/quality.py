"""How well the machine hears, from daily work."""
