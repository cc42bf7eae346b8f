package dev.prosa.bench.chaos;

import dev.prosa.bench.chaos.clients.Crowd;
import dev.prosa.bench.chaos.evidence.Journal;
import dev.prosa.bench.chaos.faults.FaultyModel;
import dev.prosa.bench.chaos.faults.KillOrders;
import dev.prosa.bench.chaos.faults.PublishTap;
import dev.prosa.bench.chaos.faults.WorkerProxy;
import dev.prosa.bench.chaos.processes.Fleet;
import dev.prosa.core.runtime.Lifecycle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/// All that runs, wired.
///
/// @param fleet the workers and gateways
/// @param proxies one before each worker
/// @param gateways where the gateways listen, also after a restart
record Stage(
    Backend backend,
    Fleet fleet,
    FaultyModel model,
    List<WorkerProxy> proxies,
    KillOrders orders,
    List<URI> gateways,
    InstantSource clock) {

  private static final String WORKER = "dev.prosa.worker.WorkerMain";
  private static final String GATEWAY = "dev.prosa.gateway.WebSocketGatewayMain";

  /// Starts everything.
  ///
  /// @param parts ends it
  static Stage open(ChaosRun run, Journal journal, Lifecycle parts) throws InterruptedException {
    var plan = run.plan();
    var backend = Backend.start(run.folder(), journal, parts, run.clock());
    var later = new CompletableFuture<Fleet>();
    var orders = new KillOrders((worker, why) -> later.join().kill(worker, why));
    var model = parts.own("model", FaultyModel.start(script(plan, run.seed()), orders, journal));
    var proxies = new ArrayList<WorkerProxy>();
    var around =
        new WorkerProxy.Surroundings(
            backend.uris().sqs(),
            backend.uris().dynamoDb(),
            orders,
            plan.table(),
            run.seed(),
            journal);
    for (var i = 0; i < plan.shape().workers(); i++) {
      proxies.add(parts.own("proxy", WorkerProxy.start("worker-" + i, around)));
    }
    var gateways = IntStream.range(0, plan.shape().gateways()).mapToObj(_ -> freePort()).toList();
    var specs = specs(plan, backend, model, proxies, gateways);
    var fleet = parts.own("processes", Fleet.start(specs, run.folder(), journal));
    later.complete(fleet);
    parts.own(
        "tap",
        PublishTap.open(backend.cache(), job -> proxies.forEach(proxy -> proxy.published(job))));
    return new Stage(backend, fleet, model, proxies, orders, gateways, run.clock());
  }

  private static FaultyModel.Script script(ChaosPlan plan, long seed) {
    var dice = new Random(seed);
    var doomed = questions(plan, plan.model().doomed(), dice);
    var poison = questions(plan, plan.model().poison(), dice);
    return new FaultyModel.Script(seed, plan.model().faults(), doomed, poison);
  }

  private static Set<Integer> questions(ChaosPlan plan, int count, Random dice) {
    var chosen = new HashSet<Integer>();
    while (chosen.size() < count) {
      chosen.add(1 + dice.nextInt(plan.load().jobs()));
    }
    return chosen;
  }

  private static URI freePort() {
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("ws://127.0.0.1:" + probe.getLocalPort() + "/");
    } catch (IOException e) {
      throw new UncheckedIOException("there is no free port", e);
    }
  }

  private static List<Fleet.Spec> specs(
      ChaosPlan plan,
      Backend backend,
      FaultyModel model,
      List<WorkerProxy> proxies,
      List<URI> gateways) {
    var specs = new ArrayList<Fleet.Spec>();
    var redis = backend.redis().uri().toString();
    for (var proxy : proxies) {
      specs.add(
          new Fleet.Spec(
              proxy.worker(),
              WORKER,
              Map.of(
                  "PROSA_SQS_ENDPOINT",
                  proxy.uri().toString(),
                  "PROSA_DYNAMODB_ENDPOINT",
                  proxy.uri().toString(),
                  "PROSA_REDIS_URL",
                  redis,
                  "PROSA_POLL_WAIT",
                  "1s",
                  // calls fail one by one here, so a breaker that opened is worth a look soon
                  "PROSA_BREAKER_WAIT",
                  "1s",
                  "PROSA_WORKER_CONCURRENCY",
                  Integer.toString(plan.shape().concurrency()),
                  "PROSA_LLM_FIRST_TOKEN",
                  "5s",
                  "PROSA_LLM_TOKEN_GAP",
                  "2s",
                  "OPENAI_BASE_URL",
                  model.uri(proxy.worker()).toString(),
                  "OPENAI_MODEL",
                  "chaos")));
    }
    for (var i = 0; i < gateways.size(); i++) {
      specs.add(
          new Fleet.Spec(
              "gateway-" + i,
              GATEWAY,
              Map.of(
                  "PROSA_WS_PORT", Integer.toString(gateways.get(i).getPort()),
                  "PROSA_DYNAMODB_ENDPOINT", backend.uris().dynamoDb().toString(),
                  "PROSA_REDIS_URL", redis)));
    }
    return specs;
  }

  /// The names of the processes.
  Names names() {
    return new Names(
        proxies.stream().map(WorkerProxy::worker).toList(),
        IntStream.range(0, gateways.size()).mapToObj(i -> "gateway-" + i).toList());
  }

  /// Where clients go.
  Crowd.Addresses addresses() {
    return new Crowd.Addresses(backend.uris().api(), gateways);
  }

  /// The names of the processes.
  record Names(List<String> workers, List<String> gateways) {

    Names {
      workers = List.copyOf(workers);
      gateways = List.copyOf(gateways);
    }

    List<String> all() {
      var all = new ArrayList<>(workers);
      all.addAll(gateways);
      return all;
    }
  }
}
