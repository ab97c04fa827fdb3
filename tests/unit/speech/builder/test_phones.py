"""The sounds of Mandarin and their numbers."""

import pytest

from worker.speech.builder import phones


@pytest.mark.parametrize(
    ("syllable", "sounds"),
    [
        ("zhuang4", ("zh", "uang")),
        ("yi1", ("i",)),
        ("wu3", ("u",)),
        ("yuan2", ("van",)),
        ("ju2", ("j", "v")),
        ("xue2", ("x", "ve")),
        ("lve4", ("l", "ve")),
        ("nü3", ("n", "v")),
        ("liu4", ("l", "iou")),
        ("gui1", ("g", "uei")),
        ("lun2", ("l", "uen")),
        ("jun1", ("j", "vn")),
        ("si4", ("s", "ii")),
        ("shi2", ("sh", "iii")),
        ("er4", ("er",)),
        ("de5", ("d", "e")),
        ("n2", ("en",)),
    ],
)
def test_a_syllable_falls_into_the_sounds_it_is_made_of(syllable, sounds):
    assert phones.sounds_of(syllable) == sounds


def test_the_same_syllable_in_two_tones_sounds_the_same_because_a_telephone_hardly_carries_tone():
    assert phones.sounds_of("ma1") == phones.sounds_of("ma4")


@pytest.mark.parametrize("letters", ["", "b", "xyz", "zhx4", "kp1"])
def test_letters_that_nobody_can_say_are_refused(letters):
    with pytest.raises(phones.NotASyllable):
        phones.sounds_of(letters)


def test_there_are_sixty_one_things_to_hear_and_238_places_to_hear_them_in():
    assert len(phones.OUTPUTS) == len(set(phones.OUTPUTS)) == 61
    assert phones.PHONE_COUNT == 238


def test_every_phone_is_heard_by_the_sound_it_was_numbered_for():
    assert (phones.output_of_phone(1), phones.output_of_phone(2)) == (0, 1)
    for sound in phones.SOUNDS:
        for place in "BEIS":
            assert phones.OUTPUTS[phones.output_of_phone(phones.phone(sound, place))] == sound


def test_a_word_begins_goes_on_and_ends():
    dao_lu = phones.phones_of_word(("d", "ao", "l", "u"))
    assert dao_lu == (
        phones.phone("d", "B"),
        phones.phone("ao", "I"),
        phones.phone("l", "I"),
        phones.phone("u", "E"),
    )
    assert phones.phones_of_word(("er",)) == (phones.phone("er", "S"),)


def test_every_phone_has_two_transitions_of_its_own_as_kaldi_counts_them():
    ids = [number(one) for one in range(1, 239) for number in (phones.loop_id, phones.forward_id)]
    assert ids == list(range(1, 477))


def test_vosk_is_told_where_in_a_word_each_phone_stands():
    lines = list(phones.word_boundaries())
    assert lines[:6] == ["1 nonword", "2 singleton", "3 begin", "4 end", "5 internal", "6 singleton"]
    assert lines[-1] == "238 singleton"
