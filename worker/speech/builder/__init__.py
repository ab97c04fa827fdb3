"""Where our own speech model is made: from written sentences, a machine's voices and nothing recorded of anybody.

`making.build` walks through the rooms in order. Nothing here is needed to hear a call: what the rooms need beyond the
program is named, with its size, by `needs`.
"""
