"""The site's brand and its partners."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable

from theme.brand.contrast import NIGHT, PAPER, Corrected, correct

DEFAULT_ACCENT = "#005354"
DEFAULT_ON_NIGHT = "#7fd6d0"
"""Our own accent is chosen twice by hand, as the theme's tokens have it."""


@register_setting(icon="circle-check")
class BrandSettings(ClusterableModel, BaseSiteSetting):
    """How a site presents its organisation. ``accent`` is kept as chosen; what is shown is corrected for reading."""

    name = models.CharField(_("name of the site"), max_length=80, default="Kyklos")
    tagline = models.CharField(
        _("one line under the name"), max_length=160, blank=True, help_text=_("Shown on the sign-in page.")
    )
    logo = models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("logo")
    )
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        default=DEFAULT_ACCENT,
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write the colour as #rrggbb, such as #005354."))],
        help_text=_("Written as #rrggbb. If it cannot be read well, Kyklos shows the nearest colour that can."),
    )
    footer_text = models.TextField(_("text at the foot of each page"), blank=True)
    funding_notice = models.TextField(
        _("funding notice"), blank=True, help_text=_("The words that a funder asks for, such as a disclaimer.")
    )

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("tagline"), FieldPanel("logo")], _("Name and logo")),
        MultiFieldPanel([FieldPanel("accent"), HelpPanel(template="brand/contrast_panel.html")], _("Colour")),
        MultiFieldPanel([FieldPanel("footer_text"), FieldPanel("funding_notice")], _("Foot of the page")),
        InlinePanel("partners", heading=_("Partners"), label=_("Partner")),
    ]

    class Meta:
        verbose_name = _("brand")

    def __str__(self) -> str:
        return self.name

    @property
    def accent_on_paper(self) -> Corrected:
        """The accent as the light theme shows it."""
        return correct(self.accent, PAPER)

    @property
    def accent_on_night(self) -> Corrected:
        """The accent as the dark theme shows it."""
        if self.accent == DEFAULT_ACCENT:
            return Corrected(self.accent, DEFAULT_ON_NIGHT)
        return correct(self.accent, NIGHT)


class Partner(Orderable):
    """An organisation that stands in the footer."""

    brand = ParentalKey(BrandSettings, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(_("name"), max_length=120)
    url = models.URLField(_("website"), blank=True)
    logo = models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("logo")
    )

    panels = [FieldPanel("name"), FieldPanel("url"), FieldPanel("logo")]

    class Meta(Orderable.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self) -> str:
        return self.name
