"""How words are said."""

import pytest

from worker.speech.builder.lexicon import UNKNOWN, Lexicon, Unsayable


def test_a_word_is_said_as_the_dictionary_says():
    assert Lexicon().pronunciations("道路") == [("d", "ao", "l", "u")]


def test_a_village_is_said_as_its_own_gazetteer_says_and_as_a_stranger_would_read_it():
    lexicon = Lexicon({"单家山": "shan4 jia1 shan1"})
    assert lexicon.reading("单家山") == ("shan4", "jia1", "shan1")
    assert lexicon.pronunciations("单家山") == [
        ("sh", "an", "j", "ia", "sh", "an"),
        ("d", "an", "j", "ia", "sh", "an"),
    ]


def test_a_character_of_two_sounds_is_known_by_both():
    assert Lexicon().pronunciations("行") == [("x", "ing"), ("h", "ang")]


def test_two_readings_that_differ_in_tone_alone_are_one():
    assert Lexicon({"中": "zhong4"}).pronunciations("中") == [("zh", "ong")]


def test_speech_that_is_no_word_has_one_sound_of_its_own():
    assert Lexicon().pronunciations(UNKNOWN) == [("SPN",)]


@pytest.mark.parametrize("word", ["", "A级", "12345", "微信OK"])
def test_what_is_not_written_in_characters_cannot_be_said(word):
    with pytest.raises(Unsayable):
        Lexicon().pronunciations(word)


def test_of_many_words_those_that_can_be_said_are_kept_once_and_in_order():
    assert Lexicon().sayable(["水管", "KTV", "道路", "水管"]) == ["水管", "道路"]
