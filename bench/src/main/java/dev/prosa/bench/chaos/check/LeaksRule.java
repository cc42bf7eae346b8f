package dev.prosa.bench.chaos.check;

import dev.prosa.bench.chaos.evidence.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// When all is quiet nothing is held any more, and every process ends when it is told to.
final class LeaksRule implements Rule {

  /// 128 + 15, as shells and the JVM count it.
  private static final int DIED_OF_SIGTERM = 143;

  private final Map<String, String> liveGateways = new HashMap<>();
  private final Set<String> up = new HashSet<>();
  private final Map<String, String> members = new HashMap<>();
  private final List<String> leaks = new ArrayList<>();
  private final List<String> badExits = new ArrayList<>();

  @Override
  public void read(Entry entry) {
    switch (entry.kind()) {
      case STARTED -> {
        up.add(entry.text("process"));
        liveGateways.put(entry.text("process"), entry.text("gateway"));
      }
      case KILLED -> {
        up.remove(entry.text("process"));
        liveGateways.remove(entry.text("process"));
      }
      case MEMBER -> members.put(entry.text("member"), entry.text("gateway"));
      case TURN -> readTurn(entry);
      case LEFT -> leaks.add(entry.number("messages") + " messages are left in the queue");
      case IDLE -> readIdle(entry);
      case EXITED -> readExit(entry);
      default -> {
        // holds nothing
      }
    }
  }

  /// One that is told to end before it is up has nothing to give back, and dies of the signal.
  private void readExit(Entry entry) {
    var code = entry.number("code");
    var wasUp = up.remove(entry.text("process"));
    if (code != 0 && (wasUp || code != DIED_OF_SIGTERM)) {
      badExits.add(entry.text("process") + " ended with " + code);
    }
  }

  private void readTurn(Entry entry) {
    if (entry.fields().path("indexed").asBoolean()) {
      leaks.add(entry.text("job") + " is still in the index of open turns");
    }
    if (entry.fields().path("leased").asBoolean()) {
      leaks.add(entry.text("job") + " is still leased");
    }
  }

  private void readIdle(Entry entry) {
    if (entry.number("busyThreads") != 0) {
      leaks.add(entry.text("process") + " has " + entry.number("busyThreads") + " busy threads");
    }
    if (entry.number("freePermits") != entry.number("permits")) {
      leaks.add(
          "%s has %d of %d permits"
              .formatted(
                  entry.text("process"), entry.number("freePermits"), entry.number("permits")));
    }
  }

  @Override
  public void conclude(Turns turns, Findings findings) {
    members.forEach((member, gateway) -> {
      if (liveGateways.containsValue(gateway)) {
        leaks.add("Redis knows the closed connection " + member);
      }
    });
    leaks.forEach(leak -> findings.violation(Invariant.LEAK, leak));
    badExits.forEach(exit -> findings.violation(Invariant.BAD_EXIT, exit));
  }
}
