"""The verbs of the journal, each with the xAPI verb that an export names it by.

*Source:* ADL xAPI vocabulary, https://w3id.org/xapi/adl/verbs and https://activitystrea.ms/schema/1.0/.
"""

ADL = "http://adlnet.gov/expapi/verbs/"
STREAM = "http://activitystrea.ms/schema/1.0/"

VERBS: dict[str, str] = {
    "created": STREAM + "create",
    "changed": STREAM + "update",
    "deleted": STREAM + "delete",
    "invited": STREAM + "invite",
    "joined": STREAM + "join",
    "left": STREAM + "leave",
    "ended": STREAM + "terminate",
    "closed": STREAM + "close",
    "reopened": STREAM + "open",
    "handed_over": STREAM + "give",
    "granted": STREAM + "assign",
    "enrolled": ADL + "registered",
    "started": ADL + "initialized",
    "viewed": ADL + "experienced",
    "completed": ADL + "completed",
    "passed": ADL + "passed",
    "failed": ADL + "failed",
    "answered": ADL + "answered",
    "earned": "http://id.tincanapi.com/verb/earned",
    "applied": STREAM + "submit",
    "confirmed": STREAM + "confirm",
    "moved": STREAM + "update",
    "accepted": STREAM + "accept",
    "declined": STREAM + "reject",
    "waived": ADL + "waived",
    "withdrew": STREAM + "retract",
    "matched": STREAM + "make-friend",
    "published": STREAM + "post",
    "signed": STREAM + "agree",
    "scheduled": STREAM + "schedule",
    "registered": STREAM + "complete",
    "posted": STREAM + "post",
    "wrote": STREAM + "author",
    "exported": STREAM + "access",
    "read": STREAM + "read",
    "proposed": STREAM + "request",
    "uploaded": STREAM + "attach",
    "hid": STREAM + "remove",
    "rated": STREAM + "like",
    "adopted": STREAM + "use",
    "consented": STREAM + "agree",
    "lapsed": STREAM + "retract",
    "erased": STREAM + "delete",
}
