from gateway.html import Html, element, joined


def test_text_is_escaped_and_markup_is_not() -> None:
    inside = element("b", "<script>&")

    assert element("p", "1 < 2 ", inside) == "<p>1 &lt; 2 <b>&lt;script&gt;&amp;</b></p>"


def test_attributes_are_escaped() -> None:
    written = element("a", href='"><script>', class_="it's")

    assert written == '<a href="&quot;&gt;&lt;script&gt;" class="it&#x27;s"></a>'


def test_names_of_attributes_are_written_with_hyphens() -> None:
    assert element("td", data_label="Value") == '<td data-label="Value"></td>'


def test_an_element_that_holds_nothing_has_no_end() -> None:
    assert element("meta", charset="utf-8") == '<meta charset="utf-8">'


def test_what_was_changed_after_it_was_made_is_text_again() -> None:
    assert joined(element("b", "x") + "<i>") == "&lt;b&gt;x&lt;/b&gt;&lt;i&gt;"
    assert isinstance(joined("x"), Html)
