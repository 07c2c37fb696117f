"""Signs that a page is a wall or an error page. Each row is tried on one place of the page, and counts only on short pages.

Words are words of five letters (see `verdict.count_words`), so that a bound means the same in every script. Languages stand
in the order en, de, fr, es, it, pt, nl, pl, ru, ja, zh, and then others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from archiver.article import Verdict

Where = Literal["title", "shown", "body", "end", "code", "box"]


class Sign(NamedTuple):
    """One row.

    Attributes:
        name: what evidence calls it.
        verdict: what the page then is.
        where: "title" (headline or `<title>`); "shown" (what the page prints first); "body" (the kept text of a page that
            names no author); "end" (the end of the kept text; of a very short page every short block); "code" (class
            names, ids, scripts and the addresses of frames); "box" (class names and ids of shown elements that print
            a text).
        pattern: what says so; case does not count. Where it has a group, evidence shows that.
        max_words: the sign counts only on a page whose kept text has at most so many words.
        reason: why this says so, and why that bound.
    """

    name: str
    verdict: Verdict
    where: Where
    pattern: str
    max_words: int
    reason: str

    def found_in(self, text: str) -> str | None:
        """The words in `text` that say so."""
        match = re.search(self.pattern, text, re.IGNORECASE)
        return match[match.lastindex or 0].strip() if match else None


_START = r"(?:^|[|–—:»·-]\s)\W*"
"""A title, or what follows the site's name in it."""
_ONLY = r"(?=\W*$|\W*[|–—·-]\s)"
"""Nothing comes behind it in the title but the site's name."""

