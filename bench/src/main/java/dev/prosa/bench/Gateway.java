package dev.prosa.bench;

import dev.prosa.bench.gateway.Contender;
import dev.prosa.bench.gateway.GatewayLoad;
import dev.prosa.bench.gateway.LoadConsole;
import dev.prosa.bench.gateway.Result;
import dev.prosa.bench.gateway.Sizes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.function.Consumer;

/// How much a WebSocket gateway carries, beside the bare library and Node's `ws`.
final class Gateway implements Measurement {

  private final InstantSource clock;
  private final Sizes sizes;
  private final Consumer<String> progress;

  Gateway(InstantSource clock) {
    this(clock, Sizes.WHOLE, new LoadConsole());
  }

  /// @param progress hears what happens
  Gateway(InstantSource clock, Sizes sizes, Consumer<String> progress) {
    this.clock = clock;
    this.sizes = sizes;
    this.progress = progress;
  }

  @Override
  public String name() {
    return "gateway";
  }

  @Override
  public String about() {
    return "what a gateway carries, beside the bare library and Node's ws; 10 min; not in all";
  }

  @Override
  public boolean isPartOfAll() {
    return false;
  }

  @Override
  public Report run(Options options) throws InterruptedException {
    var wanted = sizes(options);
    var possible = wanted.within(Sizes.descriptors());
    try (var folder = Folder.create()) {
      var result = new GatewayLoad(possible, folder.path(), clock, progress).run();
      var columns = Arrays.stream(Contender.values()).map(Contender::words).toList();
      return new Report(name(), how(wanted, result), columns, GatewayFigures.of(result));
    }
  }

  /// Fewer users or another time, when somebody asks for them.
  private Sizes sizes(Options options) {
    var usual = Options.DEFAULT.load();
    var chosen = options.load();
    var some = chosen.users() == usual.users() ? sizes : sizes.of(chosen.users());
    return chosen.time().equals(usual.time()) ? some : some.of(chosen.time());
  }

  private static String how(Sizes wanted, Result result) {
    var sizes = result.sizes();
    var notes = new ArrayList<String>();
    notes.add(program(sizes, result.ws() == null ? "Node's ws" : result.ws()));
    notes.addAll(result.missing());
    if (!wanted.equals(sizes)) {
      notes.add(
          """
          A process may open %,d files here (ulimit -n), so it was %,d sockets instead of %,d, \
          and the rest in proportion.\
          """
              .formatted(Sizes.descriptors(), sizes.sockets(), wanted.sockets()));
    }
    return String.join("\n\n", notes);
  }

  private static String program(Sizes sizes, String ws) {
    return """
    Three servers, each a process of its own, one after the other under the same load on \
    127.0.0.1: Prosa's gateway, Java-WebSocket with its defaults (both Java with -Xmx512m), and \
    %s. One Redis, one publisher that calls what a worker calls, and one selector thread that \
    reads for all clients share the cores with the server. Prosa alone has limits, heartbeats of \
    20 s and a registry that it repeats; for the others the publisher's process repeats it; \
    they do not subscribe again when Redis cuts them off. \
    Idle: %,d sockets of users with two tabs for %d s; heap after a full collection. Deltas: 100 \
    characters, %,d deliveries a second asked for over %d s, and half of it before; late counts \
    from when a delta was due until the client has read it, so that a stall shows. Deaf: %d \
    readers that never read are sent 4 MiB each, in deltas of 32 KiB, beside %,d that get a \
    delta a second; what Linux keeps for a socket (up to 3 MiB, at Prosa 128 KiB) is not in the heap; before, they \
    read a fourth of that, which shows what the flood itself does to the others. Kill: %,d \
    pages, each with an open job, half of its text and the backoff of connection.js; a second \
    gateway, not used before, stands ready; each page takes a new ticket and resumes; that needs no read of the table, since the text is in Redis.\
    """
        .formatted(
            ws,
            sizes.sockets(),
            sizes.hold().toSeconds(),
            sizes.deliveries(),
            sizes.deltas().toSeconds(),
            sizes.crowds().deaf(),
            sizes.crowds().others(),
            sizes.crowds().returning());
  }
}
