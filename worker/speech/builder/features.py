"""What the network is shown of a sound: 40 mel cepstra every 10 ms, computed exactly as Vosk will at the telephone."""

import kaldi_native_fbank
import numpy as np
import numpy.typing as npt

from worker.speech.builder.hearing import DIMENSION, HIGH, LOW, RATE
from worker.speech.builder.telephone import Wave

Features = npt.NDArray[np.float32]


def cepstra(wave: Wave) -> Features:
    """Frames × 40 for a sound of -1..1 at 8 kHz; Kaldi counts samples in 16-bit units."""
    options = kaldi_native_fbank.MfccOptions()
    options.frame_opts.samp_freq = RATE
    options.frame_opts.dither = 0
    options.frame_opts.snip_edges = True
    options.mel_opts.num_bins = DIMENSION
    options.mel_opts.low_freq = LOW
    options.mel_opts.high_freq = HIGH
    options.num_ceps = DIMENSION
    options.use_energy = False
    extractor = kaldi_native_fbank.OnlineMfcc(options)
    extractor.accept_waveform(RATE, (wave * 32768).tolist())
    extractor.input_finished()
    return np.array([extractor.get_frame(i) for i in range(extractor.num_frames_ready)], np.float32).reshape(
        -1, DIMENSION
    )
