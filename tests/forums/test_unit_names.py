"""The names of units are parted where Swedish parts them, for browsers that know no Swedish."""

import pytest

from forums.templatetags.unit_names import parted


@pytest.mark.parametrize(
    "name",
    [
        "Social|förvaltningen",
        "Kommun|lednings|kontoret",
        "Kommun|styrelsen",
        "Barn- och utbildnings|förvaltningen",
        "Samhälls|byggnads|förvaltningen",
        "Räddnings|tjänsten",
        "Arbets|marknads- och vuxen|utbildnings|förvaltningen",
        "Folk|bildnings|nämnden",
        "Almviks energi|bolag AB",
        "Förtroende|valda",
        "Tjänste|personer",
        "Skolan",
    ],
)
def test_between_the_parts_of_a_compound(name):
    assert parted(name.replace("|", "")) == name.replace("|", "\u00ad")
