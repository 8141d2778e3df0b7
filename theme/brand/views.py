"""The brand's colours as a stylesheet of its own, so that no page needs inline style."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from theme.brand.current import current_brand


@cache_control(public=True, max_age=31_536_000, immutable=True)
def stylesheet(request: HttpRequest) -> HttpResponse:
    return HttpResponse(current_brand(request).stylesheet, content_type="text/css")
