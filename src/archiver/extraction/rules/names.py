"""Words around and inside bylines: cues, roles, credentials, particles, and what is no author's name."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Role = Literal["author", "reviewer", "other"]


class Cue(NamedTuple):
    """One row: words before a name that say what the person did."""

    role: Role
    pattern: str
    reason: str


CUES = (
    Cue("reviewer", r"(?:medically |clinically |scientifically |legally |expert |fact[- ]?)?(?:reviewed|vetted)(?: for accuracy| and approved)? by", "English"),
    Cue("reviewer", r"medical(?:ly)? review(?:er)?(?: by)?:?|reviewer:|last reviewed:? by", "English"),
    Cue("reviewer", r"(?:medizinisch |fachlich )?(?:geprüft|überprüft) (?:von|durch)|revu par|relu par|revisado por|revisto por|revisionato da", "other languages"),
    Cue("other", r"(?:fact[- ]?)?check(?:ed)? by|edited by|editor:|translated by|translation(?: by)?:?|illustrat(?:ed|ions?) by", "English"),
    Cue("other", r"(?:photo(?:s|graph|graphs|graphed|graphy)?|images?|pictures?|video|film|art|graphics?)(?: credits?| courtesy)?(?: by|:| of)", "English"),
    Cue("other", r"übersetzt von|aus dem \w+ von|übersetzung:?|redigiert von|fotos? von|bilder? von|bild:|grafik:|illustration(?:en)?:?", "German"),
    Cue("other", r"traduit (?:de \S+ )?par|traducido por|traduzido por|tradotto da|vertaald door|photos? de|fotos? de|foto(?:'s)?:|foto di", "Romance, Dutch"),
    Cue("other", r"narrated by|read by|hosted by|presented by|sponsored by|powered by|produced by|directed by|starring", "other people of a page"),
    Cue("other", r"(?:media |press )?contact:|(?:presse)?kontakt:|ansprechpartner(?:in)?:", "whom to ask"),
    Cue("author", r"(?:written|posted|published|submitted|contributed|created|authored|reported|added|story|words|text|article|post|blog|essay|report|opinion|interview|recipe)(?: and \w+)? by:?", "English"),
    Cue("author", r"this (?:post|article|story|entry|page|guide) (?:was |is )?(?:written|authored|contributed|posted|published) by", "English, in a sentence"),
    Cue("author", r"by(?= |$)|by:|authors?(?![\w'’(-]):?|about the authors?:?|author\(s\):|(?:words|text)(?: (?:and|und) \w+)?:|contributors?:|writers?:", "English"),
    Cue("author", r"(?:geschrieben |veröffentlicht |verfasst |erstellt |ein (?:beitrag|artikel|kommentar|gastbeitrag|interview) |artikel |text |gepostet |aufgezeichnet )?von:?|vom|(?:eingestellt|alles|alle beiträge|mehr) von|autor(?:in|en|innen|:in)?(?![\w'’-]):?|verfasser:|redaktion:|interview:|bericht:", "German"),
    Cue("author", r"(?:publié |écrit |rédigé |posté |proposé |propos recueillis |une chronique de )?par:?|auteure?s?:", "French"),
    Cue("author", r"(?:publicado |escrito |redactado |postado |texto )?por:?|autor(?:a|es)?:|redacción:|texto:", "Spanish, Portuguese"),
    Cue("author", r"(?:scritto |pubblicato |articolo )?di(?= )|a cura di|autore:|(?:geschreven |geplaatst )?door:?|tekst:", "Italian, Dutch"),
    Cue("author", r"(?:skriven |skrevet |publisert )?(?:av|af):?|skribent:|journalist:|teksti:|kirjoittaja:", "Nordic languages"),
    Cue("author", r"autorka:|szerző:|írta:|автор(?:ы)?:?|текст:|συντάκτης:?|yazar:?|作者[:：]?|文[:：/／]|記者[:：]?|记者[:：]?|著者[:：]?|글[:：]|기자|penulis:|oleh|bởi", "others"),
)  # fmt: skip

CUE = re.compile(
    "|".join(
        f"(?P<{role}>{'|'.join(row.pattern for row in CUES if row.role == role)})" for role in ("reviewer", "other", "author")
    )
)
"""A cue, in small letters; the name of the group that matched is the role."""

UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""Scripts that write a name without a space in it, the family first."""

