"""A Modbus server on pymodbus: register n reads 3n + 7. Usage: pymodbus-server.py PORT"""
import asyncio
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server.async_io import StartAsyncTcpServer


async def main() -> None:
    block = ModbusSequentialDataBlock(0, [3 * n + 7 for n in range(1000)])
    slave = ModbusSlaveContext(hr=block, ir=block, zero_mode=True)
    context = ModbusServerContext(slaves=slave, single=True)
    loop = asyncio.get_running_loop()
    loop.call_later(0.3, lambda: print("ready", flush=True))
    await StartAsyncTcpServer(context=context, address=("127.0.0.1", int(sys.argv[1])))


asyncio.run(main())
