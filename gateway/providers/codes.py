"""Why a text did not arrive, in Twilio's codes: https://www.twilio.com/docs/api/errors."""

AGAIN = frozenset(
    {
        "30001",  # the queue overflowed: it never left
        "30003",  # the telephone is off or out of reach
        "30008",  # nobody knows
        "30017",  # the network is congested
        "30022",  # too fast for the network
    }
)
"""The others speak of the number or of the words and would say the same again: 30002 account suspended, 30004 blocked,
30005 no such telephone, 30006 landline, 30007 filtered, 30034 unregistered, 21610 she told her carrier STOP, 21614 no
mobile.
"""


def worth_again(code: str | None) -> bool:
    """Whether the same words to the same number may arrive the next time."""
    return code in AGAIN
