package dev.prosa.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prosa.gateway.AddressCap.Place;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressCapTest {

  private static final InetAddress PROXY = InetAddress.ofLiteral("10.0.0.9");
  private static final String ANN = "192.0.2.1";

  private final AddressCap cap = new AddressCap(2, 0);

  @Test
  void seats_so_many_of_one_address_and_lets_the_next_ones_stand() {
    assertThat(take(ANN, ANN, ANN, ANN, ANN).map(Place::isTooMany))
        .containsExactly(false, false, true, true, true);
    assertThat(take("192.0.2.2").map(Place::isTooMany)).containsExactly(false);
  }

  @Test
  void lets_as_many_stand_as_it_seats() {
    assertThat(take(ANN, ANN, ANN, ANN, ANN).map(Place::isFarTooMany))
        .containsExactly(false, false, false, false, true);
  }

  @Test
  void gives_a_place_that_was_given_back_to_the_next() {
    var places = take(ANN, ANN, ANN).toList();

    places.getFirst().giveBack();

    assertThat(take(ANN, ANN).map(Place::isTooMany)).containsExactly(false, true);
  }

  @Test
  void takes_a_place_back_once() {
    var places = take(ANN, ANN).toList();

    places.getFirst().giveBack();
    places.getFirst().giveBack();

    assertThat(take(ANN, ANN).map(Place::isTooMany)).containsExactly(false, true);
  }

  @Test
  void does_not_seat_another_when_one_that_stood_leaves() {
    var places = take(ANN, ANN, ANN).toList();

    places.getLast().giveBack();

    assertThat(take(ANN).map(Place::isTooMany)).containsExactly(true);
  }

  @Test
  void forgets_an_address_without_places() {
    var places = take(ANN, ANN, ANN, "2001:db8::1").toList();
    assertThat(cap.addresses()).isEqualTo(2);

    places.forEach(Place::giveBack);

    assertThat(cap.addresses()).isZero();
  }

  @Test
  void counts_right_when_many_come_and_go_at_once() {
    IntStream.range(0, 10_000)
        .parallel()
        .forEach(i -> cap.take(InetAddress.ofLiteral("192.0.2." + i % 3)).giveBack());

    assertThat(cap.addresses()).isZero();
  }

  @Test
  void counts_an_ipv6_network_as_one_address() {
    assertThat(take("2001:db8:0:1::1", "2001:db8:0:1::2", "2001:db8:0:1:ffff::3"))
        .map(Place::isTooMany)
        .containsExactly(false, false, true);
    assertThat(take("2001:db8:0:2::1").map(Place::isTooMany)).containsExactly(false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"})
  void does_not_count_this_machine(String loopback) {
    assertThat(take(loopback, loopback, loopback)).noneMatch(Place::isTooMany);
    assertThat(cap.addresses()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 | 192.0.2.1                        | 192.0.2.1
          1 | 203.0.113.5, 192.0.2.1           | 192.0.2.1
          1 | 203.0.113.5; 192.0.2.1           | 192.0.2.1
          2 | 203.0.113.5, 192.0.2.1, 10.0.0.7 | 192.0.2.1
          1 | 192.0.2.1:4711                   | 192.0.2.1
          1 | 2001:db8::1                      | 2001:db8::1
          1 | [2001:db8::1]:4711               | 2001:db8::1
          1 | ::ffff:192.0.2.1                 | 192.0.2.1
          """)
  void believes_what_its_own_proxies_have_seen(int proxies, String header, String client) {
    assertThat(new AddressCap(2, proxies).client(PROXY, header))
        .isEqualTo(InetAddress.ofLiteral(client));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "192.0.2.1",
        "unknown, 10.0.0.7",
        "localhost, 10.0.0.7",
        ", 10.0.0.7",
        "192.0.2.256, 10.0.0.7",
        "[2001:db8::1, 10.0.0.7",
        "192.0.2.1:4711:1, 10.0.0.7",
        "evil.example, 10.0.0.7",
      })
  void takes_the_socket_when_the_header_has_no_address_there(String header) {
    assertThat(new AddressCap(2, 2).client(PROXY, header)).isEqualTo(PROXY);
  }

  @Test
  void believes_no_header_without_a_proxy() {
    assertThat(cap.client(PROXY, ANN)).isEqualTo(PROXY);
    assertThat(new AddressCap(2, 1).client(PROXY, null)).isEqualTo(PROXY);
  }

  private Stream<Place> take(String... addresses) {
    return List.of(addresses).stream().map(InetAddress::ofLiteral).map(cap::take);
  }
}
