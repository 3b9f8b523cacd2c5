import pytest

from support.ids import OrderNumber
from support.systems.errors import SystemUnreachable
from support.systems.orders.memory import MemoryOrderSystem


async def test_a_failure_can_be_prepared():
    system = MemoryOrderSystem()
    system.failure = SystemUnreachable("orders")
    with pytest.raises(SystemUnreachable):
        await system.order(OrderNumber("410200341"))
