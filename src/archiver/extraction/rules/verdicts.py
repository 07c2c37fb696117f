"""Signs that a page is no article. Each row is tried on the page's title and on its shown text, and counts only on short pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from archiver.article import Verdict


class Sign(NamedTuple):
    """One row.

    Attributes:
        name: what evidence calls it.
        verdict: what the page then is.
        where: "title" (headline or `<title>`), or "text" (all visible text of a short page, or the end of the body).
        pattern: words that say so.
        max_words: the sign counts only on a page whose body has at most so many words.
        reason: why these words, and why that bound.
    """

    name: str
    verdict: Verdict
    where: str
    pattern: str
    max_words: int
    reason: str

    def found_in(self, text: str) -> str | None:
        """The words in `text` that say so."""
        match = re.search(self.pattern, text, re.IGNORECASE)
        return match[0] if match else None


SIGNS = (
    Sign(
        "challenge title", "challenge", "title",
        r"^(?:just a moment|attention required|one moment, please|access to this page has been denied|are you (?:a )?(?:human|robot)|"
        r"please wait|security check|bot verification|verifying you are human|ddos.guard|human verification|pardon our interruption|robot check)",
        120, "titles of the common bot checks; an article about them has more text",
    ),
    Sign(
        "challenge text", "challenge", "text",
        r"checking (?:if the site connection is secure|your browser)|verify(?:ing)? (?:that )?you are (?:a )?human|enable javascript and cookies to continue|"
        r"complete the (?:security check|captcha)|unusual traffic from your|solve (?:this|the) (?:puzzle|captcha)|press (?:and|&) hold to confirm",
        80, "the sentence such a check shows",
    ),
    Sign(
        "error title", "error", "title",
        r"^(?:(?:error )?(?:40[0134]|410|5\d\d)\b|page not found|not found|file not found|oops|access denied|forbidden|internal server error|"
        r"bad gateway|service unavailable|(?:the )?page (?:you (?:requested|are looking for) )?(?:cannot|could not|can't|couldn't) be found|"
        r"seite (?:wurde )?nicht gefunden|fehler 404|page (?:introuvable|non trouvée)|página no encontrada|pagina non trovata|pagina niet gevonden)",
        150, "an article titled '404: …' has more text than an error page",
    ),
    Sign(
        "error text", "error", "text",
        r"(?:the )?page (?:that )?you (?:are|were) looking for (?:cannot|could not|can't|couldn't|doesn't|does not|is no longer|has been)|"
        r"sorry, (?:this|the|that) page (?:isn't|is not) available|die (?:angeforderte|gewünschte) seite (?:wurde nicht|konnte nicht|existiert nicht)",
        60, "the sentence of an error page that hides behind status 200",
    ),
    Sign(
        "consent title", "consent", "title",
        r"^(?:before you continue|we value your privacy|privacy settings|cookie (?:consent|settings|preferences|policy)|your privacy choices|"
        r"zustimmung|datenschutz-?einstellungen|weiter mit werbung|consent)\b",
        150, "titles of consent walls",
    ),
    Sign(
        "consent text", "consent", "text",
        r"(?:accept (?:all )?cookies|alle akzeptieren|tout accepter|aceptar todas?|consent to the use of cookies|mit werbung (?:lesen|weiterlesen)|"
        r"manage (?:my )?(?:cookie )?(?:preferences|choices))",
        25, "the buttons of a consent wall with nothing but itself on the page",
    ),
    Sign(
        "paywall text", "paywalled", "end",
        r"(?:subscribe|sign (?:in|up)|log ?in|register|become a (?:member|subscriber))(?: now| today)? (?:to|and) (?:continue|keep|unlock|read|get (?:full )?access)|"
        r"this (?:article|story|content|post) is (?:only )?(?:for|available to|reserved for|exclusively for) (?:paid |paying |our )?(?:subscribers|members)|"
        r"to (?:continue|keep) reading,? (?:please )?(?:subscribe|sign|log|register|create)|unlock this (?:article|story)|"
        r"(?:weiterlesen|lesen sie weiter) mit|jetzt (?:abonnieren|freischalten)|nur für abonnenten|article réservé (?:aux|à nos) abonnés|"
        r"contenido exclusivo para suscriptores|conteúdo exclusivo para assinantes|contenuto riservato agli abbonati",
        250, "the sentence at which a paywalled text breaks off; whole articles have a longer text",
    ),
)  # fmt: skip

LOCKED_WORDS = 200
"""A page marked as not free that shows fewer words than this shows only a teaser."""

THIN_WORDS = 40
"""A page with fewer words, nobody's name and no date says nothing by itself."""

THIN_WORDS_SIGNED = 15
"""Signed or dated news items of 20 to 40 words exist; under 15 it is a picture's caption or a pointer."""

LISTING_TYPES = frozenset({"CollectionPage", "SearchResultsPage", "ItemList", "ProfilePage", "ProductGroup", "Product"})
"""JSON-LD types of pages that are no article, whatever else they hold."""

MIN_TEASERS = 12
"""Linked headings on the front page of a magazine; related stories under an article are fewer."""

LINKED_SHARE = 0.7
"""Articles that are lists of links have words of their own between them; of what is kept of a front page nine tenths are links."""

CONTROLS_SHARE = 0.02
"""Control characters in what is kept: none in text, whatever encoding it is read in; one character in ten where bytes are no text."""
