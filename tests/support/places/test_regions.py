from pathlib import Path

import pytest

from support.places.localities import Remoteness
from support.places.regions import RegionsInvalid, read_regions


def written(folder: Path, text: str) -> Path:
    path = folder / "regions.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_retailers_regions_are_read(tmp_path: Path):
    path = written(tmp_path, "postcode,region\n0870,remote\n3350, metro\n")

    assert read_regions(path) == {"0870": Remoteness.REMOTE, "3350": Remoteness.METRO}


def test_a_spreadsheets_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path):
    assert read_regions(written(tmp_path, "\ufeffpostcode,region\n3220,metro\n"))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("3220,metro\n", "the first line must be postcode,region", id="no header"),
        pytest.param("", "the first line must be", id="empty"),
        pytest.param("postcode,region\n322,metro\n", "line 2: '322' is no postcode", id="short"),
        pytest.param("postcode,region\n3220,city\n", "line 2: 'city' is not metro", id="region"),
        pytest.param("postcode,region\n3220\n", "line 2: '' is not metro", id="half a line"),
        pytest.param(
            "postcode,region\n3220,metro\n3220,remote\n", "line 3: 3220 stands there twice",
            id="twice",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, text: str, problem: str):
    with pytest.raises(RegionsInvalid, match=problem):
        read_regions(written(tmp_path, text))


def test_a_file_that_is_not_there_is_said(tmp_path: Path):
    with pytest.raises(RegionsInvalid, match="cannot be read"):
        read_regions(tmp_path / "regions.csv")
