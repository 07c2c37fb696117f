"""How to tell that a host has lost its pages: what stands there now is the trade with its name.

`tests/tasks/reaching/test_gone.py` takes each row away in turn and demands that its example is no longer known.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class ParkingHost(NamedTuple):
    """A host that addresses of parked domains lead to."""

    name: str
    reason: str


PARKING_HOSTS = (
    ParkingHost("sedoparking.com", "Sedo's parked pages"),
    ParkingHost("sedo.com", "Sedo's offers"),
    ParkingHost("parkingcrew.net", "Team Internet's parked pages"),
    ParkingHost("bodis.com", "Bodis' parked pages"),
    ParkingHost("hugedomains.com", "names for sale"),
    ParkingHost("dan.com", "names for sale"),
    ParkingHost("afternic.com", "GoDaddy's offers"),
    ParkingHost("buydomains.com", "names for sale"),
    ParkingHost("domainmarket.com", "names for sale"),
    ParkingHost("atom.com", "names for sale, formerly Squadhelp"),
    ParkingHost("undeveloped.com", "names for sale"),
    ParkingHost("above.com", "parked pages"),
)


class ParkingSign(NamedTuple):
    """What a parked page says; it has few other words."""

    pattern: str
    example: str
    reason: str


PARKING_SIGNS = (
    ParkingSign(r"(?:this |the )?domain(?: name)?\b.{0,60}\b(?:is|may be|might be) (?:available )?for sale", "The domain example.org is for sale.", "English offers"),
    ParkingSign(r"(?:buy|inquire about|make an offer (?:on|for)|get) this domain", "Buy this domain", "English offers"),
    ParkingSign(r"\bdomain\b.{0,60}\b(?:is |was |has been |has )?(?:parked|expired)\b", "This domain is parked free of charge.", "registrars' pages for names without a site"),
    ParkingSign(r"\bdomain\b.{0,60}\b(?:steht zum verkauf|zu verkaufen|kaufen)\b", "Diese Domain steht zum Verkauf", "German offers"),
    ParkingSign(r"\b(?:domaine\b.{0,60}\best à vendre|dominio\b.{0,60}\ben venta|dominio\b.{0,60}\bin vendita|domínio\b.{0,60}\bà venda)", "Ce nom de domaine est à vendre", "French, Spanish, Italian, Portuguese offers"),
    ParkingSign(r"域名.{0,20}(?:出售|转让)", "该域名正在出售", "Chinese offers"),
)  # fmt: skip

MAX_PARKED_WORDS = 200
"""An article about the trade with domains has more."""
PARKED = re.compile("|".join(row.pattern for row in PARKING_SIGNS), re.IGNORECASE)
