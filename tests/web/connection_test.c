/*
 * tests/web/connection_test.c - the table of connections: who is admitted, and who goes for it.
 *
 * run_http_slow.py fills the table over sockets; what one address may have cannot be tested there,
 * because this machine's own is exempt.
 */
#include "support/check.h"

#include <arpa/inet.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "web/connection_int.h"

#define PAIRS_MAX (WEB_CONNECTIONS_PER_ADDRESS_MAX + 8)

struct fixture {
    struct arena *arena;
    struct connections *connections;
    int watcher;
    int ours[PAIRS_MAX], theirs[PAIRS_MAX];
    int count;
};

static struct fixture fixture;

static int open_table(void **state)
{
    (void)state;
    fixture = (struct fixture){.arena = arena_open(), .watcher = epoll_create1(0)};
    struct result opened = connections_open(fixture.arena, fixture.watcher, &fixture.connections);
    return result_is_ok(opened) ? 0 : 1;
}

static int close_table(void **state)
{
    (void)state;
    connections_close(fixture.connections);
    for (int i = 0; i < fixture.count; i++) {
        close(fixture.ours[i]);
        close(fixture.theirs[i]);
    }
    close(fixture.watcher);
    arena_close(fixture.arena);
    return 0;
}

/* The entry of a new connection from that address, or NULL when it is not taken. */
static struct web_connection *admit(const char *address)
{
    int pair[2];
    struct sockaddr_in four = {.sin_family = AF_INET};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6};
    bool is_four = inet_pton(AF_INET, address, &four.sin_addr) == 1;
    assert_true(is_four || inet_pton(AF_INET6, address, &six.sin6_addr) == 1);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    assert_true(fixture.count < PAIRS_MAX);
    fixture.ours[fixture.count] = pair[0];
    fixture.theirs[fixture.count++] = pair[1];
    const struct sockaddr *at = is_four ? (const struct sockaddr *)(const void *)&four
                                        : (const struct sockaddr *)(const void *)&six;
    return connections_admit(fixture.connections, pair[0], at)
               ? connections_at(fixture.connections, pair[0])
               : NULL;
}

/* Older than all that are admitted from now on. */
static struct web_connection *admit_old(const char *address)
{
    struct web_connection *connection = admit(address);
    assert_non_null(connection);
    atomic_fetch_sub(&connection->rests_since, 1000);
    return connection;
}

static int phase_of(struct web_connection *connection)
{
    return atomic_load(&connection->phase);
}

static void one_address_has_a_bound(void **state)
{
    (void)state;
    struct web_connection *other = admit_old("198.51.100.1");
    struct web_connection *oldest = admit_old("192.0.2.7");
    for (int i = 1; i < WEB_CONNECTIONS_PER_ADDRESS_MAX; i++) {
        assert_non_null(admit("192.0.2.7"));
    }
    assert_int_equal(phase_of(oldest), CONNECTION_IDLE);
    assert_non_null(admit("192.0.2.7")); /* one too many: its oldest goes, not another's */
    assert_int_equal(phase_of(oldest), CONNECTION_CLOSING);
    assert_int_equal(phase_of(other), CONNECTION_IDLE);
    char byte;
    assert_int_equal(read(fixture.theirs[1], &byte, 1), 0);
}

static void connections_that_are_answered_are_not_closed(void **state)
{
    (void)state;
    for (int i = 0; i < WEB_CONNECTIONS_PER_ADDRESS_MAX; i++) {
        connection_enter(admit("2001:db8::7"), CONNECTION_RUNNING);
    }
    assert_null(admit("2001:db8::7"));
    assert_non_null(admit("2001:db8::8"));
}

static void this_machine_is_exempt(void **state)
{
    (void)state;
    static const char *const here[] = {"127.0.0.1", "127.0.0.2", "::1"};
    for (int i = 0; i < WEB_CONNECTIONS_PER_ADDRESS_MAX + 4; i++) {
        struct web_connection *connection = admit(here[i % 2 == 0 ? 0 : 1 + i % 4 / 2]);
        assert_non_null(connection);
        assert_true(connection->is_here);
    }
    assert_int_equal(connections_count(fixture.connections), WEB_CONNECTIONS_PER_ADDRESS_MAX + 4);
}

static void leaving_makes_room(void **state)
{
    (void)state;
    struct web_connection *first = admit("192.0.2.7");
    assert_int_equal(connections_count(fixture.connections), 1);
    connections_leave(fixture.connections, first);
    assert_int_equal(connections_count(fixture.connections), 0);
    assert_int_equal(phase_of(first), CONNECTION_NONE);
}

static void what_was_shut_stays_shut(void **state)
{
    (void)state;
    struct web_connection *first = admit("192.0.2.7");
    connections_shut_all(fixture.connections);
    assert_int_equal(phase_of(first), CONNECTION_CLOSING);
    connection_enter(first, CONNECTION_IDLE);
    assert_int_equal(phase_of(first), CONNECTION_CLOSING);
}

