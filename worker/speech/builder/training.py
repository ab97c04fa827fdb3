"""The lessons learnt: a small time-delay network, frame by frame, on one core.

Six layers of 256 and an output for each of the 61 sounds; it sees a quarter of a second to either side.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from worker.speech.builder.hearing import DIMENSION
from worker.speech.builder.labels import SUBSAMPLING
from worker.speech.builder.nnet3 import Layer
from worker.speech.builder.phones import OUTPUT_OF, OUTPUTS, SIL, SPN
from worker.speech.builder.recording import Lesson

Floats = npt.NDArray[np.float32]

WIDTH = 256
LOOKS = ((-4, -3, -2, -1, 0, 1, 2, 3, 4), (-3, 0, 3), (-3, 0, 3), (-6, 0, 6), (-6, 0, 6), (-3, 0, 3))
CONTEXT = sum(max(look) for look in LOOKS)
CHUNK = 50
"""Outputs learnt from at once: 1.5 seconds."""

_BATCH = 64
_IGNORED = -100
_UNKNOWN_SHARE = 0.04
_PEAK_RATE, _DECAY, _WARM_UP, _CLIP = 2e-3, 1e-2, 0.15, 5.0


@dataclass(frozen=True)
class Learnt:
    """What came of it: the layers, the share of each output, and the share of frames told right in the last steps."""

    layers: tuple[Layer, ...]
    priors: Floats
    right: float


class Network(nn.Module):  # type: ignore[misc]  # torch is not where the types are checked
    """Affine, ReLU, normalisation, six times; then the outputs. One step is 30 ms."""

    def __init__(self, mean: Floats, deviation: Floats) -> None:
        super().__init__()
        self.register_buffer("mean", torch.from_numpy(mean))
        self.register_buffer("deviation", torch.from_numpy(deviation))
        widths = [DIMENSION * len(LOOKS[0]), *(WIDTH * len(look) for look in LOOKS[1:])]
        self.affines = nn.ModuleList(nn.Linear(width, WIDTH) for width in widths)
        self.norms = nn.ModuleList(nn.BatchNorm1d(WIDTH, affine=False) for _ in widths)
        self.output = nn.Linear(WIDTH, len(OUTPUTS))

    def forward(self, features: Tensor) -> Tensor:
        """Batch × frames × 40 to batch × steps × outputs; 25 frames at either end are only looked at."""
        heard = (features - self.mean) / self.deviation
        windows = heard.unfold(1, len(LOOKS[0]), SUBSAMPLING).transpose(2, 3)
        heard = self._step(0, windows.reshape(*windows.shape[:2], -1))
        for number, look in enumerate(LOOKS[1:], 1):
            reach = max(look) // SUBSAMPLING
            steps = heard.shape[1] - 2 * reach
            beside = [heard[:, at : at + steps] for at in (0, reach, 2 * reach)]
            heard = self._step(number, torch.cat(beside, dim=2))
        return torch.as_tensor(self.output(heard))

    def _step(self, number: int, heard: Tensor) -> Tensor:
        active = torch.relu(self.affines[number](heard))
        return torch.as_tensor(self.norms[number](active.flatten(0, 1)).view(active.shape))


def learn(lessons: Sequence[Lesson], *, epochs: int, seed: int, step_done: Callable[[int, int], object]) -> Learnt:
    """Learn all lessons so many times over; `step_done` hears the number of the step and of all steps.

    bf16 where the processor has it (three times quicker), else single precision. Deterministic for a seed on one
    machine.
    """
    torch.manual_seed(seed)
    torch.set_num_threads(1)  # threads wait for each other longer than they work, where the machine is shared
    school = _School(lessons)
    network = Network(*school.scale())
    optimiser = torch.optim.AdamW(network.parameters(), lr=_PEAK_RATE, weight_decay=_DECAY)
    steps = epochs * school.steps
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, _PEAK_RATE, total_steps=steps + 1, pct_start=_WARM_UP)
    rights: list[float] = []
    dice = np.random.default_rng((seed, 1))
    lesson_plan = (batch for _ in range(epochs) for batch in school.epoch(dice))
    for step, (features, labels) in enumerate(lesson_plan):
        rights.append(_one_step(network, optimiser, features, labels))
        schedule.step()
        step_done(step + 1, steps)
    return Learnt(tuple(_folded(network.eval())), school.priors(), float(np.mean(rights[-50:])))


def _one_step(network: Network, optimiser: torch.optim.Optimizer, features: Tensor, labels: Tensor) -> float:
    with torch.autocast("cpu", torch.bfloat16, enabled=torch.cpu._is_avx512_bf16_supported()):  # noqa: SLF001  torch has no public name for it
        scores = network(features)
    told = scores.float().reshape(-1, len(OUTPUTS))
    wanted = labels.reshape(-1)
    loss = _loss(told, wanted)
    optimiser.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), _CLIP)
    optimiser.step()
    counted = wanted != _IGNORED
    return float((told.argmax(1) == wanted)[counted].float().mean())


def _loss(told: Tensor, wanted: Tensor) -> Tensor:
    """Cross-entropy, with a 4 % share of "unknown speech" in every frame of speech.

    After the priors are divided out, unknown speech so scores about 1 on any speech: what fits nothing goes there.
    """
    log = nn.functional.log_softmax(told, dim=1)
    right = nn.functional.nll_loss(log, wanted, ignore_index=_IGNORED)
    speech = (wanted != _IGNORED) & (wanted != OUTPUT_OF[SIL])
    chosen = log[speech]
    gap = chosen[torch.arange(len(chosen)), wanted[speech]] - chosen[:, OUTPUT_OF[SPN]]
    return torch.as_tensor(right + _UNKNOWN_SHARE * gap.sum() / (wanted != _IGNORED).sum())


class _School:
    """All lessons end to end, each with its first and last frame repeated, as Kaldi does at the ends of a call."""

    def __init__(self, lessons: Sequence[Lesson]) -> None:
        self.counts = np.array([len(lesson.labels) for lesson in lessons])
        self.labels = [lesson.labels for lesson in lessons]
        padded = [np.pad(one.features, ((CONTEXT, CONTEXT + CHUNK * SUBSAMPLING), (0, 0)), "edge") for one in lessons]
        self.begins = np.cumsum([0, *(len(one) for one in padded[:-1])])
        self.features = np.concatenate(padded)
        self.steps = sum(1 for _ in self._batched(list(self._chunks(np.random.default_rng(0)))))

    def scale(self) -> tuple[Floats, Floats]:
        some = self.features[:: max(1, len(self.features) // 400_000)].astype(np.float32)
        return some.mean(0), some.std(0) + 1e-3

    def priors(self) -> Floats:
        counts = np.bincount(np.concatenate(self.labels), minlength=len(OUTPUTS)).astype(np.float64)
        speech = counts.copy()
        speech[OUTPUT_OF[SIL]] = 0
        counts += _UNKNOWN_SHARE * (speech.sum() * np.eye(len(OUTPUTS))[OUTPUT_OF[SPN]] - speech)
        shares = counts / counts.sum() + 0.001
        return np.asarray(shares / shares.sum(), np.float32)

    def epoch(self, dice: np.random.Generator) -> Iterator[tuple[Tensor, Tensor]]:
        chunks = list(self._chunks(dice))
        dice.shuffle(chunks)
        # Every epoch has as many steps as the first count said, for the schedule's sake.
        for batch in list(self._batched(chunks))[: self.steps]:
            cut = [self._chunk(lesson, first) for lesson, first in batch]
            features = np.stack([frames for frames, _ in cut]).astype(np.float32)
            yield torch.from_numpy(features), torch.from_numpy(np.stack([labels for _, labels in cut]))

    def _chunks(self, dice: np.random.Generator) -> Iterator[tuple[int, int]]:
        shifts = dice.integers(0, CHUNK // 2, len(self.counts))
        for lesson, count in enumerate(self.counts):
            last = max(0, int(count) - CHUNK)
            yield lesson, 0
            for first in range(CHUNK - int(shifts[lesson]), last + CHUNK, CHUNK):
                if min(first, last) > 0:
                    yield lesson, min(first, last)

    @staticmethod
    def _batched(chunks: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
        for at in range(0, len(chunks) - len(chunks) % _BATCH or len(chunks), _BATCH):
            yield chunks[at : at + _BATCH]

    def _chunk(self, lesson: int, first: int) -> tuple[npt.NDArray[np.float16], npt.NDArray[np.int64]]:
        begin = self.begins[lesson] + first * SUBSAMPLING
        frames = self.features[begin : begin + 2 * CONTEXT + (CHUNK - 1) * SUBSAMPLING + 1]
        labels = np.full(CHUNK, _IGNORED, np.int64)
        told = self.labels[lesson][first : first + CHUNK]
        labels[: len(told)] = told
        return frames, labels


def _folded(network: Network) -> Iterator[Layer]:
    """The layers with every normalisation taken into the layer after it, which is exact because it comes after ReLU."""
    mean, deviation = network.mean.numpy(), network.deviation.numpy()
    looks = (*LOOKS, (0,))
    for number, (affine, look) in enumerate(zip((*network.affines, network.output), looks, strict=True)):
        if number:
            norm = network.norms[number - 1]
            mean = norm.running_mean.numpy()
            deviation = np.sqrt(norm.running_var.numpy() + norm.eps)
        weights = affine.weight.detach().numpy() / np.tile(deviation, len(look))
        bias = affine.bias.detach().numpy() - weights @ np.tile(mean, len(look))
        yield Layer(weights.astype(np.float32), bias.astype(np.float32), look)