SIGNS = (
    Sign(
        "challenge markup", "challenge", "code",
        r"\b_cf_chl_opt\b|\bcf-browser-verification\b|\bcf-challenge\b|\bpx-captcha\b|\bcaptcha-delivery\.com|_Incapsula_Resource\?[^\s]*incident_id|"
        r"\bsec-if-cpt-|\bgokuProps\b|\banubis_challenge\b|\bsucuri_cloudproxy_js\b",
        120, "what Cloudflare, HUMAN, DataDome, Imperva, Akamai, AWS, Anubis and Sucuri write on their check and not on the pages they guard",
    ),
    Sign(
        "challenge title", "challenge", "title",
        _START + r"(?:just a moment|attention required|one moment,? please|access to this page has been denied|are you (?:a )?(?:human|robot)|please wait|"
        r"(?:vercel )?security check(?:point)?|bot verification|verifying (?:that )?you are human|ddos.guard|human verification|pardon our interruption|"
        r"robot check|(?:checking|verifying) your browser|making sure you're not a bot|captcha|"
        r"nur einen moment|einen moment,? bitte|sicherheitsüberprüfung|sind sie ein (?:mensch|roboter)|un instant|vérification de sécurité|êtes-vous un (?:humain|robot)|"
        r"un momento|verificación de seguridad|eres un (?:humano|robot)|un attimo|verifica di sicurezza|sei un (?:umano|robot)|"
        r"um momento|verificação de segurança|você é (?:um )?(?:humano|robô)|een moment geduld|even geduld|beveiligingscontrole|chwileczkę|weryfikacja bezpieczeństwa|"
        r"один момент|минутку|проверка безопасности|вы (?:не )?робот|しばらくお待ちください|セキュリティ(?:チェック|確認)|ロボットではありません|"
        r"请稍[候等]|請稍候|.{0,4}安全(?:检查|验证|檢查|驗證)|人机验证)" + _ONLY,
        120, "titles of the common bot checks; an article about them has more text",
    ),
    Sign(
        "challenge text", "challenge", "shown",
        r"checking (?:if the site connection is secure|your browser)|(?:verify|verifying|confirm) (?:that )?you(?: a|')re (?:a )?human|you(?: a|')re not a (?:ro)?bot\b|"
        r"enable javascript and cookies to continue|enable js and disable any ad blocker|complete the (?:security check|captcha)|unusual traffic from your|"
        r"solve (?:this|the) (?:puzzle|captcha)|press (?:and|&) hold to confirm|review the security of your connection|"
        r"dass (?:sie|du) (?:ein mensch|kein roboter)|sicherheit ihrer verbindung|ungewöhnlichen datenverkehr|que vous êtes (?:un )?humain|n'êtes pas un robot|"
        r"la sécurité de votre connexion|trafic (?:inhabituel|exceptionnel)|que (?:eres|es) (?:un )?(?:ser )?humano|no (?:eres|es) un robot|tráfico inusual|"
        r"(?:di essere|che sei) (?:un )?(?:essere )?umano|non sei un robot|traffico (?:insolito|anomalo)|que (?:você )?é (?:um )?(?:ser )?humano|não é um robô|tráfego (?:incomum|invulgar)|"
        r"(?:u|je) (?:een mens|geen robot) ben|ongebruikelijk verkeer|jesteś człowiekiem|nie jesteś robotem|nietypowy ruch|что вы (?:не робот|человек)|похожи на автоматические|"
        r"人間であることを|ロボットでは(?:ない|ありません)|通常と異なるトラフィック|[确確][认認]您是真人|[验驗][证證]您(?:是|不是)|不是[机機]器人|[异異]常流量|正在检查(?:您的)?浏览器",
        80, "the sentence such a check shows",
    ),
    Sign(
        "error title", "error", "title",
        _START + r"(?:(?:(?:http )?(?:error|fehler|erreur|errore|erro|fout|błąd|ошибка|错误|エラー) ?)?(?:40[0134]|410|50[0-4])(?:\W*$|\s*[|–—·-]|\W+(?:error|not found|page|forbidden|gone|bad|"
        r"internal|service|fehler|seite|erreur))|(?:error|fehler|erreur|errore|erro|fout|błąd|ошибка) (?:40[0134]|410|50[0-4])\b|page not found|not found|file not found|oops|access denied|forbidden|"
        r"internal server error|bad gateway|service unavailable|(?:the |this )?page (?:you (?:requested|are looking for) )?(?:cannot|could not|can't|couldn't) be found|"
        r"(?:the |this )?page (?:does not|doesn't|no longer) exists?|"
        r"(?:diese |die )?seite (?:existiert nicht|(?:wurde |konnte )?(?:leider )?nicht (?:gefunden|verfügbar|vorhanden))|(?:artikel|inhalt|beitrag) nicht gefunden|zugriff verweigert|"
        r"page (?:introuvable|non trouvée|inexistante)|accès refusé|página no (?:encontrada|disponible|existe)|acceso denegado|pagina non (?:trovata|disponibile|esiste)|accesso negato|"
        r"página não (?:encontrada|disponível|existe)|acesso negado|pagina (?:niet|bestaat niet|kan niet) ?(?:gevonden|beschikbaar)?|toegang geweigerd|"
        r"nie znaleziono(?: strony)?|strona nie (?:została znaleziona|istnieje)|odmowa dostępu|страница не (?:найдена|существует)|доступ запрещ[её]н|"
        r"(?:お探しの|指定された)?ページ(?:が|は)(?:見つかり|存在し)|(?:页面|網頁|网页|頁面)(?:不存在|未找到|没有找到|找不到)|找不到(?:页面|網頁|网页|頁面)|拒绝访问|"
        r"sidan (?:kunde inte hittas|hittades inte|finns inte)|siden (?:blev ikke fundet|findes ikke|finnes ikke|ble ikke funnet)|sivua ei löy|sayfa bulunamadı|페이지를 찾을 수 없|stránka nenalezena)",
        150, "an article titled '404: …' has more text than an error page",
    ),
    Sign(
        "error text", "error", "shown",
        r"(?:the )?page (?:that )?you(?: are| were|'re) looking for (?:cannot|could not|can't|couldn't|doesn't|does not|is no longer|has been|isn't)|"
        r"sorry, (?:this|the|that) page (?:isn't|is not) available|don't have permission to access|the requested (?:url|page) (?:was not|could not be) found|"
        r"(?:angeforderte|gewünschte|gesuchte|aufgerufene) seite (?:wurde|konnte|existiert|ist)(?: leider)?(?: nicht|$)|"
        r"la page (?:que vous (?:re)?cherchez|que vous demandez|demandée) (?:n'|est introuvable)|la página (?:que (?:buscas?|estás buscando)|solicitada) no |"
        r"la pagina (?:che (?:stai cercando|cerchi)|richiesta) non |a página que (?:você )?(?:procura|está procurando|tentou acessar) não |"
        r"pagina die (?:u|je) zoekt|(?:opgevraagde|gevraagde) pagina (?:bestaat|is|kon|kan) |strona,? której szukasz|(?:запрашиваемая|запрошенная)(?: вами)? страница не |"
        r"お探しのページ(?:は|が)|您(?:访问|要找|查找|请求|訪問)的(?:页面|网页|頁面|網頁)",
        60, "the sentence of an error page that hides behind status 200",
    ),
    Sign(
        "consent title", "consent", "title",
        _START + r"(?:before you continue|we value your privacy|privacy settings|cookie (?:consent|settings|preferences)|your privacy choices|"
        r"bevor (?:sie|du)\b.{0,30} (?:fortfahren|weitergeh)|zustimmung|datenschutz-?einstellungen|cookie-?einstellungen|weiter mit werbung|"
        r"avant (?:de continuer|d'accéder)|vos choix en matière de (?:cookies|confidentialité)|nous respectons votre vie privée|paramètres des cookies|"
        r"antes de (?:continuar|ir a google)|valoramos (?:tu|su) privacidad|configuración de (?:cookies|privacidad)|prima di continuare|impostazioni (?:sulla privacy|dei cookie)|"
        r"valorizamos (?:a )?sua privacidade|(?:definições|configurações) de cookies|voordat (?:je|u) verder|cookie-?(?:instellingen|voorkeuren|toestemming)|privacy gate|"
        r"zanim przejdziesz|szanujemy twoją prywatność|ustawienia (?:prywatności|plików cookie)|прежде чем перейти|настройки (?:файлов )?cookie|"
        r"続行する前に|プライバシー設定|继续之前|隐私设置|consent)" + _ONLY,
        150, "titles of consent walls",
    ),
    Sign(
        "consent body", "consent", "body",
        r"(?s)\A(?=.*(?:cookie|クッキー|файл\w* куки))(?=.*(?:\bpartners?\b|third.part|\bpurposes?\b|\bpartnern?\b|dritt|zwecke|partenaires|finalités|socios|finalidades|"
        r"terze parti|finalità|parceiros|derden|doeleinden|partnerzy|partnerami|celach|партн[её]р|целях|パートナー|第三者|合作伙伴|第三方))"
        r".*\b(accept(?: all| cookies)?|agree|consent|akzeptier\w+|zustimm\w+|einwillig\w+|accepte[rz]|consent\w+|acept\w+|accett\w+|aceit\w+|akkoord|accepteer\w*|toestemming|"
        r"zgod\w+|zgadza\w+|akceptuj\w*|соглас\w+|принять|принима\w+)\b|\A(?=.*cookie)(?=.*(?:パートナー|第三者|合作伙伴|第三方)).*(同意|接受)",
        200, "the kept text asks for consent: cookies, who gets them and what for, and a word of agreement; a news item on cookies names its author",
    ),
    Sign(
        "consent buttons", "consent", "shown",
        r"(?:accept (?:all )?cookies|consent to the use of cookies|manage (?:my )?(?:cookie )?(?:preferences|choices)|alle akzeptieren|mit werbung (?:lesen|weiterlesen)|"
        r"tout accepter|aceptar tod[ao]s?|accetta tutt[io]|aceitar tod[ao]s|alles accepteren|(?:zaakceptuj|akceptuj) wszystkie|принять все|すべて(?:受け入れる|同意)|全部接受|接受全部)",
        25, "the buttons of a consent wall with nothing but itself on the page",
    ),
    Sign(
        "paywall text", "paywalled", "end",
        r"(?:subscribe|sign (?:in|up)|log ?in|register|become a (?:member|subscriber))(?: now| today)? (?:to|and) (?:continue|keep|unlock|read|get (?:full )?access)|"
        r"this (?:article|story|content|post) is (?:only )?(?:for|available to|reserved for|exclusively for) (?:paid |paying |our )?(?:subscribers|members)|"
        r"to (?:continue|keep) reading,? (?:please )?(?:subscribe|sign|log|register|create)|unlock this (?:article|story)|"
        r"(?:weiterlesen|lesen sie weiter) mit|jetzt freischalten|(?:nur|exklusiv) für (?:unsere )?abonnent|um (?:diesen artikel |den artikel )?(?:weiterzulesen|zu lesen),? (?:melden|registrieren|abonnieren)|"
        r"réservée? (?:aux|à nos) abonnés|(?:abonnez|connectez|inscrivez)-vous pour (?:lire|continuer|accéder)|il vous reste \d+ ?% |"
        r"(?:suscríbete|suscríbase|inicia sesión|regístrate) para (?:seguir|continuar|leer|acceder)|(?:exclusivo|solo) para suscriptores|"
        r"(?:abbonati|accedi|registrati) per (?:continuare|leggere)|riservat[oa] agli abbonati|"
        r"(?:assine|cadastre-se|faça login|registe-se) para (?:continuar|ler|ter acesso)|exclusivo para assinantes|"
        r"(?:exclusief|alleen) voor abonnees|(?:log in|word abonnee|neem een abonnement) (?:om|en) (?:verder|door|dit)|"
        r"(?:zaloguj się|wykup dostęp|subskrybuj)[^.]{0,30}by (?:czytać|przeczytać)|(?:tylko )?dla (?:subskrybentów|prenumeratorów)|"
        r"(?:оформите подписку|подпишитесь|войдите),? чтобы (?:читать|продолжить|дочитать)|(?:только|доступ\w*) (?:для подписчиков|подписчикам|по подписке)|"
        r"残り[\d,]+文字|会員限定(?:記事|です)|続きを読むには|(?:订阅|登录|訂閱|登入)(?:后|後)?(?:即可|可)?(?:继续|繼續)?(?:阅读|閱讀)(?:全文)?|付费(?:内容|阅读)",
        250, "the sentence at which a paywalled text breaks off; whole articles have a longer text",
    ),
    Sign(
        "paywall markup", "paywalled", "box",
        r"(?<!non-)(?<!no-)(?<![a-z])(?:paywall|regwall|paygate|subscription-?wall|registration-?wall|piano-paywall|article-?locked|premium-?locked|locked-?content|content-?locked|subscriber-?wall)(?![a-z])",
        150, "the box that stands where a paywalled text breaks off; longer texts carry it too, out of sight",
    ),
)  # fmt: skip

LOCKED_WORDS = 200
"""A page marked as not free that shows fewer words than this shows only a teaser."""

THIN_WORDS = 40
"""A page with fewer words, nobody's name and no date says nothing by itself."""

THIN_WORDS_SIGNED = 15
"""Signed or dated news items of 20 to 40 words exist; under 15 it is a picture's caption or a pointer."""

WORD_LETTERS = 5
IDEOGRAPH_LETTERS = 2.5
"""What a word, an ideograph and a syllable block say in letters: Thai puts no spaces between words, Chinese has no letters."""

CONTROLS_SHARE = 0.02
"""Control characters in what is kept: none in text, whatever encoding it is read in; one character in ten where bytes are no text."""
