"""The telephone conversation, in no provider's dialect: which step, what she did, what is said next."""
