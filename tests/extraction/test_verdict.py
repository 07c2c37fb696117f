"""What a page is, when it is no article."""

from __future__ import annotations

import random

import pytest

from archiver.extraction import extract, verdict
from archiver.extraction.rules.verdicts import SIGNS, Sign
from tests.support.small_pages import TEXT, TITLE, URL, extracted


@pytest.mark.parametrize(
    ("page", "verdict"),
    [
        ("<title>Just a moment...</title><p>Checking your browser</p>", "challenge"),
        ("<title>x</title><p>Please verify you are human</p>", "challenge"),
        ("<title>404 - Page not found</title><h1>Not found</h1><p>Sorry.</p>", "error"),
        ("<title>Seite nicht gefunden</title><p>Leider.</p>", "error"),
        ("<title>Before you continue</title><p>We use cookies.</p><button>Accept all cookies</button>", "consent"),
        (
            f"<h1>{TITLE}</h1><p>The harbour has been silted up for so long.</p><p>Subscribe to continue reading.</p>",
            "paywalled",
        ),
        ("<h1>Hello</h1><p>World.</p>", "thin"),
    ],
)
def test_verdict(page: str, verdict: str):
    article = extract(page, url=URL)
    assert article.verdict == verdict
    assert article.evidence["verdict"].from_ == "rule"


def test_text_marked_as_not_free_and_short():
    page = (
        '<script type="application/ld+json">{"@type":"Article","headline":"Boats","isAccessibleForFree":"False"}</script>'
        "<h1>Boats</h1><p>The harbour has been silted up for so long that nobody remembers the sea.</p>"
    )
    assert extract(page, url=URL).verdict == "paywalled"


def test_front_page_is_a_listing():
    cards = "".join(f'<h2><a href="/{n}">Headline number {n} of the day</a></h2><p>Some words.</p>' for n in range(9))
    assert extract(f"<title>Gazette</title><h1>Gazette</h1>{cards}", url="https://gazette.example/").verdict == "listing"


@pytest.mark.parametrize(
    "title",
    [
        "404: the number that haunts the web",
        "500 years of harbours",
        "Just a moment: how bot checks work",
        "Are you a robot? Most visitors are",
        "Before you continue, read this",
        TITLE,
    ],
)
def test_a_short_article_about_such_pages_is_an_article(title: str):
    assert extracted(title=title).verdict == "article"


def test_a_news_item_on_cookies_names_its_author():
    text = (
        "<p>Cookies need consent, a court ruled. Sites and their partners must now ask, for all their purposes.</p>"
        + TEXT[:500]
    )
    byline = "<p class=byline>By Ana de la Cruz</p>"
    assert extract(f"<h1>{TITLE}</h1>{byline}{text}", url=URL).verdict == "article"
    assert extract(f"<h1>{TITLE}</h1>{text}", url=URL).verdict == "consent"


@pytest.mark.parametrize(
    "box", ['<div class="paywall" hidden>{}</div>', '<div class="non-paywall">{}</div>', "<div class=paywall></div>"]
)
def test_a_box_that_hides_or_says_nothing_is_no_wall(box: str):
    short = f"<h1>{TITLE}</h1><p>{TEXT[3:180]}</p><p>{TEXT[3:200]} And so on.</p>"
    assert extract(short + box.format("Read on with a ticket for this week."), url=URL).verdict == "article"


@pytest.mark.parametrize(
    ("sentence", "needed"),
    [
        ("The harbour has been silted up for so long. ", 6),
        ("ท่าเรือตื้นเขินมานานจนชาวประมงจำทะเลไม่ได้แล้ว ", 5),
        ("港口淤塞已久，连最年长的渔民也不记得大海的味道。", 4),
        ("항구는 너무 오랫동안 메워져 있었다. ", 6),
        ("ท่าเรือ", 29),
    ],
    ids=["English", "Thai", "Chinese", "Korean", "Thai without a space"],
)
def test_thin_is_measured_alike_in_every_script(sentence: str, needed: int):
    def judged(times: int) -> str:
        return extract(f"<title>Gazette</title><p>{sentence * times}</p>", url=URL).verdict

    assert judged(needed) == "article"
    assert judged(needed - 1) == "thin"


def test_a_dated_item_may_be_shorter():
    item = "<p>The harbour has been silted up for so long that nobody in the whole town remembers the sea.</p>"
    assert extract(f"<h1>{TITLE}</h1>{item}", url=URL).verdict == "thin"
    assert extract(f"<h1>{TITLE}</h1><time datetime=2024-05-01>1 May 2024</time>{item}", url=URL).verdict == "article"


