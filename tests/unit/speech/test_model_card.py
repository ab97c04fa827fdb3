"""What a model says of itself."""

import pytest

from worker.speech.model_card import DEMO_MODEL, ModelInfo, NotAModel, read_card


@pytest.fixture
def model(tmp_path):
    folder = tmp_path / "vosk-model-cn-0.22"
    (folder / "am").mkdir(parents=True)
    (folder / "conf").mkdir()
    (folder / "am" / "final.mdl").write_bytes(b"\0B")
    return folder


def test_the_bundled_model_says_it_is_a_demonstration_and_hears_at_the_telephones_rate():
    assert read_card(DEMO_MODEL) == ModelInfo("xiangyin-demo-synthetic-8k", demonstration=True, rate=8000)


def test_the_bundled_models_card_says_it_is_useless_on_real_voices():
    card = (DEMO_MODEL / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "Useless on real voices" in card
    assert "96-99 %" in card


def test_a_model_without_a_card_is_a_real_one_named_after_its_folder(model):
    assert read_card(model) == ModelInfo("vosk-model-cn-0.22", demonstration=False, rate=16000)


@pytest.mark.parametrize("place", ["conf/mfcc.conf", "mfcc.conf"])
def test_the_rate_is_read_from_the_models_own_settings(model, place):
    (model / place).write_text("--use-energy=false\n--sample-frequency=11025\n", encoding="utf-8")
    assert read_card(model).rate == 11025


def test_settings_without_a_rate_mean_sixteen_thousand(model):
    (model / "conf" / "mfcc.conf").write_text("--use-energy=false\n", encoding="utf-8")
    assert read_card(model).rate == 16000


def test_a_model_of_the_old_layout_is_known(tmp_path):
    (tmp_path / "final.mdl").write_bytes(b"\0B")
    assert not read_card(tmp_path).demonstration


def test_a_folder_without_a_model_is_refused(tmp_path):
    with pytest.raises(NotAModel, match="no speech model in"):
        read_card(tmp_path)


@pytest.mark.parametrize("card", ["{", "[]", '"demo"'])
def test_a_card_that_cannot_be_read_is_refused_rather_than_taken_for_a_real_model(model, card):
    (model / "model.json").write_text(card, encoding="utf-8")
    with pytest.raises(NotAModel):
        read_card(model)
