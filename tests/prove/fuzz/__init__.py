"""Every door and every reader of what strangers send, tried with tens of thousands of inputs nobody would send."""
