"""By what a text is known to be in the language that the page declares; whatever is not known so, the library is asked about."""

from __future__ import annotations

import re

WORDS = {
    "bg": "и на да се за от че е с",
    "ca": "els les que una amb per és del al",
    "cs": "se je že v na jsou ale jako",
    "da": "og at er til ikke med af det",
    "de": "der die und das ist nicht den mit auf ein von",
    "el": "και το του της να με για στο η",
    "en": "the of and to that is for with was this",
    "es": "el los las una por con del y",
    "fi": "ja on ei että oli se myös kun ovat",
    "fr": "les des est dans une pour qui sur du et",
    "hr": "je i na se u da su za koji",
    "hu": "a az és hogy nem is egy volt",
    "id": "yang dan di untuk dengan ini dari pada",
    "it": "il di che della sono per gli nel alla è",
    "nl": "het een van dat niet zijn voor met op",
    "no": "og på til ikke med av det som ikkje",
    "pl": "się nie na jest że do w z od",
    "pt": "não uma com os do da em ao são",
    "ro": "și în la care pe cu din nu este",
    "ru": "и в не на что с по как это",
    "sk": "sa je že sú ale ako by ktoré",
    "sl": "je in na se da so za ki",
    "sv": "och att som är på för inte av",
    "tr": "ve bir bu için ile olarak çok daha",
    "uk": "і в не на що з як це та",
    "vi": "và của là có không được các cho một",
}
"""Language -> some of its commonest words: one in `ONE_IN` of a text's words is among them, or it is something else."""
ONE_IN = 24

LETTERS = {
    "am": "\u1200-\u139f",
    "ar": "\u0600-\u06ff",
    "bn": "\u0980-\u09ff",
    "fa": "\u0600-\u06ff",
    "he": "\u0590-\u05ff",
    "hi": "\u0900-\u097f",
    "hy": "\u0530-\u058f",
    "ja": "\u3040-\u30ff",
    "ka": "\u10a0-\u10ff",
    "ko": "\uac00-\ud7af",
    "ta": "\u0b80-\u0bff",
    "th": "\u0e00-\u0e7f",
    "zh": "\u4e00-\u9fff",
}
"""Language -> the letters that it alone, or nearly, is written in: one character in `ONE_LETTER_IN` is among them."""
ONE_LETTER_IN = 5
KANA = re.compile("[\u3040-\u30ff]")
"""In Japanese beside the ideographs, and in Chinese never."""

SAME = {
    "bs": "hr", "sr": "hr", "sh": "hr",  # one language by its words, where it is written in Latin letters
    "nb": "no", "nn": "no",
    "ms": "id",
    "iw": "he", "in": "id", "tl": "fil",  # what ISO 639 has renamed
    "cmn": "zh", "yue": "zh",
}  # fmt: skip
"""Language -> the one that its texts are taken for."""

RENAMED = {"iw": "he"}
"""What the library calls a language -> its tag."""
