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

    Where nothing is set, every group has an hour in common, pairs without a way to meet are left out, and a mentee is
    alone in a group only where nothing else is possible. Defaults that were set before there was this choice keep lone
    mentees as good as others.
    """
    programme = defaults.programme
    begun = {"common_slot": True, "meeting": True, "avoid_alone": not defaults.options}
    chosen = Options.of({"size": programme.group_size, **begun, **defaults.options})
    size = min(chosen.size, programme.group_size)
    kept = {"size": size, "minimum": min(chosen.minimum, size), "hours": hours_for(programme.session_minutes)}
    kept["avoid_alone"] = chosen.avoid_alone and kept["minimum"] == 1 < size
    return Options.of({**vars(chosen), **kept})
