"""What the network is shown of a sound: 40 mel cepstra every 10 ms, computed exactly as Vosk will at the telephone."""

import kaldi_native_fbank
import numpy as np
import numpy.typing as npt

from worker.speech.builder.telephone import RATE, Wave

Features = npt.NDArray[np.float32]

DIMENSION = 40
_LOW, _HIGH = 60, -200

CONF = f"""\
--sample-frequency={RATE}
--use-energy=false
--num-mel-bins={DIMENSION}
--num-ceps={DIMENSION}
--low-freq={_LOW}
--high-freq={_HIGH}
--dither=0
"""
"""The same for Vosk (`conf/mfcc.conf`). Without `--dither=0` no result could be had twice."""


def cepstra(wave: Wave) -> Features:
    """Frames × 40 for a sound of -1..1 at 8 kHz; Kaldi counts samples in 16-bit units."""
    options = kaldi_native_fbank.MfccOptions()
    options.frame_opts.samp_freq = RATE
    options.frame_opts.dither = 0
    options.frame_opts.snip_edges = True
    options.mel_opts.num_bins = DIMENSION
    options.mel_opts.low_freq = _LOW
    options.mel_opts.high_freq = _HIGH
    options.num_ceps = DIMENSION
    options.use_energy = False
    extractor = kaldi_native_fbank.OnlineMfcc(options)
    extractor.accept_waveform(RATE, (wave * 32768).tolist())
    extractor.input_finished()
    return np.array([extractor.get_frame(i) for i in range(extractor.num_frames_ready)], np.float32).reshape(-1, 40)
