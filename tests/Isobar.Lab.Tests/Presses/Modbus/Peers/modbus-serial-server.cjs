// A Modbus server on modbus-serial: register n reads 3n + 7. Usage: node modbus-serial-server.cjs FOLDER_OF_MODULES PORT
const { createRequire } = require("node:module");
const { ServerTCP } = createRequire(process.argv[2] + "/")("modbus-serial");
const value = (address) => (3 * address + 7) & 0xffff;
const vector = { getHoldingRegister: value, getInputRegister: value, setRegister: () => undefined };
const server = new ServerTCP(vector, { host: "127.0.0.1", port: Number(process.argv[3]), unitID: 1 });
server.on("initialized", () => console.log("ready"));
