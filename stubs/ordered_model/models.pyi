"""The types of django-ordered-model, as far as rooms use it; the library has none of its own."""

from typing import ClassVar, TypeVar

from django.db import models

_Row = TypeVar("_Row", bound=models.Model, covariant=True)

class OrderedModelQuerySet(models.QuerySet[_Row]): ...
class OrderedModelManager(models.Manager[_Row]): ...

class OrderedModelBase(models.Model):
    order_field_name: ClassVar[str | None]
    order_with_respect_to: ClassVar[str | tuple[str, ...] | None]
    order_class_path: ClassVar[str | None]

    class Meta:
        abstract = True

    def to(self, order: int) -> None: ...
    def up(self) -> None: ...
    def down(self) -> None: ...

class OrderedModel(OrderedModelBase):
    order = models.PositiveIntegerField()

    class Meta:
        abstract = True
        ordering = ("order",)
