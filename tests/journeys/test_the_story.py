"""`make run STORY=1`, as it is typed: the whole case, beside an ordinary house that it leaves alone."""

import os
import subprocess
import sys
from pathlib import Path

from tests.bench.ports import web_ports

ROOT = Path(__file__).parents[2]


def test_the_whole_story_is_played_to_its_end_and_leaves_the_ordinary_house_untouched(tmp_path):
    ordinary = tmp_path / "var"
    command = [sys.executable, "-m", "worker", "run", "--story"]
    environment = {**os.environ, **web_ports(), "XIANGYIN_DATA": str(ordinary)}
    told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=180, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    steps = (
        "16:00  她打电话来",
        "16:20  冯志芳",
        "09:10  冯志芳",
        "09:10  热线打给她",
        "她说：满意",
        "事项状态：已办结",
        "全部走通",
    )
    found = [told.stdout.find(step) for step in steps]
    assert -1 not in found
    assert found == sorted(found)
    assert not ordinary.exists()
