package dev.prosa.bench.model;

import dev.prosa.core.turn.JobId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Somebody with a browser: asks a few questions in a few conversations, sends again what could not
/// be sent, and looks at it in one tab or two.
final class Person {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final World world;
  private final String name;
  private final boolean leaves;
  private final Random random;
  private final List<Tab> tabs = new ArrayList<>();
  private final List<Talk> talks = new ArrayList<>();
  private final Map<String, Tab> askedIn = new LinkedHashMap<>();
  private boolean gone;

  /// @param leaves whether they may close the browser at any moment
  Person(World world, String name, int talks, boolean leaves) {
    this.world = world;
    this.name = name;
    this.leaves = leaves;
    this.random = world.process(name).random();
    for (int i = 1; i <= talks; i++) {
      this.talks.add(new Talk(name + "-" + i, 1 + random.nextInt(3), random.nextBoolean()));
    }
  }

  /// One conversation.
  private static final class Talk {
    private final String name;
    private final int questions;
    private final boolean impatient;
    private @Nullable String id;
    private @Nullable JobId last;
    private int asked;
    private boolean due;

    /// @param questions how many will be asked
    /// @param impatient whether the next one is asked before the last was answered
    Talk(String name, int questions, boolean impatient) {
      this.name = name;
      this.questions = questions;
      this.impatient = impatient;
    }
  }

  String name() {
    return name;
  }

  List<Tab> tabs() {
    return tabs;
  }

  void start() {
    openTab();
    talks.forEach(talk -> askLater(tabs.getFirst(), talk, 5_000));
  }

  /// Opens one more tab, which shows what there is.
  void openTab() {
    var tab = new Tab(world, world.process("%s/tab-%d".formatted(name, tabs.size())), this);
    tabs.add(tab);
    for (var talk : talks) {
      if (talk.id != null) {
        tab.load(talk.id);
      }
    }
  }

  private void askLater(Tab tab, Talk talk, int withinMillis) {
    talk.due = true;
    after(Duration.ofMillis(random.nextInt(withinMillis)), () -> ask(tab, talk));
  }

  private void ask(Tab tab, Talk talk) {
    if (gone) {
      return;
    }
    talk.due = false;
    talk.last = null;
    talk.asked++;
    var key = talk.name + "-" + talk.asked;
    world.history().ask(key);
    world.history().note("%s asks %s".formatted(tab.name(), key));
    askedIn.put(key, tab);
    tab.send(key, talk.id);
    if (leaves && random.nextInt(6) == 0) {
      after(Duration.ofMillis(random.nextInt(60)), this::leave);
    }
  }

  private void after(Duration time, Runnable action) {
    world.kernel().after(time.toNanos(), null, action);
  }

  private Talk talkOf(String key) {
    return talks.stream().filter(t -> key.startsWith(t.name + "-")).findFirst().orElseThrow();
  }

  /// A question was accepted.
  void accepted(Tab tab, String key, JobId job, String conversation) {
    var talk = talkOf(key);
    talk.id = conversation;
    talk.last = job;
    var shown = tab.screen().get(job);
    if (talk.impatient || (shown != null && shown.isFinal())) {
      goOn(tab, talk);
    }
  }

  /// A question could not be sent; the same one is sent again.
  void refused(Tab tab, String key) {
    after(PATIENCE, () -> tab.send(key, talkOf(key).id));
  }

  /// Something changed on a screen.
  void shown(Tab tab, JobId job, Tab.Shown shown) {
    for (var talk : talks) {
      if (shown.isFinal() && job.equals(talk.last)) {
        goOn(tab, talk);
      }
    }
  }

  private void goOn(Tab tab, Talk talk) {
    if (talk.asked < talk.questions && !talk.due) {
      askLater(tab, talk, 3_000);
    }
  }

  /// A reply that is not finished on the screen of a tab; null when there is none.
  @Nullable JobId unfinished(Tab tab) {
    return tab.screen().entrySet().stream()
        .filter(e -> !e.getValue().isFinal())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  /// Closes the browser, whatever is on its way, and never comes back.
  private void leave() {
    gone = true;
    world.history().count("people who left");
    world.history().note(name + " leaves");
    tabs.forEach(Tab::close);
    tabs.clear();
  }

  boolean isGone() {
    return gone;
  }

  /// The tab of each question that was asked, if it is still there.
  Map<String, Tab> askedIn() {
    return gone ? Map.of() : askedIn;
  }

  /// Whether everything was asked, and every screen shows how it ended.
  boolean isDone() {
    return gone
        || (talks.stream().allMatch(t -> t.asked == t.questions && t.last != null)
            && tabs.stream().allMatch(tab -> unfinished(tab) == null)
            && askedIn.entrySet().stream().allMatch(e -> isShown(e.getKey(), e.getValue())));
  }

  private boolean isShown(String key, Tab tab) {
    var job = world.history().asked().get(key);
    return job != null && tab.screen().containsKey(job);
  }
}