CUE_BEHIND = re.compile(
    r"(?P<names>[\u3400-\u9fff\uac00-\ud7a3]{2,5}(?:\s?[·・,、]\s?[\u3400-\u9fff\uac00-\ud7a3]{2,5})*)\s?"
    r"(?:기자|특파원|논설위원|記者|特派員|记者|特派员)(?:\s\S{1,40}@\S{1,60})?"
)
"""The whole of a line that says behind the names that they are reporters', as Korean and Japanese put it."""

_REVIEWER_CUES = "|".join(row.pattern for row in CUES if row.role == "reviewer")
REVIEWER_INSIDE = re.compile(rf"(?<=[\s.|)])(?:{_REVIEWER_CUES})(?=\s)")
"""A reviewer's cue in the middle of a line of facts; in small letters."""
REVIEWER_WORDS = ("review", "vetted", "prüft", "revu", "relu", "revis")
"""One of these stands in whatever `REVIEWER_INSIDE` matches."""

CREDENTIALS = frozenset(
    [
        "md",
        "phd",
        "dphil",
        "drhc",
        "do",
        "rn",
        "rd",
        "rdn",
        "ldn",
        "cns",
        "np",
        "fnp",
        "pa-c",
        "pa",
        "pharmd",
        "dds",
        "dmd",
        "dvm",
        "jd",
        "llm",
        "mba",
        "ms",
        "msc",
        "ma",
        "mph",
        "msw",
        "lcsw",
        "lmft",
        "lpc",
        "bs",
        "bsc",
        "ba",
        "edd",
        "psyd",
        "cpa",
        "cfa",
        "cfp",
        "cissp",
        "pmp",
        "esq",
        "faan",
        "facp",
        "facs",
        "faad",
        "face",
        "fand",
        "fasmbs",
        "frcp",
        "frcs",
        "mbbs",
        "mbchb",
        "bds",
        "dc",
        "dpt",
        "pt",
        "ot",
        "cscs",
        "nasm-cpt",
        "cpt",
        "ace",
        "cdces",
        "cde",
        "e-ryt",
        "ryt",
        "aprn",
        "bsn",
        "msn",
        "mn",
        "cpp",
        "psp",
        "obe",
        "mbe",
        "cbe",
        "mp",
        "frs",
        "ii",
        "iii",
        "iv",
        "jr",
        "sr",
        "junior",
        "senior",
        "mfa",
        "mpp",
        "mpa",
        "mhs",
        "mha",
        "med",
        "mat",
        "rph",
        "ccc-slp",
        "slp",
        "rdh",
    ]
)
"""Letters behind a name, without dots."""

HONORIFICS = re.compile(r"(?i)^(?:mr|mrs|ms|miss|herr|frau|sir|m\.|mme|sr\.|sra\.)\.?\s+(?=\w+\s+\w)")
"""Titles of courtesy; "Dr." and "Prof." stay, since pages print them as part of the name."""

PARTICLES = frozenset(
    [
        "von",
        "vom",
        "zu",
        "zum",
        "zur",
        "van",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "do",
        "dos",
        "das",
        "du",
        "la",
        "le",
        "las",
        "los",
        "el",
        "al",
        "bin",
        "ibn",
        "ben",
        "af",
        "av",
        "ter",
        "ten",
        "te",
        "y",
        "e",
        "san",
        "st",
    ]
)
"""Words inside names that stay lower case."""

CONJUNCTIONS = re.compile(
    r"\s+(?:and|und|et|og|och|ja|with|mit|&amp;|&|\+|и|i)\s+|\s*(?:;|／|、|\n)\s*|\s/\s|(?<=\w)/(?-i:(?=[A-Z]))", re.IGNORECASE
)
"""What parts two names for certain."""

CLOSE_CONJUNCTIONS = re.compile(r"\s+(?:y|e|en|a)\s+")
"""Conjunctions that also stand inside names: they part only two full names."""

ROLE_WORDS = re.compile(
    r"\b(?:editors?|writers?|reporters?|correspondents?|journalists?|contributors?|columnists?|director|manager|founder|ceo|cto|cmo|officer|"
    r"president|expert|specialist|producer|dietitian|nutritionist|professor|redakteur(?:in)?|redacteur|rédact\w+|redactora?|"
    r"author|photographers?|analyst|engineer|consultant|coach|attorney|lawyer|head of|strategist|representative|special to|"
    r"senior|associate|assistant|executive|freelance|guest|staff|chief|lead|für)\b"
)
"""What somebody is, behind a name and a comma; in small letters."""