static void refused_connections_linger(void **state)
{
    (void)state;
    struct web_connection *first = admit("192.0.2.7");
    first->is_refused = true;
    connections_leave(fixture.connections, first);
    assert_true(connections_any_linger(fixture.connections));
    /* What still comes is dropped; at its end the socket is given back. */
    assert_int_equal(write(fixture.theirs[0], "late", 4), 4);
    connections_drain(fixture.connections, CONNECTIONS_LINGERING);
    assert_true(connections_any_linger(fixture.connections));
    shutdown(fixture.theirs[0], SHUT_WR);
    connections_drain(fixture.connections, CONNECTIONS_LINGERING);
    assert_false(connections_any_linger(fixture.connections));
}

/* The gate reads for the library; any other socket of the program is read as ever. */
static void other_sockets_are_read_as_ever(void **state)
{
    (void)state;
    int pair[2];
    char bytes[8] = "";
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    assert_int_equal(write(pair[0], "any\nthing", 9), 9);
    assert_int_equal(recv(pair[1], bytes, 3, MSG_PEEK), 3);
    assert_int_equal(recv(pair[1], bytes, 4, 0), 4);
    assert_memory_equal(bytes, "any\n", 4);
    close(pair[0]);
    close(pair[1]);
}

static void only_what_passed_is_read(void **state)
{
    (void)state;
    static const char good[] = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    static const char bad[] = "GET / HTTP/1.1\r\nHost: a\n\n";
    char bytes[200];
    struct web_connection *connection = admit("192.0.2.7");
    int ours = fixture.ours[0], theirs = fixture.theirs[0];
    assert_int_equal(recv(ours, bytes, sizeof bytes, 0), -1);
    assert_int_equal(write(theirs, good, 10), 10);
    assert_int_equal(recv(ours, bytes, sizeof bytes, 0), -1); /* a part stays in the kernel */
    assert_int_equal(phase_of(connection), CONNECTION_HEAD);
    assert_int_equal(write(theirs, good + 10, sizeof good - 11), sizeof good - 11);
    assert_int_equal(write(theirs, bad, sizeof bad - 1), sizeof bad - 1);
    assert_int_equal(recv(ours, bytes, 5, 0), 5);
    assert_int_equal(recv(ours, bytes + 5, sizeof bytes - 5, 0), sizeof good - 1 - 5);
    assert_memory_equal(bytes, good, sizeof good - 1);
    assert_true(connection->has_passed);
    assert_true(connection->has_more);
    ssize_t refused = recv(ours, bytes, sizeof bytes, 0);
    assert_true(refused > 10);
    assert_memory_equal(bytes, "GET !400 HTTP/1.1\r\n", 19);
    assert_int_equal(recv(ours, bytes, sizeof bytes, 0), -1); /* and nothing else, ever */
}

/* Were the library told of the end, it would drop the answer; and later nothing else tells it. */
static void an_end_waits_for_the_answer(void **state)
{
    (void)state;
    static const char good[] = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    char bytes[200];
    struct web_connection *connection = admit("192.0.2.7");
    int ours = fixture.ours[0], theirs = fixture.theirs[0];
    assert_int_equal(write(theirs, good, sizeof good - 1), sizeof good - 1);
    shutdown(theirs, SHUT_WR);
    assert_int_equal(recv(ours, bytes, sizeof bytes, 0), sizeof good - 1);
    assert_int_equal(recv(ours, bytes, sizeof bytes, 0), -1);
    assert_int_equal(phase_of(connection), CONNECTION_RUNNING);
    connections_rest(fixture.connections, connection);
    assert_int_equal(phase_of(connection), CONNECTION_CLOSING);
    assert_int_equal(recv(ours, bytes, sizeof bytes, 0), 0);
}

static void an_end_in_a_request_ends_it(void **state)
{
    (void)state;
    static const char form[] = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na=1";
    static const size_t cuts[] = {10, sizeof form - 1}; /* in the head, in the body */
    for (int i = 0; i < 2; i++) {
        char bytes[200];
        struct web_connection *connection = admit("192.0.2.7");
        int ours = fixture.ours[i], theirs = fixture.theirs[i];
        assert_int_equal(write(theirs, form, cuts[i]), cuts[i]);
        shutdown(theirs, SHUT_WR);
        ssize_t taken = recv(ours, bytes, sizeof bytes, 0);
        assert_int_equal(taken, i == 0 ? 0 : (ssize_t)cuts[i]);
        assert_int_equal(recv(ours, bytes, sizeof bytes, 0), 0);
        assert_true(i == 0 || phase_of(connection) == CONNECTION_CLOSING);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_address_has_a_bound, open_table, close_table),
        cmocka_unit_test_setup_teardown(connections_that_are_answered_are_not_closed, open_table,
                                        close_table),
        cmocka_unit_test_setup_teardown(this_machine_is_exempt, open_table, close_table),
        cmocka_unit_test_setup_teardown(leaving_makes_room, open_table, close_table),
        cmocka_unit_test_setup_teardown(what_was_shut_stays_shut, open_table, close_table),
        cmocka_unit_test_setup_teardown(refused_connections_linger, open_table, close_table),
        cmocka_unit_test_setup_teardown(other_sockets_are_read_as_ever, open_table, close_table),
        cmocka_unit_test_setup_teardown(only_what_passed_is_read, open_table, close_table),
        cmocka_unit_test_setup_teardown(an_end_waits_for_the_answer, open_table, close_table),
        cmocka_unit_test_setup_teardown(an_end_in_a_request_ends_it, open_table, close_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
