"""Records that somebody wrote to harm whoever reads them: an attack in every field."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from archiver.article import Article, Author, Body, CaptureIdentity, Credit, Dates, Image, Licence, Source
from archiver.remarks import Remarks
from tests.support.exports import Held, article

if TYPE_CHECKING:
    from collections.abc import Iterator

ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></style><svg onload=alert(1)>",
    "javascript:alert(1)",
    "https://x.example/\"onclick=alert(1) x='",
    "]]><x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    "<!-- --><iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<style>*{background:url(https://x.example/)}</style><link rel=stylesheet href=//x.example>",
    '<meta http-equiv="refresh" content="0;url=https://x.example/"><base href="https://x.example/">',
    '<form action="https://x.example/"><input autofocus onfocus=alert(1)></form><object data="x"></object>',
    "\u202egnp.exe\x1b]0;x\x07\x00",
)


def hostile() -> Iterator[Held]:
    """For each attack, an article that has it wherever text may stand."""
    for number, attack in enumerate(ATTACKS):
        yield Held(_article(number, attack), Remarks(labels=(attack.replace(",", ""),), note=attack))


def _article(number: int, attack: str) -> Article:
    return dataclasses.replace(
        article(number),
        title=attack,
        url=attack,
        subtitle=attack,
        byline=attack,
        authors=(Author(attack, attack, attack),),
        dates=Dates(attack, attack, attack),
        reviewed_by=attack,
        source=Source(attack, attack, (Credit(attack, attack),)),
        licence=Licence(attack, attack),
        section=(attack,),
        tags=(attack,),
        language=attack,
        image=Image(attack, attack, attack),
        body=Body(attack, f'<p>{attack}</p><a href="{attack}">x</a><img src="{attack}" alt="{attack}">', 1),
        capture=CaptureIdentity(attack, 200, attack, attack, 1, attack),
    )
