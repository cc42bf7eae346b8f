package dev.prosa.bench.chaos.check;

import dev.prosa.bench.chaos.evidence.Entry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How long users wait after a kill: a turn, until another attempt at it begins or it ends; a
/// client, until it is connected again. Nobody is live without Redis, which is what promise P7
/// says, so a client that waits while Redis is away is counted from when Redis is back.
final class RecoveryRule implements Rule {

  private static final long TURN_LIMIT_MILLIS = 45_000;
  private static final long CLIENT_LIMIT_MILLIS = 5_000;

  private final Map<String, String> holders = new HashMap<>();
  private final Map<String, Long> orphans = new HashMap<>();
  private final List<Long> turns = new ArrayList<>();
  private final Map<String, String> gatewayOf = new HashMap<>();
  private final Map<String, String> portOf = new HashMap<>();
  private final Map<String, Long> waiting = new HashMap<>();
  private final List<Long> clients = new ArrayList<>();

  @Override
  public void read(Entry entry) {
    switch (entry.kind()) {
      case CLAIMED -> {
        recovered(entry);
        holders.put(entry.text("job"), entry.text("process"));
      }
      case FINISHED, RELEASED -> {
        recovered(entry);
        holders.remove(entry.text("job"));
      }
      case STARTED -> portOf.put(entry.text("process"), entry.text("port"));
      case CONNECTED -> {
        var client = entry.text("client");
        var since = waiting.remove(client);
        if (since != null) {
          clients.add(entry.atMillis() - since);
        }
        gatewayOf.put(client, entry.text("gateway"));
      }
      case DROP -> gatewayOf.remove(entry.text("client"));
      case REDIS -> {
        if (entry.text("what").equals("up")) {
          waiting.replaceAll((_, _) -> entry.atMillis());
        }
      }
      case KILLED -> killed(entry.text("process"), entry.atMillis());
      default -> {
        // nobody waits for it
      }
    }
  }

  private void recovered(Entry entry) {
    var since = orphans.remove(entry.text("job"));
    if (since != null) {
      turns.add(entry.atMillis() - since);
    }
  }

  private void killed(String process, long at) {
    holders.forEach((job, holder) -> {
      if (holder.equals(process)) {
        orphans.putIfAbsent(job, at);
      }
    });
    holders.values().removeIf(process::equals);
    var port = portOf.getOrDefault(process, "");
    gatewayOf.forEach((client, gateway) -> {
      if (gateway.equals(port)) {
        waiting.putIfAbsent(client, at);
      }
    });
    gatewayOf.values().removeIf(port::equals);
  }

  @Override
  public void conclude(Turns stored, Findings findings) {
    orphans.forEach((job, at) -> {
      var turn = stored.find(job);
      if (turn == null || !turn.isFinal()) {
        findings.violation(Invariant.NOT_TERMINAL, job + " was never taken up again");
      }
    });
    findings.fact(Fact.of("turns held by a worker when it was killed", count(turns)));
    findings.fact(figure("worker recovery, p50", turns, 50, 0));
    findings.fact(figure("worker recovery, p99", turns, 99, TURN_LIMIT_MILLIS));
    findings.fact(Fact.of("clients of a gateway when it was killed", count(clients)));
    findings.fact(figure("live again after a gateway kill, p50", clients, 50, 0));
    findings.fact(figure("live again after a gateway kill, p95", clients, 95, CLIENT_LIMIT_MILLIS));
  }

  private static String count(List<Long> times) {
    return Integer.toString(times.size());
  }

  private static Fact figure(String name, List<Long> times, int percent, long limitMillis) {
    if (times.isEmpty()) {
      return Fact.of(name, "nothing to recover");
    }
    var sorted = new ArrayList<>(times);
    Collections.sort(sorted);
    var millis = sorted.get((int) Math.ceil(sorted.size() * percent / 100.0) - 1);
    return limitMillis == 0
        ? Fact.of(name, seconds(millis))
        : new Fact(name, seconds(millis), "<= " + seconds(limitMillis), millis <= limitMillis);
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }
}
