"""The whole site in one ASGI application: static files, then pages by the WSGI handler in threads, and sockets.

Pages do not run under Django's ASGI handler: each of its middlewares hops threads, some 3 ms a request together.
"""

import os
from typing import cast

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.production")
pages = get_wsgi_application()

# Everything below needs the app registry, which the line above has filled.
from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi_typing import WSGIApp
from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.conf import settings
from django.urls import path
from servestatic import ServeStaticASGI

from lms import plugins
from lms.people.sockets import SecondStepFirst

sockets = URLRouter([path(route.path, route.consumer) for route in plugins.SOCKET_ROUTES.collect()])
application = ProtocolTypeRouter(
    {
        "http": ServeStaticASGI(
            WSGIMiddleware(cast(WSGIApp, pages), workers=settings.PAGE_THREADS),
            root=settings.STATIC_ROOT,
            prefix=settings.STATIC_URL,
            allow_all_origins=False,
        ),
        "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(SecondStepFirst(sockets))),
    }
)
