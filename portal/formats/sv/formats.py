"""Swedish, as public authorities write it: 15.20 (Myndigheternas skrivregler, "Klockslag")."""

TIME_FORMAT = "H.i"
DATETIME_FORMAT = "j F Y H.i"
SHORT_DATETIME_FORMAT = "j b H.i"
