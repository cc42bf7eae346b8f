package dev.prosa.bench.model;

import dev.prosa.core.queue.ReceivedPoke;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Everything there is in one run: servers, two workers, two gateways, Lambdas, two people with
/// their browsers, and the weather.
final class World implements Network.Trouble {

  /// The default of `PROSA_DEADLINE`.
  static final Duration TIME_TO_ANSWER = Duration.ofMinutes(10);

  /// What failed in bad weather is redriven until this long after it.
  static final Duration MORNING = Duration.ofSeconds(30);

  private static final Duration STEP = Duration.ofSeconds(5);
  private static final Duration LONGEST = TIME_TO_ANSWER.plusMinutes(4);

  /// Longer than a process stands still, so that nothing stays hidden in one.
  private static final Duration AFTERMATH = Duration.ofSeconds(80);

  private final Kernel kernel = new Kernel();
  private final long seed;
  private final Mutation mutation;
  private final Weather weather;
  private final Scripts scripts;
  private final History history;
  private final Truth truth;
  private final Reach reach;
  private final Network network;
  private final Api api = new Api(this);
  private final Checker checker;
  private final List<Proc> processes = new ArrayList<>();
  private final Map<Proc, Runnable> onKill = new HashMap<>();
  private final List<SimulatedWorker> workers = new ArrayList<>();
  private final List<SimulatedGateway> gateways = new ArrayList<>();
  private final List<Person> people;
  private final Proc nature;
  private int started;
  private long redisAwayUntil;

  World(long seed, Mutation mutation, Weather weather, Scripts scripts, boolean traced) {
    this.seed = seed;
    this.mutation = mutation;
    this.weather = weather;
    this.scripts = scripts;
    this.history = new History(kernel, traced);
    this.truth = new Truth(kernel, mutation, history);
    this.network = new Network(kernel, this);
    this.reach = new Reach(kernel, network, truth);
    this.checker = new Checker(this, truth, history);
    this.nature = process("nature");
    this.people = List.of(new Person(this, "alice", 2, false), new Person(this, "bob", 1, true));
  }

  /// Runs until nothing happens any more, and looks at what is left.
  History run() {
    for (int i = 0; i < 2; i++) {
      startWorker();
      startGateway();
    }
    people.forEach(Person::start);
    new Fate(this, weather, random()).decide();
    kernel.runUntil(weather.time().plus(MORNING).toNanos());
    var limit = weather.time().plus(LONGEST).toNanos();
    while (!isQuiet() && kernel.nowNanos() < limit) {
      kernel.runUntil(kernel.nowNanos() + STEP.toNanos());
    }
    kernel.runUntil(kernel.nowNanos() + AFTERMATH.toNanos());
    var atWork = checker.tasksAtWork();
    kernel.runUntil(kernel.nowNanos() + AFTERMATH.toNanos());
    checker.atTheEnd(atWork);
    end();
    return history;
  }

  private boolean isQuiet() {
    return people.stream().allMatch(Person::isDone)
        && truth.queue().size() == 0
        && (mutation.hasNoSweeper() || checker.isNothingOpen());
  }

  private void end() {
    processes.stream().filter(proc -> !proc.isDead()).toList().forEach(kernel::kill);
    kernel.runUntil(kernel.nowNanos());
  }

  Kernel kernel() {
    return kernel;
  }

  Mutation mutation() {
    return mutation;
  }

  Scripts scripts() {
    return scripts;
  }

  History history() {
    return history;
  }

  Checker checker() {
    return checker;
  }

  Reach reach() {
    return reach;
  }

  Api api() {
    return api;
  }

  Truth truth() {
    return truth;
  }

  List<Person> people() {
    return people;
  }

  List<Proc> processes() {
    return List.copyOf(processes);
  }

  List<SimulatedWorker> workers() {
    return List.copyOf(workers);
  }

  List<SimulatedGateway> gateways() {
    return List.copyOf(gateways);
  }

