"""The brand's colours as a stylesheet of its own, so that no page needs inline style."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from theme.brand.current import current_brand


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def stylesheet(request: HttpRequest) -> HttpResponse:
    return HttpResponse(current_brand(request).stylesheet, content_type="text/css")
