"""The blocks that a lesson is built of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class PictureBlock(blocks.StructBlock):
    """A picture with what it shows in words."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(required=False, label=_("Caption"))
    credit = blocks.CharBlock(required=False, label=_("Made by, licence"))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "lessons/blocks/picture.html"


class VideoBlock(blocks.StructBlock):
    """A video file with captions; the transcript is for those who cannot or do not want to play it."""

    title = blocks.CharBlock(label=_("Title"))
    video = DocumentChooserBlock(label=_("Video file (MP4 or WebM)"))
    captions = DocumentChooserBlock(label=_("Captions (a WebVTT file)"))
    transcript = blocks.TextBlock(required=False, label=_("What is said, as text"))

    class Meta:
        icon = "media"
        label = _("Video")
        template = "lessons/blocks/video.html"


class DownloadBlock(blocks.StructBlock):
    """A file to take along."""

    document = DocumentChooserBlock(label=_("File"))
    text = blocks.CharBlock(required=False, label=_("What it is for"))

    class Meta:
        icon = "download"
        label = _("Download")
        template = "lessons/blocks/download.html"


class QuotationBlock(blocks.StructBlock):
    """Somebody's words, with who said them and where."""

    text = blocks.TextBlock(label=_("Words"))
    person = blocks.CharBlock(required=False, label=_("Who"))
    source = blocks.CharBlock(label=_("Where it stands"))
    url = blocks.URLBlock(required=False, label=_("Address of the source"))

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "lessons/blocks/quotation.html"


class ChecklistBlock(blocks.StructBlock):
    """Short steps to go through, on the screen or printed."""

    title = blocks.CharBlock(label=_("Title"))
    items = blocks.ListBlock(blocks.CharBlock(label=_("Step")), label=_("Steps"))

    class Meta:
        icon = "tick"
        label = _("Checklist")
        template = "lessons/blocks/checklist.html"


class ReflectionBlock(blocks.StructBlock):
    """A question to think about; the learner's note stays private."""

    question = blocks.TextBlock(label=_("Question"))

    class Meta:
        icon = "edit"
        label = _("Reflection")
        template = "lessons/blocks/reflection.html"


class TipBlock(blocks.StructBlock):
    """A short piece of advice or something to try."""

    title = blocks.CharBlock(required=False, label=_("Title"))
    text = blocks.RichTextBlock(features=["bold", "italic", "ol", "ul", "link"], label=_("Text"))

    class Meta:
        icon = "help"
        label = _("Tip or activity")
        template = "lessons/blocks/tip.html"


class LessonBlocks(blocks.StreamBlock):
    """Everything that a lesson may hold."""

    text = blocks.RichTextBlock(features=TEXT_FEATURES, icon="pilcrow", label=_("Text"))
    picture = PictureBlock()
    video = VideoBlock()
    download = DownloadBlock()
    quotation = QuotationBlock()
    checklist = ChecklistBlock()
    reflection = ReflectionBlock()
    tip = TipBlock()
