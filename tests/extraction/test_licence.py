"""The licence of the text."""

from __future__ import annotations

import pytest

from archiver.article import Licence
from tests.support.small_pages import URL, extracted

DEED = "https://creativecommons.org/licenses/by-sa/4.0/"
LINKED = f'<a href="{DEED}">CC BY-SA 4.0</a>'


@pytest.mark.parametrize(
    ("parts", "name", "url"),
    [
        ({"head": f'<link rel="license" href="{DEED}">'}, "CC BY-SA 4.0", DEED),
        ({"head": '<link rel="alternate License" href="/terms">'}, None, "https://quay-gazette.example/terms"),
        ({"behind": '<p>See our <a rel="license" href="/terms">terms of use</a>.</p>'}, "terms of use", f"{URL[:28]}/terms"),
        ({"behind": f'<a rel="license" href="{DEED}"><img src="by.png" alt=""></a>'}, "CC BY-SA 4.0", DEED),
        ({"behind": f"<p>This article is licensed under {LINKED}.</p>"}, "CC BY-SA 4.0", DEED),
        ({"behind": f"<p>Der Text steht unter der Lizenz {LINKED}.</p>"}, "CC BY-SA 4.0", DEED),
        ({"behind": "<p>Contenidos bajo licencia Creative Commons (CC-BY-NC 3.0).</p>"}, "CC BY-NC 3.0", None),
        ({"behind": "<p>Released as CC0 1.0</p>"}, "CC0 1.0", None),
        ({"head": '<meta name="dc.rights" content="CC BY 4.0">'}, "CC BY 4.0", None),
        ({"head": '<link rel=license href="http://creativecommons.org/licenses/by-nc-nd/3.0/de/">'}, "CC BY-NC-ND 3.0", ...),
        ({"head": '<link rel=license href="https://creativecommons.org/publicdomain/zero/1.0/deed.en">'}, "CC0 1.0", ...),
        ({"head": '<link rel=license href="//creativecommons.org/publicdomain/mark/1.0/">'}, "Public Domain Mark 1.0", ...),
        ({"head": '<link rel=license href="https://creativecommons.org/licenses/by/">'}, "CC BY", ...),
    ],
)
def test_a_licence_by_its_name_and_address(parts, name, url):
    licence = extracted(**parts).licence
    assert licence is not None
    assert licence.name == name
    assert url is ... or licence.url == url


@pytest.mark.parametrize(
    "parts",
    [
        {"head": '<meta name="dc.rights" content="Copyright Quay Gazette">'},
        {"head": '<meta name="dc.rights" content="https://quay-gazette.example/copyright">'},
        {"head": '<link rel="license" href="javascript:x()">'},
        {"head": '<link rel="stylesheet" href="/license">'},
        {"behind": f"<figure><img src=a.jpg><figcaption>Boats, licensed under {LINKED}</figcaption></figure>"},
        {"behind": f'<p>Photo: Bo Lund, licensed under <a rel="license" href="{DEED}">CC BY-SA 4.0</a></p>'},
        {"behind": f"<p>Bild: Bo Lund, Lizenz {LINKED}</p>"},
        {"behind": "<p>Creative Commons was founded in 2001.</p>"},
        {"behind": f"<p>{'Boats are licensed by the county. ' * 30}Some are CC BY-SA.</p>"},
        {"behind": "<p>Published by the county.</p>"},
    ],
)
def test_no_licence_of_the_text(parts):
    assert extracted(**parts).licence is None


def test_claims_that_name_one_licence_agree():
    head = f'<link rel="license" href="{DEED}"><meta name="dcterms.license" content="http://creativecommons.org/licenses/by-sa/4.0">'
    article = extracted(head=head, behind='<p>Licensed under <a href="https://other.example/">CC BY 4.0</a></p>')
    assert article.licence == Licence("CC BY-SA 4.0", DEED)
    evidence = article.evidence["licence"]
    assert evidence.agree == ("meta[name=dcterms.license]",)
    assert [one.value for one in evidence.rejected] == ["Licensed under CC BY 4.0"]
