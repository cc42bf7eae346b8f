package dev.prosa.bench.model;

import dev.prosa.core.connection.GatewayId;
import dev.prosa.core.identity.TokenVerifier;
import dev.prosa.core.metrics.GatewayMetrics;
import dev.prosa.gateway.Clients;
import dev.prosa.gateway.CloseCode;
import dev.prosa.gateway.GatewayPorts;
import dev.prosa.gateway.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// A gateway: the real code behind the sockets, on wires of its own.
final class SimulatedGateway {

  private static final int CUT = 1006;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Proc proc;
  private final World world;
  private final Clients clients;
  private final List<Socket> sockets = new ArrayList<>();
  private int opened;

  SimulatedGateway(Proc proc, World world) {
    this.proc = proc;
    this.world = world;
    var reach = world.reach();
    var channel = reach.channel(proc);
    var id = GatewayId.create();
    var ports =
        new GatewayPorts(
            reach.database(proc).turns(),
            channel,
            reach.connections(proc),
            reach.tickets(proc),
            TokenVerifier.development(proc),
            GatewayMetrics.unread(),
            proc);
    this.clients = Clients.of(ports, id, proc);
    channel.subscribe(id, (owner, frame, _) -> clients.deliver(owner, frame));
  }

  void start() {
    proc.start("repeat", this::repeat);
  }

  private void repeat() {
    while (true) {
      world.pass(SECOND);
      clients.repeat();
    }
  }

  Proc proc() {
    return proc;
  }

  /// The gateway is gone, and with it its ends of all sockets.
  void cutAll() {
    List.copyOf(sockets).forEach(Socket::cut);
  }

  /// Opens a socket of a browser.
  ///
  /// @param onFrame takes what is said to the browser
  /// @param onClose takes the close code
  Socket open(String ticket, Consumer<String> onFrame, IntConsumer onClose) {
    opened++;
    var random = world.randomOf(proc.name() + "#" + opened);
    var socket = new Socket(random, onFrame, onClose);
    sockets.add(socket);
    socket.toGateway(() -> socket.client = clients.connect(socket, ticket));
    return socket;
  }

  /// A socket between a browser and this gateway. What is said arrives in order, or not at all.
  final class Socket implements Wire {

    private final Random random; // its own: frames come to several sockets in no particular order
    private final Consumer<String> onFrame;
    private final IntConsumer onClose;
    private Clients.@Nullable Client client;
    private boolean closed;
    private long toBrowserNanos;
    private long toGatewayNanos;

    private Socket(Random random, Consumer<String> onFrame, IntConsumer onClose) {
      this.random = random;
      this.onFrame = onFrame;
      this.onClose = onClose;
    }

    /// The browser says something.
    void say(String text) {
      world.history().note("%s hears %s".formatted(proc.name(), text));
      toGateway(() -> {
        if (client != null) {
          clients.receive(client, text);
        }
      });
    }

    /// The browser hangs up, and hears nothing more.
    void hangUp() {
      closed = true;
      sockets.remove(this);
      toGateway(this::forget);
    }

    /// The line breaks; both ends learn it.
    void cut() {
      if (!closed) {
        hangUp();
        world.later(null, () -> onClose.accept(CUT));
      }
    }

    private void forget() {
      if (client != null) {
        clients.closed(client);
      }
    }

    private void toGateway(Runnable what) {
      toGatewayNanos = Math.max(toGatewayNanos + 1, world.arrival(random));
      world.kernel().after(toGatewayNanos - world.kernel().nowNanos(), proc, what);
    }

    private void toBrowser(Runnable what) {
      toBrowserNanos = Math.max(toBrowserNanos + 1, world.arrival(random));
      world
          .kernel()
          .after(
              toBrowserNanos - world.kernel().nowNanos(),
              null,
              () -> {
                if (!closed) {
                  what.run();
                }
              });
    }

    @Override
    public boolean offer(byte[] utf8) {
      if (!proc.isDead()) {
        toBrowser(() -> onFrame.accept(new String(utf8, StandardCharsets.UTF_8)));
      }
      return true;
    }

    @Override
    public boolean awaitRoom(Duration patience) {
      return true;
    }

    @Override
    public void close(CloseCode code) {
      toBrowser(() -> {
        closed = true;
        sockets.remove(this);
        onClose.accept(code.number());
      });
    }
  }
}