  Random random() {
    return nature.random();
  }

  /// A new process, whose clock may be wrong.
  Proc process(String name) {
    var chance = randomOf("clock of " + name).nextInt(4);
    var skew =
        switch (chance) {
          case 0 -> weather.skew();
          case 1 -> weather.skew().negated();
          default -> Duration.ZERO;
        };
    var proc = new Proc(kernel, name, seed, skew);
    processes.add(proc);
    return proc;
  }

  private void startWorker() {
    var worker = new SimulatedWorker(process("worker-" + started++), this);
    workers.add(worker);
    whenKilled(
        worker.proc(),
        () -> {
          workers.remove(worker);
          history.count("workers killed");
          soon(this::startWorker);
        });
    worker.start();
  }

  private void startGateway() {
    var gateway = new SimulatedGateway(process("gateway-" + started++), this);
    gateways.add(gateway);
    whenKilled(
        gateway.proc(),
        () -> {
          gateways.remove(gateway);
          gateway.cutAll();
          history.count("gateways killed");
          soon(this::startGateway);
        });
    gateway.start();
  }

  private void soon(Runnable action) {
    kernel.after(Duration.ofMillis(1_000 + random().nextInt(4_000)).toNanos(), null, action);
  }

  /// A worker has given back what it had.
  void drained(SimulatedWorker worker) {
    kill(worker.proc());
  }

  /// Does something when a process is killed.
  void whenKilled(Proc proc, Runnable action) {
    onKill.put(proc, action);
  }

  @Override
  public void kill(Proc proc) {
    if (proc.isDead()) {
      return;
    }
    history.note("killed: " + proc.name());
    Objects.requireNonNullElse(onKill.remove(proc), () -> {}).run();
    kernel.kill(proc);
  }

  /// The process may be struck here.
  void strike(Kernel.Task task) {
    network.strike(task, weather());
  }

  @Override
  public Weather weather() {
    return kernel.nowNanos() < weather.time().toNanos() ? weather : Weather.FINE;
  }

  @Override
  public boolean isAway(Network.Server server) {
    return server.equals(Reach.REDIS) && kernel.nowNanos() < redisAwayUntil;
  }

  /// Redis answers nobody for a while.
  void redisAway(Duration time) {
    redisAwayUntil = kernel.nowNanos() + time.toNanos();
  }

  /// Another worker gets a message that one has already.
  void duplicated(ReceivedPoke message) {
    var other = workers.get(random().nextInt(workers.size()));
    kernel.after(Network.delay(random()), other.proc(), () -> other.begin(message));
    history.count("duplicates");
  }

  /// A gateway to connect to; null when a browser finds none.
  @Nullable SimulatedGateway gateway(Proc browser) {
    return gateways.isEmpty() ? null : gateways.get(browser.random().nextInt(gateways.size()));
  }

  /// Does something after a moment on the network.
  void later(@Nullable Proc proc, Runnable action) {
    kernel.after(Network.delay(random()), proc, action);
  }

  /// Chances of its own for something that is called by this name.
  Random randomOf(String name) {
    return new Random(seed * Proc.SPREAD + name.hashCode());
  }

  /// When something that is sent now arrives.
  long arrival(Random random) {
    return kernel.nowNanos() + Network.delay(random);
  }

  /// Lets the task that calls wait.
  void pass(Duration time) {
    var task = Kernel.current();
    if (task == null) {
      throw new IllegalStateException("only a task may wait");
    }
    task.sleep(time.toNanos());
  }

  /// A turn that exists.
  Turn turn(JobId job, int number) {
    var turn = truth.database().turns().find(new JobId(job.conversation(), number));
    return Objects.requireNonNull(turn, "turns have no gaps");
  }

  /// What the sweeper would look at if nothing changed any more.
  List<JobId> lookedAfterForEver() {
    return truth.overdueInTheEnd();
  }
}
