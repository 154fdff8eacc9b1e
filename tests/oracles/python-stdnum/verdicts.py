"""Answers each line "KIND TEXT" with 1 or 0: whether python-stdnum takes the text for a reference or account number.

Its own check of Belgian accounts also wants a bank that exists, so the national check digits are asked for alone.
"""

import sys

from stdnum import iban, iso11649
from stdnum.be import ogm_vcs


def belgian(text):
    return not text.startswith("BE") or ogm_vcs.calc_check_digits(text[4:14]) == text[14:]


KINDS = {
    "ogm": ogm_vcs.is_valid,
    "rf": iso11649.is_valid,
    "iban": lambda text: iban.is_valid(text, check_country=False) and belgian(text),
}

for line in sys.stdin:
    kind, text = line.split()
    print(int(KINDS[kind](text)))
