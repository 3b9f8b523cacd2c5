"""The made-up customers of the demo."""

from types import MappingProxyType
from typing import Final

from sandbox.demo.pieces import Customer

_PEOPLE: Final = (
    ("Sam", "+61400000001"),
    ("Priya", "+61491570006"),
    ("Jack", "+61491570156"),
    ("Mei", "+61491570157"),
    ("Tom", "+61491570158"),
    ("Aisha", "+61491570159"),
    ("Noah", "+61491570110"),
    ("Grace", "+61491570313"),
    ("Liam", "+61491570737"),
    ("Chloe", "+61491571266"),
    ("Ethan", "+61491571491"),
    ("Zara", "+61491571804"),
    ("Oliver", "+61491572549"),
    ("Isla", "+61491572665"),
    ("Leo", "+61491572983"),
    ("Ruby", "+61491573770"),
    ("Max", "+61491573087"),
    ("Ella", "+61491574118"),
    ("Arlo", "+61491574632"),
    ("Nina", "+61491575254"),
    ("Hugo", "+61491575789"),
    ("Willow", "+61491576398"),
)

CUSTOMERS: Final = MappingProxyType(
    {
        name: Customer(f"c-{place}", name, phone)
        for place, (name, phone) in enumerate(_PEOPLE, start=1001)
    }
)
