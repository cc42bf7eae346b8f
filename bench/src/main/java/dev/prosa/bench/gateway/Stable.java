package dev.prosa.bench.gateway;

import dev.prosa.bench.jvm.JavaCommand;
import dev.prosa.core.connection.GatewayId;
import dev.prosa.core.identity.OwnerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Starts the servers under test.
///
/// @param backends what stands behind them
/// @param folder for their logs
record Stable(Backends backends, Path folder) {

  /// Both Java servers get the same; which collector they have is the JVM's choice.
  static final List<String> FLAGS = List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError");

  private static final String PROSA = "dev.prosa.gateway.WebSocketGatewayMain";
  private static final String SCRIPT = "ws-gateway.mjs";

  /// Where `ws` is installed; below the working folder, like everything that a build makes.
  private static final Path NODE_FOLDER = Path.of("bench", "target", "ws").toAbsolutePath();

  private static final long INSTALL_SECONDS = 120;

  /// Starts one; whoever asked closes it.
  ServerProcess start(Contender contender) {
    return switch (contender) {
      case PROSA -> startProsa(Map.of());
      case BARE -> start(contender, java(BareGatewayMain.class.getName()), arguments(), Map.of());
      case WS ->
          start(
              contender,
              List.of("node", "--expose-gc", NODE_FOLDER.resolve(SCRIPT).toString()),
              arguments(),
              Map.of());
    };
  }

  /// Starts a gateway of Prosa.
  ///
  /// @param settings beside those that it needs anyway
  ServerProcess startProsa(Map<String, String> settings) {
    var environment =
        new HashMap<>(
            Map.of(
                "PROSA_WS_PORT", "0",
                "PROSA_DYNAMODB_ENDPOINT", backends.dynamoDb().toString(),
                "PROSA_REDIS_URL", backends.redis().toString()));
    environment.putAll(settings);
    return start(Contender.PROSA, java(PROSA), List.of(), environment);
  }

  /// Notes the connections of a server that does not do it itself, until it is closed.
  ///
  /// @param each how many sockets every user has
  Registration register(ServerProcess server, List<OwnerId> users, int each) {
    return Registration.begin(backends.ports().registry(), server, users, each);
  }

  /// One job for each user.
  ///
  /// @param deltaLength of its deltas, in UTF-16 units
  List<JobStream> streams(List<OwnerId> users, int deltaLength) {
    return users.stream()
        .map(user -> new JobStream(backends.ports().replies(), user, deltaLength))
        .toList();
  }

  private List<String> arguments() {
    return List.of(GatewayId.create().value(), backends.redis().toString());
  }

  private ServerProcess start(
      Contender contender,
      List<String> program,
      List<String> arguments,
      Map<String, String> environment) {
    var command = Stream.concat(program.stream(), arguments.stream()).toList();
    try {
      var log = Files.createTempFile(folder, contender.name(), ".log");
      return ServerProcess.start(contender, command, environment, log);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder, e);
    }
  }

  private static List<String> java(String main) {
    return new JavaCommand(FLAGS, main).words();
  }

  /// A port that nobody listens on now.
  static int freePort() {
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("there is no free port", e);
    }
  }

  /// Makes `ws` ready to start, with the network when it is not there yet.
  ///
  /// @return its version and that of Node
  /// @throws IllegalStateException when Node or npm is missing, or npm fails; the message says it
  static String installWs() throws InterruptedException {
    var node = run("node", "--version");
    try (var script = Stable.class.getResourceAsStream("/gateway/" + SCRIPT)) {
      Files.createDirectories(NODE_FOLDER);
      Files.copy(
          Objects.requireNonNull(script),
          NODE_FOLDER.resolve(SCRIPT),
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + NODE_FOLDER, e);
    }
    if (!Files.exists(installed())) {
      run("npm", "install", "--prefix", NODE_FOLDER.toString(), "--no-audit", "--no-fund", "ws@8");
    }
    var version = run("node", "-p", "require('%s').version".formatted(installed()));
    return "ws %s on Node %s".formatted(version, node);
  }

  private static Path installed() {
    return NODE_FOLDER.resolve("node_modules").resolve("ws").resolve("package.json");
  }

  private static String run(String... command) throws InterruptedException {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      if (!process.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      try (var output = process.inputReader()) {
        var said = output.lines().collect(Collectors.joining("\n"));
        if (process.waitFor() != 0) {
          throw new IllegalStateException(command[0] + " fails: " + said);
        }
        return said;
      }
    } catch (IOException e) {
      throw new IllegalStateException(command[0] + " is not installed", e);
    }
  }
}
