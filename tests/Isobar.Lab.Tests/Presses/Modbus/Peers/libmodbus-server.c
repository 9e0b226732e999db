/* A Modbus server on libmodbus: register n reads 3n + 7. Usage: server tcp PORT | server rtu DEVICE */
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
    uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
    modbus_mapping_t *map = modbus_mapping_new(0, 0, 1000, 1000);
    modbus_t *bus;
    int tcp;

    if (argc != 3 || map == NULL) return 2;
    for (int i = 0; i < 1000; i++) map->tab_registers[i] = map->tab_input_registers[i] = (uint16_t)(3 * i + 7);
    tcp = strcmp(argv[1], "tcp") == 0;
    bus = tcp ? modbus_new_tcp("127.0.0.1", atoi(argv[2])) : modbus_new_rtu(argv[2], 115200, 'N', 8, 1);
    if (bus == NULL) return 3;
    modbus_set_slave(bus, 1);
    if (tcp) {
        int listener = modbus_tcp_listen(bus, 1);
        if (listener < 0) return 4;
        puts("ready");
        fflush(stdout);
        for (;;) {
            int length;
            if (modbus_tcp_accept(bus, &listener) < 0) return 5;
            while ((length = modbus_receive(bus, query)) >= 0)
                if (length > 0) modbus_reply(bus, query, length, map);
            modbus_close(bus);
        }
    } else {
        if (modbus_connect(bus) < 0) return 4;
        puts("ready");
        fflush(stdout);
    }
    for (;;) {
        int length = modbus_receive(bus, query);
        if (length > 0) modbus_reply(bus, query, length, map);
    }
}
