"""What is true and what may happen: the nouns, the rules, and the verbs of casework. Never Flask, RQ or HTTP."""
