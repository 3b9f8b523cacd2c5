from scripts.localities import compressed, converted


def place(locality: str, **changes: str) -> dict[str, str]:
    row = {"postcode": "3220", "state": "VIC", "RA_2016": "1", "chargezone": "V1"}
    return {**row, "locality": locality, **changes}


def test_a_locality_of_a_postcode_stands_once():
    rows = converted([place("O\u2019CONNOR"), place("O'CONNOR"), place("BELMONT")], frozenset())
    assert [row.name for row in rows] == ["BELMONT", "O'CONNOR"]


def test_a_locality_is_ordinary_if_each_of_its_words_is():
    rows = converted(
        [place("HOME HILL"), place("HOME CREEK"), place("SALE")],
        frozenset({"home", "hill", "sale"}),
    )
    assert {row.name: row.ordinary for row in rows} == {
        "HOME CREEK": "0",
        "HOME HILL": "1",
        "SALE": "1",
    }


def test_the_same_rows_are_always_the_same_bytes():
    rows = converted([place("SALE")], frozenset())
    assert compressed(rows) == compressed(rows)