NO_NAME = re.compile(
    r"^(?:(?:.* )?admin\w*|root|user\d*|guest|anonymous|anonym|unknown|none|null|undefined|nobody|editor|webmaster|"
    r"default|test|wordpress|wp[-_]?\w+|system|name|staff|contributor|n/?a|super ?user|manager|marketing|post|"
    r"follow\w*|share|email|e-mail|twitter|facebook|linkedin|instagram|subscribe|sign in|log ?in|read more|see (?:all|bio|full).*|"
    r"about|contact|home|menu|search|save|print|reply|submit|advertis\w*|more|(?:last )?(?:updated|modified)|published|posted|"
    r"full bio|learn.*|our (?!editors).*|editorial (?:standards|policy|process)|affiliate.*|"
    r".*\b(?:profile|disclosure|checked|spotlight|in touch|co-authors?|policies|guidelines|follow|webpage|comments?|paid|categor(?:y|ies)|uncategorized|"
    r"insights|veröffentlicht|publiziert|gepostet|eingestellt|publié|publicado|subscribers?|newsletter|reviewed|sponsored|advertisement|contents|posts)\b.*|"
    r"writers?|hardware|view .*|visit .*|website|bio|the author|(?:this|that|these|those|your?|my|we|it|how|what|why|when|where|if|in|on|at|for|with)\b.*)$"
)
"""Account names, commands and labels that stand where a name is expected; in small letters."""

ORGANIZATION = re.compile(
    r"\b(?:team|staff|editors?|editorial|redaktion|redacci[oó]n|rédaction|redazione|redactie|desk|newsroom|news|press|agency|"
    r"inc|llc|ltd|gmbh|corp(?:oration)?|company|group|magazine|journal|university|universität|institute?|center|centre|foundation|"
    r"association|society|office|department|committee|council|board|network|media|agentur|verlag|bureau|reuters|afp|dpa|apa|efe|ansa|"
    r"clinic|hospital|services?|solutions|academy|school|studio|partners|ministry|commission|world|daily|times|post|online)\b"
    r"|\.(?:com|org|net|de|fr|es|it|nl|co)\b"
    r"|뉴스|신문|일보|방송|통신|편집|취재팀|ニュース|新聞|新闻|通信|編集|编辑|日報|日报|時報|时报|晚报|報社|报社|通讯社"
)
"""Words that no person's name holds; in small letters."""

COMPANY_FORM = re.compile(r"(?:inc|llc|llp|ltd|gmbh|corp|plc)\.?", re.IGNORECASE)
"""What follows a company's name behind a comma, and belongs to it: "Riverworks, Inc."."""

END_OF_NAMES = re.compile(
    r"[|•·⋅∙—–]|\s(?:-\s|\d)|\([^)]{0,200}\)|\w+:\s|"
    r"\b(?:(?:updated|published|posted|sponsored|view|last|(?:(?:ein|keine?) )?(?:kommentare?|comments?)|im gespräch)\b|"
    r"at\s|of\s(?=the\b)|(?:for|from|filed under)\s(?=[^\W\d_])|"
    r"(?:edited|reviewed|translated|illustrated|photographed|fact-checked) by\b|"
    r"erstellt\b|(?:on|am|vom|vor)\s(?:[^\W\d_]{3,9}\s)?(?=\d)|"
    r"(?:jan(?:uary?)?|feb(?:ruary?)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|jun[ei]?|jul[yi]?|aug(?:ust)?|"
    r"sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)\.?\s\d)"
)
"""What stands behind the last name of a line, in small letters: a separator, a number, a word of another fact, a date."""

END_OF_NAMES_AS_PRINTED = re.compile(
    r"\b(?:(?:on|am|vom|is|has|was|are|writes)\b|(?:le|el|il|em|op)\s(?=\d|\w{2,10}\s\d)|"
    r"(?:in|In|IN):?(?=\s[^\W\d_a-z]|\s*$))"
)
"""As `END_OF_NAMES`, where capitals tell it from a part of a name: "Jo Is", "Robert in der Maur"."""
