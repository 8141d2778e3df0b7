"""What a programme sets for the pairing of its cohorts, or the site's defaults where it sets nothing."""

from mentoring_ext.matching.encoding import hours_for
from mentoring_ext.matching.kept import Options
from mentoring_ext.matching.models import PairingDefaults
from mentoring_ext.programmes.models import Programme


def defaults_of(programme: Programme) -> PairingDefaults:
    """Return the programme's defaults; where it has none, new ones that are not kept."""
    return PairingDefaults.objects.filter(programme=programme).first() or PairingDefaults(programme=programme)


def options_of(defaults: PairingDefaults) -> Options:
    """Return the options with which cohorts begin: those set, within the programme's size and length of sessions.

    Where nothing is set, every group has an hour in common, and pairs without a way to meet are left out.
    """
    programme = defaults.programme
    chosen = Options.of({"size": programme.group_size, "common_slot": True, "meeting": True, **defaults.options})
    size = min(chosen.size, programme.group_size)
    kept = {"size": size, "minimum": min(chosen.minimum, size), "hours": hours_for(programme.session_minutes)}
    return Options.of({**vars(chosen), **kept})
