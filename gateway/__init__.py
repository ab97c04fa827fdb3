"""What hears and speaks: webhooks, the telephone lines, the officers' pages. An edge translates; it never decides."""
