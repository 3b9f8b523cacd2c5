"""Makes what customers type safe to store and show, without changing what it says."""

import re
import unicodedata

# Line ends of every kind become "\n": CR LF, CR, NEL, line and paragraph separator.
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")

# Control characters except tab and line feed; lone surrogates, which UTF-8 cannot carry; the
# embeddings, overrides and isolates of Unicode's bidirectional algorithm, which can make text
# read differently from what it says (CVE-2021-42574). Right-to-left text needs none of them.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")

_INVISIBLE = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})


def clean_text(text: str) -> str:
    """Return the text in NFC, without unsafe characters and surrounding white space.

    Empty when nothing visible is left. Cleaning twice changes nothing more.
    """
    lines = _LINE_ENDS.sub("\n", text)
    cleaned = unicodedata.normalize("NFC", _UNSAFE.sub("", lines)).strip()
    return cleaned if any(unicodedata.category(c) not in _INVISIBLE for c in cleaned) else ""
