"""My certificates, and the page where anybody can check one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string

from lms.http import PersonRequest
from lms.people.permissions import require
from lms.recognition.errors import PdfUnavailable
from lms.recognition.models import Certificate
from lms.recognition.pdf import pdf_of


@login_required
def certificate_list(request: PersonRequest) -> HttpResponse:
    certificates = Certificate.objects.visible_to(request.user)
    return render(request, "recognition/certificate_list.html", {"certificates": certificates})


def certificate_detail(request: HttpRequest, code: str) -> HttpResponse:
    certificate = Certificate.objects.readable_by_code(code).first()
    context = {
        "certificate": certificate,
        "code": code,
        "is_holder": certificate and request.user.has_perm("lms_recognition.take_certificate", certificate),
    }
    return render(request, "recognition/certificate_detail.html", context, status=200 if certificate else 404)


@login_required
def certificate_pdf(request: PersonRequest, code: str) -> HttpResponse:
    certificate = get_object_or_404(Certificate.objects.visible_to(request.user), code=code)
    require(request.user, "lms_recognition.take_certificate", certificate)
    address = request.build_absolute_uri(certificate.get_absolute_url())
    html = render_to_string(
        "recognition/certificate_print.html", {"certificate": certificate, "address": address}, request
    )
    try:
        content = pdf_of(html)
    except PdfUnavailable as error:
        messages.error(request, str(error.text))
        return redirect(certificate)
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="certificate-{certificate.code}.pdf"'},
    )
