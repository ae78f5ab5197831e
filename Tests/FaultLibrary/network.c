/*
 * The calls that reach other programs.
 */
#define _GNU_SOURCE
#include "fault.h"

#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define AT(descriptor) fault_place_of_descriptor(descriptor)

int socket(int domain, int type, int protocol) {
    enum fault_place place = domain == AF_INET || domain == AF_INET6 ? PLACE_inet
                             : domain == AF_UNIX                      ? PLACE_local
                                                                      : PLACE_none;
    return (int)FAULT_POINT(CALL_socket, place, syscall(SYS_socket, domain, type, protocol));
}

int connect(int file, const struct sockaddr *address, socklen_t size) {
    return (int)FAULT_POINT(CALL_connect, AT(file), syscall(SYS_connect, file, address, size));
}

int bind(int file, const struct sockaddr *address, socklen_t size) {
    return (int)FAULT_POINT(CALL_bind, fault_place_of_address(address), syscall(SYS_bind, file, address, size));
}

int listen(int file, int backlog) {
    return (int)FAULT_POINT(CALL_listen, AT(file), syscall(SYS_listen, file, backlog));
}

int accept4(int file, struct sockaddr *address, socklen_t *size, int flags) {
    return (int)FAULT_POINT(CALL_accept, AT(file), syscall(SYS_accept4, file, address, size, flags));
}

int accept(int file, struct sockaddr *address, socklen_t *size) {
    return accept4(file, address, size, 0);
}

int shutdown(int file, int how) {
    return (int)FAULT_POINT(CALL_shutdown, AT(file), syscall(SYS_shutdown, file, how));
}

ssize_t sendto(
    int file, const void *bytes, size_t count, int flags, const struct sockaddr *address, socklen_t size) {
    enum fault_place place = AT(file);
    return FAULT_POINT(
        CALL_send, place,
        FAULT_RECORDED(
            place, syscall(SYS_sendto, file, bytes, fault_at_most(&visit, count), flags, address, size),
            fault_record(RECORD_send, NULL, fault_inode(file), place, bytes, (size_t)result)));
}

ssize_t send(int file, const void *bytes, size_t count, int flags) {
    return sendto(file, bytes, count, flags, NULL, 0);
}

ssize_t sendmsg(int file, const struct msghdr *message, int flags) {
    return FAULT_POINT(CALL_send, AT(file), syscall(SYS_sendmsg, file, message, flags));
}

ssize_t recvfrom(int file, void *bytes, size_t count, int flags, struct sockaddr *address, socklen_t *size) {
    return FAULT_POINT(
        CALL_recv, AT(file), syscall(SYS_recvfrom, file, bytes, fault_at_most(&visit, count), flags, address, size));
}

ssize_t recv(int file, void *bytes, size_t count, int flags) {
    return recvfrom(file, bytes, count, flags, NULL, NULL);
}

ssize_t recvmsg(int file, struct msghdr *message, int flags) {
    return FAULT_POINT(CALL_recv, AT(file), syscall(SYS_recvmsg, file, message, flags));
}