def test_every_sign_has_a_name_of_its_own_and_a_reason():
    assert len({sign.name for sign in SIGNS}) == len(SIGNS)
    assert all(sign.reason and sign.max_words for sign in SIGNS)


SENTENCES: dict[str, list[str]] = {
    "challenge title": [
        "Just a moment...",
        "Attention Required! | Cloudflare",
        "Access to this page has been denied.",
        "Pardon Our Interruption",
        "Vercel Security Checkpoint",
        "Making sure you're not a bot!",
        "Quay Gazette | Robot Check",
        "Nur einen Moment …",
        "Un instant…",
        "Un momento...",
        "Un attimo…",
        "Um momento…",
        "Een moment geduld",
        "Chwileczkę…",
        "Один момент…",
        "Вы не робот?",
        "しばらくお待ちください...",
        "请稍候…",
        "百度安全验证",
    ],
    "challenge text": [
        "Please verify you are human.",
        "Confirm you're a human.",
        "Please enable JS and disable any ad blocker",
        "Our systems have detected unusual traffic from your computer network.",
        "Press & Hold to confirm you are here",
        "gazette.example needs to review the security of your connection before proceeding.",
        "Bestätigen Sie, dass Sie ein Mensch sind.",
        "Vérifiez que vous êtes humain",
        "Verifica que eres un ser humano",
        "Verifica di essere umano",
        "Confirme que você é humano",
        "Bevestig dat je een mens bent",
        "Potwierdź, że jesteś człowiekiem",
        "Подтвердите, что вы не робот",
        "人間であることを確認します",
        "确认您是真人",
        "請驗證您是人類",
    ],
    "error title": [
        "404",
        "404 - Page not found",
        "Error 404",
        "403 Forbidden",
        "502 Bad Gateway",
        "Quay Gazette | Page not found",
        "Oops!",
        "This page doesn't exist",
        "Seite nicht gefunden",
        "Fehler 404",
        "Diese Seite existiert nicht",
        "Page introuvable",
        "Erreur 404",
        "Página no encontrada",
        "Pagina non trovata",
        "Página não encontrada",
        "Pagina niet gevonden",
        "Nie znaleziono strony",
        "Strona nie istnieje",
        "Страница не найдена",
        "Ошибка 404",
        "お探しのページが見つかりません",
        "ページが見つかりませんでした",
        "页面不存在",
        "找不到網頁",
        "Sidan kunde inte hittas",
        "페이지를 찾을 수 없습니다",
    ],
    "error text": [
        "The page you're looking for has been moved.",
        "Sorry, this page isn't available.",
        "You don't have permission to access this.",
        "The requested URL was not found on this server.",
        "Die gewünschte Seite existiert nicht.",
        "La page que vous recherchez n'existe plus.",
        "La página que buscas no existe.",
        "La pagina che stai cercando non esiste.",
        "A página que você procura não existe.",
        "De pagina die je zoekt bestaat niet.",
        "Strona, której szukasz, nie istnieje.",
        "Запрашиваемая вами страница не существует.",
        "お探しのページは移動しました。",
        "您访问的页面不存在",
    ],
    "consent title": [
        "Before you continue",
        "Your privacy choices",
        "Bevor Sie fortfahren",
        "Zustimmung",
        "Quay Gazette – Cookie-Einstellungen",
        "Avant de continuer",
        "Antes de continuar",
        "Prima di continuare",
        "Definições de cookies",
        "Privacy Gate",
        "Szanujemy Twoją prywatność",
        "Настройки файлов cookie",
        "プライバシー設定",
        "隐私设置",
    ],
    "consent body": [
        "By clicking you accept that cookies are set for the purposes named by us and our partners, and agree to our terms.",
        "Mit einem Klick willigen Sie ein, dass wir und unsere Partner Cookies setzen; Sie können auch später zustimmen.",
        "Nos partenaires et nous utilisons des cookies ; vous pouvez accepter ou refuser ces finalités à tout moment.",
        "Nosotros y nuestros socios usamos cookies para varias finalidades; al seguir, aceptas su uso en este sitio.",
        "Noi e i nostri partner usiamo i cookie per diverse finalità; continuando accetti il loro uso su questo sito.",
        "Nós e os nossos parceiros usamos cookies para várias finalidades; ao continuar, aceita o seu uso neste site.",
        "Wij en onze partners gebruiken cookies voor deze doeleinden; met een klik geef je toestemming daarvoor.",
        "My i nasi partnerzy używamy plików cookie w tych celach; klikając, wyrażasz zgodę na ich użycie w serwisie.",
        "Мы и наши партнёры используем файлы cookie в этих целях; продолжая, вы выражаете согласие с этим.",
        "当サイトとパートナーは、この目的でCookieを使用します。続行すると、その使用に同意したものとみなされます。",
        "我们和我们的合作伙伴使用 cookie。继续浏览本网站，即表示您同意我们为上述目的使用这些信息。",
    ],
    "consent buttons": [
        "Accept all cookies",
        "Alle akzeptieren",
        "Tout accepter",
        "Aceptar todo",
        "Accetta tutti",
        "Aceitar todos",
        "Alles accepteren",
        "Zaakceptuj wszystkie",
        "Принять все",
        "すべて同意する",
        "全部接受",
    ],
    "paywall text": [
        "Subscribe to continue reading.",
        "This article is for subscribers only.",
        "To keep reading, log in here.",
        "Lesen Sie weiter mit dem Abo.",
        "Nur für Abonnenten",
        "Article réservé aux abonnés",
        "Abonnez-vous pour lire la suite.",
        "Suscríbete para seguir leyendo.",
        "Contenido exclusivo para suscriptores",
        "Abbonati per continuare a leggere.",
        "Assine para continuar lendo.",
        "Exclusief voor abonnees",
        "Zaloguj się, aby czytać dalej.",
        "Tylko dla prenumeratorów",
        "Оформите подписку, чтобы читать дальше.",
        "この記事は会員限定です",
        "残り1,204文字",
        "订阅后继续阅读",
        "付费内容",
    ],
}
MARKUP = {
    "challenge markup": [
        "<script>window._cf_chl_opt = {cRay: '1'};</script><p>Wait.</p>",
        '<div class="cf-browser-verification">Wait.</div>',
        '<p id="px-captcha">Wait.</p>',
        '<p>Wait.</p><iframe src="https://geo.captcha-delivery.com/captcha/?id=1"></iframe>',
        '<p>Wait.</p><iframe src="/_Incapsula_Resource?CWUDNSAI=9&incident_id=7"></iframe>',
        '<div id="sec-if-cpt-container">Wait.</div>',
        '<p>Wait.</p><script>window.gokuProps = {"key":"1"};</script>',
        '<p>Wait.</p><script id="anubis_challenge" type="application/json">{}</script>',
        "<p>Wait.</p><script>sucuri_cloudproxy_js = '';</script>",
    ],
    "paywall markup": [
        '<div class="c-paywall c-paywall--hard">Read on with a ticket for this week.</div>',
        '<div id="regwall">Read on with an account, it is free.</div>',
    ],
}
LONG = "".join(
    f"<p>Of the {number} boats nobody had expected, in all these years, that they would ever float again.</p>"
    for number in range(2, 20)
)
WALLS = [(sign, text) for sign in SIGNS for text in SENTENCES.get(sign.name, MARKUP.get(sign.name, []))]


