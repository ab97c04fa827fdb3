"""`python -m tests.bench.crew HANDS`: the worker as `xiangyin worker` starts it, with so many hands for the calls."""

import sys

from gateway import settings
from gateway.desk import set_up
from worker import main
from worker.parts import model_dir
from worker.speech.engine import VoskRecogniser

if __name__ == "__main__":
    desk = set_up(settings.read())
    model = model_dir(desk.settings.speech_model, desk.settings.data)
    main.run(desk, VoskRecogniser(model), hands=int(sys.argv[1]))
