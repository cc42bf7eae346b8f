package dev.prosa.bench.chaos.check;

import dev.prosa.bench.chaos.evidence.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// When all is quiet nothing is held any more, and every process ends when it is told to.
final class LeaksRule implements Rule {

  private final Map<String, String> liveGateways = new HashMap<>();
  private final Map<String, String> members = new HashMap<>();
  private final List<String> leaks = new ArrayList<>();
  private final List<String> badExits = new ArrayList<>();

  @Override
  public void read(Entry entry) {
    switch (entry.kind()) {
      case STARTED -> liveGateways.put(entry.text("process"), entry.text("gateway"));
      case KILLED -> liveGateways.remove(entry.text("process"));
      case MEMBER -> members.put(entry.text("member"), entry.text("gateway"));
      case TURN -> readTurn(entry);
      case LEFT -> leaks.add(entry.number("messages") + " messages are left in the queue");
      case IDLE -> readIdle(entry);
      case EXITED -> {
        if (entry.number("code") != 0) {
          badExits.add(entry.text("process") + " ended with " + entry.number("code"));
        }
      }
      default -> {
        // holds nothing
      }
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