def wall(sign: Sign, text: str) -> str:
    """A page on which only `text` says what it is."""
    if sign.where == "title":
        return f"<title>{text}</title><p>Hm.</p>"
    if sign.where == "end":
        return f"<h1>{TITLE}</h1><p>The harbour has been silted up for so long.</p><p>{text}</p>"
    return f"<title>{TITLE}</title>{text if sign.name in MARKUP else f'<p>{text}</p>'}"


@pytest.mark.parametrize(("sign", "text"), WALLS)
def test_every_sign_is_missed(sign: Sign, text: str, monkeypatch: pytest.MonkeyPatch):
    article = extract(wall(sign, text), url=URL)
    assert (article.verdict, article.evidence["verdict"].at) == (sign.verdict, sign.name)
    monkeypatch.setattr(verdict, "SIGNS", tuple(other for other in SIGNS if other is not sign))
    assert extract(wall(sign, text), url=URL).verdict == "thin"


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.name)
def test_a_sign_counts_on_short_pages_only(sign: Sign):
    text = next(text for of, text in WALLS if of is sign)
    assert extract(wall(sign, text).replace("<p>", LONG + "<p>", 1) + LONG, url=URL).verdict == "article"


def test_bytes_that_are_no_text_are_no_article():
    article = extract(random.Random(7).randbytes(100_000), url=URL)
    assert article.verdict == "error"
    assert article.evidence["verdict"].at == "bytes that are no text"


def test_a_text_in_the_wrong_encoding_is_still_an_article():
    german = "".join(
        f"<p>Über Nacht fiel am Fluß so viel Schnee, daß {trains} Züge größtenteils für Stunden stillstanden.</p>"
        for trains in range(9)
    )
    assert extract(german.encode("latin-1"), url=URL, content_type="text/html; charset=utf-8").verdict == "article"
