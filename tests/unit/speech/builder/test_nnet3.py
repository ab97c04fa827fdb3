"""The network as Kaldi writes it."""

import struct

import numpy as np
import pytest

from worker.speech.builder.nnet3 import Layer, compressed, model_bytes, network_lines


@pytest.fixture
def tiny():
    first = Layer(np.array([[0.0, 1.0, 0.5, 0.25, 0.75, 1.0]], np.float32), np.array([0.5], np.float32), (-1, 0, 1))
    last = Layer(np.array([[1.0], [-1.0]], np.float32), np.array([0.0, 2.0], np.float32), (0,))
    return (first, last)


def test_the_network_is_told_in_words_line_by_line(tiny):
    assert network_lines(tiny, dimension=2) == (
        "input-node name=input dim=2\n"
        "component-node name=l0.affine component=l0.affine input=Append(Offset(input, -1), input, Offset(input, 1))\n"
        "component-node name=l0.relu component=l0.relu input=l0.affine\n"
        "component-node name=output.affine component=output.affine input=l0.relu\n"
        "component-node name=output.log-softmax component=output.log-softmax input=output.affine\n"
        "output-node name=output input=output.log-softmax objective=linear\n\n"
    )


def test_a_matrix_is_written_in_one_byte_a_number_between_its_least_and_its_greatest():
    matrix = np.array([[-1.0, 0.0], [1.0, 0.5]], np.float32)
    told = compressed(matrix)
    assert told[:4] == b"CM3 "
    assert struct.unpack_from("<ffii", told, 4) == (-1.0, 2.0, 2, 2)
    assert list(told[20:]) == [0, 128, 255, 191]


def test_the_network_of_the_file_is_this_to_the_byte(tiny):
    content = model_bytes(tiny, np.array([0.25, 0.75], np.float32), dimension=2)
    after_words = content[content.index(b"objective=linear\n\n") + len(b"objective=linear\n\n") :]

    def number(value):
        return b"\x04" + struct.pack("<i", value)

    def vector(*values):
        return b"FV \x04" + struct.pack(f"<i{len(values)}f", len(values), *values)

    assert after_words == b"".join((
        b"<NumComponents> ", number(4),
        b"<ComponentName> l0.affine <FixedAffineComponent> <LinearParams> ",
        b"CM3 ", struct.pack("<ffii", 0.0, 1.0, 1, 6), bytes([0, 255, 128, 64, 191, 255]),
        b"<BiasParams> ", vector(0.5), b"</FixedAffineComponent> ",
        b"<ComponentName> l0.relu <RectifiedLinearComponent> <Dim> ", number(1),
        b"<ValueAvg> ", vector(), b"<DerivAvg> ", vector(), b"<Count> \x08", bytes(8), b"</RectifiedLinearComponent> ",
        b"<ComponentName> output.affine <FixedAffineComponent> <LinearParams> ",
        b"CM3 ", struct.pack("<ffii", -1.0, 2.0, 2, 1), bytes([255, 0]),
        b"<BiasParams> ", vector(0.0, 2.0), b"</FixedAffineComponent> ",
        b"<ComponentName> output.log-softmax <LogSoftmaxComponent> <Dim> ", number(2),
        b"<ValueAvg> ", vector(), b"<DerivAvg> ", vector(), b"<Count> \x08", bytes(8), b"</LogSoftmaxComponent> ",
        b"</Nnet3> <LeftContext> ", number(1), b"<RightContext> ", number(1), b"<Priors> ", vector(0.25, 0.75),
    ))  # fmt: skip


def test_the_file_begins_with_every_phone_its_topology_and_its_transitions(tiny):
    content = model_bytes(tiny, np.array([0.25, 0.75], np.float32), dimension=2)
    assert content.startswith(b"\0B<TransitionModel> <Topology> \x04" + struct.pack("<i", 238))
    triples = content.index(b"<Triples> ") + len(b"<Triples> ")
    assert content[triples : triples + 20] == b"".join(b"\x04" + struct.pack("<i", one) for one in (238, 1, 0, 0))
    log_probs = content.index(b"<LogProbs> FV \x04") + len(b"<LogProbs> FV \x04")
    assert struct.unpack_from("<iff", content, log_probs) == (477, 0.0, pytest.approx(np.log(0.5)))
