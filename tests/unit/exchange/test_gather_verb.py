"""The Gather verb: keys from the first word of the prompt on, and what no key at all means."""

from exchange_tests import HOTLINE, hum
from scripted_gateway import twiml

AFTER = "<Pause length='60'/>"


def gather(*inside, **attributes):
    written = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    return f'<Gather action="/key" {written}>{"".join(inside)}</Gather>'


def pressed(gateway):
    return [asked.params["Digits"] for asked in gateway.asked("/key")]


def test_a_key_stops_the_prompt_and_is_told(phone, gateway):
    gateway.pages["/voice"] = twiml(gather("<Pause length='30'/>", numDigits="1"), AFTER)
    gateway.pages["/key"] = twiml("<Say>好的</Say>", AFTER)
    call = phone.call(HOTLINE).wait(2).press("2")
    assert pressed(gateway) == ["2"]
    assert call.timeline[-1] == (2.0, "say", "好的")


def test_without_a_key_the_document_goes_on(phone, gateway):
    gateway.pages["/voice"] = twiml(gather(timeout="3"), "<Say>没有按键</Say>", AFTER)
    call = phone.call(HOTLINE).wait(3)
    assert call.heard == ["没有按键"]
    assert not pressed(gateway)


def test_the_timeout_begins_when_the_prompt_has_ended(phone, gateway):
    gateway.pages["/voice"] = twiml(gather("<Pause length='4'/>", timeout="2"), "<Say>没有按键</Say>", AFTER)
    call = phone.call(HOTLINE).wait(10)
    assert (6.0, "say", "没有按键") in call.timeline


def test_where_it_is_asked_for_no_key_is_told_too(phone, gateway):
    gateway.pages["/voice"] = twiml(gather(timeout="1", actionOnEmptyResult="true"), "<Say>没有按键</Say>")
    phone.call(HOTLINE).wait(1)
    assert pressed(gateway) == [""]


def test_several_keys_end_with_the_finishing_key_which_is_not_told(phone, gateway):
    gateway.pages["/voice"] = twiml(gather(), AFTER)
    phone.call(HOTLINE).press("1234#")
    assert pressed(gateway) == ["1234"]


def test_several_keys_end_when_there_are_enough(phone, gateway):
    gateway.pages["/voice"] = twiml(gather(numDigits="3", finishOnKey=""), AFTER)
    phone.call(HOTLINE).press("1#3")
    assert pressed(gateway) == ["1#3"]


def test_several_keys_end_when_no_more_come(phone, gateway):
    gateway.pages["/voice"] = twiml(gather(timeout="2"), AFTER)
    phone.call(HOTLINE).press("12").wait(1.9).press("3").wait(2)
    assert pressed(gateway) == ["123"]


def test_words_do_not_stop_a_prompt(phone, gateway):
    gateway.pages["/voice"] = twiml(gather("<Pause length='5'/>", timeout="1"), AFTER)
    call = phone.call(HOTLINE).interrupt(hum(2.0)).wait(4)
    assert (6.0, "pause", "60") in call.timeline


def test_a_sentence_read_aloud_inside_is_heard_and_can_be_cut_short(phone, gateway):
    gateway.pages["/voice"] = twiml(gather("<Say>您好，这里是乡音热线</Say>", numDigits="1"), AFTER)
    call = phone.call(HOTLINE).wait(1).press("1")
    assert call.heard == ["您好，这里是乡音热线"]
    assert call.elapsed == 1.0


def test_hanging_up_while_keys_are_awaited_tells_only_of_the_end(phone, gateway):
    gateway.pages["/voice"] = twiml(gather(timeout="9"), AFTER)
    phone.call(HOTLINE).press("1").hang_up()
    assert gateway.paths() == ["/voice", "/ended"]


def test_listening_stops_at_the_last_second_in_which_a_key_helps(phone, gateway):
    gateway.pages["/voice"] = twiml(gather("<Pause length='4'/>", timeout="5"), "<Say>没有按键</Say>", AFTER)
    call = phone.call(HOTLINE).listen()
    assert call.elapsed == 8.0
    call.press("1").wait(5)
    assert pressed(gateway) == ["1"]


def test_listening_again_lets_that_second_pass_and_goes_on_to_the_next_wait(phone, gateway):
    gateway.pages["/voice"] = twiml(gather(timeout="2"), gather(timeout="3"), AFTER)
    call = phone.call(HOTLINE).listen()
    assert call.elapsed == 1.0
    assert call.listen().elapsed == 4.0
