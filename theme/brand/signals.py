"""Lets pages show a brand as soon as it is saved."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from theme.brand.current import forget_brands
from theme.brand.models import BrandSettings, Partner


@receiver([post_save, post_delete], sender=BrandSettings)
@receiver([post_save, post_delete], sender=Partner)
def show_the_new_brand(**kwargs: Any) -> None:
    forget_brands()
