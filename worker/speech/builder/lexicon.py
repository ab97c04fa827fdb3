"""How words are said: pypinyin's reading, the county's own for names, and a list of many-sounded characters.

Sounds have no tones here, so a second reading counts only where the letters differ (行 xing and hang).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pypinyin import Style, pinyin

from worker.speech.builder.phones import SPN, NotASyllable, sounds_of

UNKNOWN = "[unk]"
"""The word for speech that is no word; its only sound is unknown speech."""

# The first reading of each is the one most often meant where the character stands alone.
_MANY_SOUNDED = """
了 le5 liao3 | 着 zhe5 zhao2 zhuo2 | 得 de5 dei3 | 地 di4 de5 | 还 hai2 huan2 | 都 dou1 du1 | 长 chang2 zhang3
没 mei2 mo4
行 xing2 hang2 | 重 zhong4 chong2 | 种 zhong3 | 只 zhi1 | 差 cha4 chai1 | 发 fa1 | 倒 dao4 | 背 bei1
调 tiao2 diao4 | 角 jiao3 jue2 | 薄 bo2 bao2 | 血 xue4 xie3 | 熟 shu2 shou2 | 露 lu4 lou4 | 弹 tan2 dan4
曾 ceng2 zeng1 | 单 dan1 shan4 | 解 jie3 xie4 | 覃 qin2 tan2 | 朝 chao2 zhao1
藏 cang2 zang4 | 传 chuan2 zhuan4
折 zhe2 she2 | 参 can1 shen1 | 卡 ka3 qia3 | 落 luo4 la4 lao4 | 系 xi4 ji4 | 吓 xia4 he4 | 咋 za3 zha1 | 哪 na3
嘛 ma5 | 噻 sai1 | 咯 lo5 ge1 lou1 | 喽 lou5 | 哦 o2 e2
嗯 en5 | 给 gei3 ji3 | 剥 bo1 bao1 | 塞 sai1 se4 | 石 shi2 dan4
埋 mai2 man2 | 堡 bao3 pu4 | 率 lv4 shuai4 | 乐 le4 yue4 | 便 bian4 pian2 | 核 he2 hu2 | 壳 ke2 qiao4 | 切 qie4
称 cheng1 chen4 | 盛 sheng4 cheng2 | 省 sheng3 xing3 | 校 xiao4 jiao4 | 会 hui4 kuai4 | 降 jiang4 xiang2 | 恶 e4 wu4
数 shu3 shuo4 | 说 shuo1 shui4 | 圈 quan1 juan4 | 粘 zhan1 nian2 | 绿 lv4 lu4 | 六 liu4 lu4 | 肚 du4 | 尿 niao4 sui1
钥 yao4 yue4 | 车 che1 ju1 | 大 da4 dai4 | 的 de5 di2 | 和 he2 huo4 | 哈 ha1 | 那 na4 | 这 zhe4 | 么 me5 | 呢 ne5 ni2
吗 ma5 | 为 wei2 | 个 ge4 | 谁 shui2 shei2 | 畜 chu4 xu4 | 吐 tu3 | 泥 ni2 | 垮 kua3 | 拽 zhuai4 | 歪 wai1 | 龟 gui1
""".replace("\n", " | ")
SINGLE = {parts[0]: tuple(parts[1:]) for entry in _MANY_SOUNDED.split("|") if (parts := entry.split())}


class Unsayable(ValueError):
    """A word that holds something no syllable is written for: a letter, a digit, a sign."""


@dataclass(frozen=True)
class Lexicon:
    """Readings of words; `names` are the county's own: 谢家 is xie4 jia1 because its gazetteer says so."""

    names: Mapping[str, str] = field(default_factory=dict)
    _said: dict[str, list[tuple[str, ...]]] = field(default_factory=dict, repr=False)

    def reading(self, word: str) -> tuple[str, ...]:
        """The reading a word has most often, numbered pinyin; raises Unsayable."""
        return self.readings(word)[0]

    def readings(self, word: str) -> list[tuple[str, ...]]:
        """All readings of a word: the county's first, then the dictionary's; raises Unsayable."""
        if word in SINGLE:
            return [(reading,) for reading in SINGLE[word]]
        usual = _usual_reading(word)
        own = tuple(self.names[word].split()) if word in self.names else usual
        return [own] if own == usual else [own, usual]

    def pronunciations(self, word: str) -> list[tuple[str, ...]]:
        """The sounds of every reading, each way once; raises Unsayable."""
        if word not in self._said:
            said = [(SPN,)] if word == UNKNOWN else [_sounds(reading) for reading in self.readings(word)]
            self._said[word] = list(dict.fromkeys(said))
        return self._said[word]

    def sayable(self, words: Iterable[str]) -> list[str]:
        """Those of the words that can be said, in their order, each once."""
        return [word for word in dict.fromkeys(words) if self._can_say(word)]

    def _can_say(self, word: str) -> bool:
        try:
            return bool(self.pronunciations(word))
        except Unsayable:
            return False


def _usual_reading(word: str) -> tuple[str, ...]:
    told = pinyin(word, style=Style.TONE3, neutral_tone_with_five=True, v_to_u=False, errors="ignore")
    if len(told) != len(word) or not word:
        raise Unsayable(word)
    return tuple(syllable[0] for syllable in told)


def _sounds(reading: Iterable[str]) -> tuple[str, ...]:
    try:
        return tuple(sound for syllable in reading for sound in sounds_of(syllable))
    except NotASyllable as error:
        raise Unsayable(str(error)) from error
