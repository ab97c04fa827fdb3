"""The learnt network as Kaldi's nnet3 writes it (`am/final.mdl`), byte by byte; Vosk 0.3.45 reads it.

Source of the format: kaldi's hmm/transition-model.cc, hmm/hmm-topology.cc, nnet3/nnet-nnet.cc, am-nnet-simple.cc and
matrix/compressed-matrix.cc, and that Vosk loads and decodes what is written here.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from worker.speech.builder.phones import PHONE_COUNT, output_of_phone

Floats = npt.NDArray[np.float32]

_TWO_STATES = 2


@dataclass(frozen=True)
class Layer:
    """One affine layer: weights out × in, bias out, and the frames (10 ms) beside its own it looks at."""

    weights: Floats
    bias: Floats
    looks_at: tuple[int, ...]


def model_bytes(layers: Sequence[Layer], priors: Floats, *, dimension: int) -> bytes:
    """The whole file: a topology of one emitting state to a phone, the network, the outputs' priors.

    All layers but the last are followed by a ReLU, the last by a log-softmax. `dimension` is that of the input.
    """
    context = sum(max(layer.looks_at) for layer in layers)
    parts = [
        b"\0B",
        _transition_model(),
        _token("<Nnet3>"),
        b"\n",
        network_lines(layers, dimension=dimension).encode(),
        *_components(layers),
        _token("</Nnet3>"),
        _token("<LeftContext>") + _int(context),
        _token("<RightContext>") + _int(context),
        _token("<Priors>") + _vector(priors),
    ]
    return b"".join(parts)


def network_lines(layers: Sequence[Layer], *, dimension: int) -> str:
    """The network in words, a component a line, an empty line at the end."""
    lines = ["", f"input-node name=input dim={dimension}"]
    heard = "input"
    for number, layer in enumerate(layers[:-1]):
        name = f"l{number}"
        lines.append(_line(f"{name}.affine", _spliced(heard, layer.looks_at)))
        lines.append(_line(f"{name}.relu", f"{name}.affine"))
        heard = f"{name}.relu"
    lines.append(_line("output.affine", _spliced(heard, layers[-1].looks_at)))
    lines.append(_line("output.log-softmax", "output.affine"))
    lines.append("output-node name=output input=output.log-softmax objective=linear")
    return "\n".join(lines[1:]) + "\n\n"


def _line(name: str, heard: str) -> str:
    return f"component-node name={name} component={name} input={heard}"


def _spliced(heard: str, looks_at: tuple[int, ...]) -> str:
    if looks_at == (0,):
        return heard
    return "Append(" + ", ".join(f"Offset({heard}, {at})" if at else heard for at in looks_at) + ")"


def _components(layers: Sequence[Layer]) -> Iterator[bytes]:
    yield _token("<NumComponents>") + _int(2 * len(layers))
    for number, layer in enumerate(layers[:-1]):
        yield _affine(f"l{number}.affine", layer)
        yield _bent(f"l{number}.relu", "RectifiedLinearComponent", len(layer.bias))
    yield _affine("output.affine", layers[-1])
    yield _bent("output.log-softmax", "LogSoftmaxComponent", len(layers[-1].bias))


def _affine(name: str, layer: Layer) -> bytes:
    head = _token("<ComponentName>") + _token(name) + _token("<FixedAffineComponent>")
    weights = _token("<LinearParams>") + compressed(layer.weights)
    return head + weights + _token("<BiasParams>") + _vector(layer.bias) + _token("</FixedAffineComponent>")


def _bent(name: str, kind: str, dimension: int) -> bytes:
    """A component that only bends what comes in; Kaldi's own statistics of it are left empty."""
    nothing = _vector(np.zeros(0, np.float32))
    return b"".join((
        _token("<ComponentName>") + _token(name) + _token(f"<{kind}>"),
        _token("<Dim>") + _int(dimension),
        _token("<ValueAvg>") + nothing + _token("<DerivAvg>") + nothing,
        _token("<Count>") + b"\x08" + struct.pack("<d", 0.0) + _token(f"</{kind}>"),
    ))  # fmt: skip


def _transition_model() -> bytes:
    phones = range(1, PHONE_COUNT + 1)
    half = struct.pack("<f", 0.5)
    emitting = _int(0) + _int(_TWO_STATES) + _int(0) + b"\x04" + half + _int(1) + b"\x04" + half
    log_probs = np.full(2 * PHONE_COUNT + 1, np.log(0.5), np.float32)
    log_probs[0] = 0
    return b"".join((
        _token("<TransitionModel>") + _token("<Topology>"),
        _ints(phones) + _ints([-1, *[0] * PHONE_COUNT]),
        _int(1) + _int(_TWO_STATES) + emitting + _int(-1) + _int(0),
        _token("</Topology>") + _token("<Triples>") + _int(PHONE_COUNT),
        *(_int(phone) + _int(0) + _int(output_of_phone(phone)) for phone in phones),
        _token("</Triples>") + _token("<LogProbs>") + _vector(log_probs),
        _token("</LogProbs>") + _token("</TransitionModel>"),
    ))  # fmt: skip


def compressed(matrix: Floats) -> bytes:
    """A matrix in one byte a number (`CM3`): the least value, the range, rows, columns, and 255 steps between."""
    least = float(matrix.min())
    width = max(float(matrix.max()) - least, 1e-6)
    steps = np.rint((matrix - least) * (255 / width)).astype(np.uint8)
    return b"".join((b"CM3 ", struct.pack("<ffii", least, width, *matrix.shape), steps.tobytes()))


def _token(name: str) -> bytes:
    return name.encode() + b" "


def _int(number: int) -> bytes:
    return b"\x04" + struct.pack("<i", number)


def _ints(numbers: Sequence[int] | range) -> bytes:
    return b"\x04" + struct.pack(f"<i{len(numbers)}i", len(numbers), *numbers)


def _vector(numbers: Floats) -> bytes:
    return b"".join((b"FV \x04", struct.pack("<i", len(numbers)), numbers.astype("<f4").tobytes()))
