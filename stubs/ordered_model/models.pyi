"""The types of django-ordered-model, as far as rooms use it; the library has none of its own."""

from typing import TypeVar

from django.db import models

_Row = TypeVar("_Row", bound=models.Model, covariant=True)

class OrderedModelQuerySet(models.QuerySet[_Row]): ...
class OrderedModelManager(models.Manager[_Row]): ...

class OrderedModelBase(models.Model):
    order_field_name: str | None
    order_with_respect_to: str | tuple[str, ...] | None
    order_class_path: str | None

    class Meta:
        abstract = True

class OrderedModel(OrderedModelBase):
    order = models.PositiveIntegerField()

    class Meta:
        abstract = True
        ordering = ("order",)
