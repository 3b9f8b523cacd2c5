from pathlib import Path

import pytest

from rasa_runtime.evaluation.messages import SkippedRow, UnusableData, read_messages


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "messages.csv"


def test_all_columns_are_kept(file: Path):
    file.write_text("source,text,intent\ntweet,where is it,track_order\n")
    data = read_messages(file)
    assert data.columns == ("source", "text", "intent")
    assert data.messages[0].row["source"] == "tweet"


def test_a_byte_order_mark_is_no_part_of_the_first_column(file: Path):
    file.write_bytes(b"\xef\xbb\xbftext,intent\nhi,greet\n")
    assert read_messages(file).columns == ("text", "intent")


def test_a_quoted_text_may_have_several_lines(file: Path):
    file.write_text('text,intent\n"hi\n\nwhere, is ""it""",track_order\nthanks,thanks\n')
    first, second = read_messages(file).messages
    assert first.text == 'hi\n\nwhere, is "it"'
    assert (first.line, second.line) == (2, 5)


def test_what_cannot_be_seen_is_taken_out_as_in_a_live_turn(file: Path):
    file.write_text("text,intent\n  where\u202e is it\x07 ,track_order\n")
    (message,) = read_messages(file).messages
    assert message.text == "where is it"
    assert message.row["text"] == "  where\u202e is it\x07 "


def test_rows_with_nothing_to_evaluate_are_skipped_and_named(file: Path):
    file.write_text("text,intent\n  ,greet\nhi,\n\nhi,greet,more\nhi\nhi,greet\n")
    data = read_messages(file)
    assert [message.line for message in data.messages] == [7]
    assert data.skipped == (
        SkippedRow(2, "has no text"),
        SkippedRow(3, "has no intent"),
        SkippedRow(5, "has 3 values for 2 columns"),
        SkippedRow(6, "has 1 values for 2 columns"),
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "is empty", id="nothing in it"),
        pytest.param(b"\n \n", "is empty", id="blank lines only"),
        pytest.param(b"\xef\xbb\xbf", "needs one column text", id="byte order mark only"),
        pytest.param(
            b"text,label\nhi,greet\n", "one column intent .* it has: text, label", id="no intent"
        ),
        pytest.param(b"text;intent\nhi;greet\n", "it has: text;intent", id="semicolons"),
        pytest.param(b"text,text,intent\na,b,greet\n", "one column text", id="text twice"),
        pytest.param(b"text,intent\n", "holds no row", id="header only"),
        pytest.param(b"text,intent\n ,greet\n", "holds no row", id="empty texts only"),
        pytest.param(b"text,intent\nhi,greet\ncaf\xe9,greet\n", "Line 3 of .* UTF-8", id="Latin-1"),
        pytest.param("text,intent\nhi,greet".encode("utf-16"), "Line 1 of .* UTF-8", id="UTF-16"),
        pytest.param(
            b'text,intent\nhi,greet\n"hi,greet\n', "Line 3 of .* not CSV", id="open quote"
        ),
        pytest.param(
            b"text,intent\n" + b"a" * 200_000 + b",greet", "Line 2 .* not CSV", id="too long"
        ),
    ],
)
def test_a_file_that_cannot_be_evaluated_says_why(file: Path, content: bytes, reason: str):
    file.write_bytes(content)
    with pytest.raises(UnusableData, match=reason):
        read_messages(file)


def test_the_line_that_is_not_utf_8_is_counted_behind_a_byte_order_mark(file: Path):
    file.write_bytes(b"\xef\xbb\xbftext,intent\ncaf\xe9,greet\n")
    with pytest.raises(UnusableData, match="Line 2 of"):
        read_messages(file)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path):
    with pytest.raises(UnusableData, match="There is no file"):
        read_messages(tmp_path / "nowhere.csv")
    with pytest.raises(UnusableData, match="is a folder"):
        read_messages(tmp_path)
