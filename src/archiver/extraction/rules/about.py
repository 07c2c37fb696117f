"""Class names and words of section trails and standfirsts."""

from __future__ import annotations

import re

TRAIL_HINT = re.compile(r"\bbread-?_?crumbs?|\bbreadcrumb|\bcrumbs\b|\b(?:page|site)-?trail\b|\brootline\b|\bbrotkr")
"""Class names of section trails."""

TRAIL_WORDS = ("crumb", "trail", "rootline", "brotkr")
"""One of these stands in whatever `TRAIL_HINT` matches."""

TRAIL_SEPARATOR = re.compile(r"\s*[»›>→/|≫⟩▸]+\s*")
"""What stands between the steps of a trail."""

HOME = re.compile(
    r"(?i)(?:home ?page|home|start(?:seite)?|accueil|inicio|início|home page|página inicial|homepagina|hem|forside|hjem|etusivu|"
    r"strona główna|domů|főoldal|acasă|ana ?sayfa|главная|головна|αρχική|ホーム|トップ|首页|首頁|홈|beranda|you are here:?( home)?|sie sind hier:?( startseite)?)(?=\W|$)"
)
"""The first step."""

DEK_HINT = re.compile(
    r"(?<![\w-])(?:[\w-]*(?:standfirst|subtitle|sub-title|subhead(?:line|ing)?|sub-headline|dek|deck|chapo|entradilla|bajada|sottotitolo|ingress|vorspann|"
    r"untertitel|lead-text|article-lead|article__lead|article-intro|article__intro|article-summary|article__summary|post-excerpt|entry-summary))(?![\w])"
)
"""Class names of standfirsts."""
