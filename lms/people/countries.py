"""The countries that can be chosen: those that take part in European programmes for adult education."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Country(TextChoices):
    """Countries by their two letters.

    *Source:* ISO 3166-1 alpha-2.
    """

    ALBANIA = "AL", _("Albania")
    AUSTRIA = "AT", _("Austria")
    BELGIUM = "BE", _("Belgium")
    BOSNIA_AND_HERZEGOVINA = "BA", _("Bosnia and Herzegovina")
    BULGARIA = "BG", _("Bulgaria")
    CROATIA = "HR", _("Croatia")
    CYPRUS = "CY", _("Cyprus")
    CZECHIA = "CZ", _("Czechia")
    DENMARK = "DK", _("Denmark")
    ESTONIA = "EE", _("Estonia")
    FINLAND = "FI", _("Finland")
    FRANCE = "FR", _("France")
    GERMANY = "DE", _("Germany")
    GREECE = "GR", _("Greece")
    HUNGARY = "HU", _("Hungary")
    ICELAND = "IS", _("Iceland")
    IRELAND = "IE", _("Ireland")
    ITALY = "IT", _("Italy")
    LATVIA = "LV", _("Latvia")
    LIECHTENSTEIN = "LI", _("Liechtenstein")
    LITHUANIA = "LT", _("Lithuania")
    LUXEMBOURG = "LU", _("Luxembourg")
    MALTA = "MT", _("Malta")
    MOLDOVA = "MD", _("Moldova")
    MONTENEGRO = "ME", _("Montenegro")
    NETHERLANDS = "NL", _("Netherlands")
    NORTH_MACEDONIA = "MK", _("North Macedonia")
    NORWAY = "NO", _("Norway")
    POLAND = "PL", _("Poland")
    PORTUGAL = "PT", _("Portugal")
    ROMANIA = "RO", _("Romania")
    SERBIA = "RS", _("Serbia")
    SLOVAKIA = "SK", _("Slovakia")
    SLOVENIA = "SI", _("Slovenia")
    SPAIN = "ES", _("Spain")
    SWEDEN = "SE", _("Sweden")
    SWITZERLAND = "CH", _("Switzerland")
    TURKIYE = "TR", _("Türkiye")
    UKRAINE = "UA", _("Ukraine")
    UNITED_KINGDOM = "GB", _("United Kingdom")


def country_name(code: str) -> str:
    """Return the country's name, or the code itself where it is not in the list."""
    return str(Country(code).label) if code in Country.values else code
