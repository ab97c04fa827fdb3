"""A model as Vosk wants it on disk, put together beside its place and moved there whole."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from worker.speech.builder.ears import PHONES
from worker.speech.builder.graphs import Graphs
from worker.speech.builder.hearing import CONF
from worker.speech.builder.phones import phone_table, word_boundaries

MODEL_CONF = """\
--min-active=20
--max-active=3000
--beam=13
--lattice-beam=8
--acoustic-scale=0.9
--frame-subsampling-factor=3
--endpoint.silence-phones=1
--endpoint.rule2.min-trailing-silence=0.5
--endpoint.rule3.min-trailing-silence=0.75
--endpoint.rule4.min-trailing-silence=1.0
"""


@dataclass(frozen=True)
class Package:
    """What a model is made of: its ear, its words, and what it says of itself."""

    ear: bytes
    graphs: Graphs
    name: str
    card: str
    made: Mapping[str, object]

    def write(self, folder: Path) -> Path:
        """Write the model; whatever stood in the folder is replaced only when the new one is whole."""
        building = folder.with_name(f".{folder.name}.building")
        shutil.rmtree(building, ignore_errors=True)
        for name, content in self._files().items():
            path = building / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        old = folder.with_name(f".{folder.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        if folder.exists():
            folder.rename(old)
        building.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
        return folder

    def _files(self) -> dict[str, bytes]:
        about = json.dumps({"name": self.name, "demonstration": True, **self.made}, ensure_ascii=False, indent=2)
        boundaries = "\n".join(word_boundaries())
        return {
            "am/final.mdl": self.ear,
            "conf/mfcc.conf": CONF.encode(),
            "conf/model.conf": MODEL_CONF.encode(),
            **{f"graph/{name}": content for name, content in self.graphs.files.items()},
            "graph/phones/word_boundary.int": f"{boundaries}\n".encode(),
            PHONES: phone_table().encode(),
            "model.json": f"{about}\n".encode(),
            "MODEL_CARD.md": self.card.encode(),
        }
