"""A telephone exchange of our own in Twilio's shape: the carrier (REST, signed webhooks, TwiML) and its telephones.

It is a process of its own and imports nothing else of this project; what it knows of the gateway is what a real carrier
would know, the addresses configured on its numbers.
"""
