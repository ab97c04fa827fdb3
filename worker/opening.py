"""`make run`: open the house, let the first villagers call, show what came of it, keep it open until Ctrl-C."""

import os
import time
from pathlib import Path

from worker import examples
from worker.front_page import Voice, show_cases, show_house
from worker.house import House, standing, write_plate
from worker.premises import CannotStart
from worker.queue_server import NoQueueServer
from worker.supervise import WillNotStayUp

LOOK_EVERY = 0.5  # seconds between looks whether every process still stands


def open_house(*, examples_too: bool = True) -> int:
    """The exit status, once every process has ended again. On the first start the example villagers call."""
    voice = Voice()
    try:
        _open(Path(os.environ.get("XIANGYIN_DATA", "var")), voice, examples_too=examples_too)
    except KeyboardInterrupt:
        voice.say("已全部停下，数据还在。")
    except (CannotStart, WillNotStayUp, NoQueueServer) as trouble:
        voice.say(str(trouble))
        return 1
    return 0


def _open(data: Path, voice: Voice, *, examples_too: bool) -> None:
    with standing(data, os.environ, voice) as house:
        if house.is_new and examples_too:
            examples.place_all(house, voice)
        show_cases(examples.shown_cases(house.desk), voice)
        show_house(house.data, house.pages_url, house.sealed_url, house.exchange_url, voice)
        _keep_open(house, voice)


def _keep_open(house: House, voice: Voice) -> None:
    write_plate(house)
    while True:
        for name in house.household.start_again_what_ended():
            voice.say(f"{name} 意外停了，已重新启动。")
            write_plate(house)
        time.sleep(LOOK_EVERY)
