"""A year of a county of 235 villages, by the verbs, the outbox and the ticks, and every promise at every midnight."""
