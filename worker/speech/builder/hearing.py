"""What the ear is shown of a sound, in numbers: said once, for the recordings it learns from and for Vosk."""

RATE = 8000
"""Samples a second: the telephone's."""

DIMENSION = 40
"""Mel cepstra to a frame of 10 ms."""

LOW, HIGH = 60, -200
"""The band in hertz; a negative end counts down from half the rate."""

CONF = f"""\
--sample-frequency={RATE}
--use-energy=false
--num-mel-bins={DIMENSION}
--num-ceps={DIMENSION}
--low-freq={LOW}
--high-freq={HIGH}
--dither=0
"""
"""The same for Vosk (`conf/mfcc.conf`). Without `--dither=0` no result could be had twice."""
