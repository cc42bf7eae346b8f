package dev.prosa.bench;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can be chosen on the command line.
///
/// @param requests how many requests a measurement of latency makes
/// @param warmUp how many more come before them and do not count
/// @param turns how long a long conversation is
/// @param runs how often the program is started
/// @param load how many jobs are offered
/// @param seeded which seeds are tried
/// @param fuzzing how much is written by clients that break the protocol
/// @param mode what is on or off
record Options(
    int requests,
    int warmUp,
    int turns,
    int runs,
    Load load,
    Seeds seeded,
    Fuzzing fuzzing,
    Mode mode) {

  static final Options DEFAULT =
      new Options(
          200,
          20,
          200,
          5,
          new Load(Duration.ofSeconds(20), 40, 20),
          new Seeds(2_000, 0),
          new Fuzzing(1_000_000, 100_000),
          Mode.OFF);

  /// What `help` says about them; the numbers are those of [#DEFAULT].
  static final String HELP =
      """
      options:
        --requests N        requests of a measurement of latency (200; providers: at least 500)
        --warm-up N         requests before them that do not count (20; providers: at least 500)
        --turns N           length of a long conversation (200)
        --runs N            starts of the program (5)
        --seconds N, --rate N, --users N
                            the load: for how long (20), jobs a second (40), from how many (20)
        --seeds N           worlds of the model (2000)
        --seed N            one of them, with everything that happens in it; of chaos and fuzz, to repeat it
        --frames N, --handshakes N
                            what clients write that break the protocol (1000000, 100000)
        --release           chaos: the plan that runs before a release (25 min): 1000 users in 1020
                            seconds, or as many as --users and --seconds say, and the same blows
                            gateway: --users N with two tabs each (5000, the most), the rest in
                            proportion; --seconds N of deltas (15)
        --write             keep the results in bench/results/
      """;

  private static final int MAX = 9_999_999;

  /// What is on or off.
  ///
  /// @param write whether results are kept as files
  /// @param release whether chaos runs its long plan
  record Mode(boolean write, boolean release) {

    static final Mode OFF = new Mode(false, false);
  }

  /// Which seeds are tried.
  ///
  /// @param count how many, from 1 on
  /// @param only one alone; 0 for none
  record Seeds(int count, int only) {}

  /// How much is written by clients that break the protocol.
  record Fuzzing(int frames, int handshakes) {}

  int seeds() {
    return seeded.count();
  }

  int seed() {
    return seeded.only();
  }

  /// How many jobs are offered.
  ///
  /// @param time for how long
  /// @param perSecond how many a second
  /// @param users how many users share them; each has one conversation
  record Load(Duration time, int perSecond, int users) {

    /// A quarter of the time, at half of the rate.
    Load warmUp() {
      return new Load(time.dividedBy(4), Math.max(1, perSecond / 2), users);
    }

    int jobs() {
      return (int) (time.toMillis() * perSecond / 1000);
    }
  }

  /// The options that `words` spell; null when they spell none.
  static @Nullable Options parse(List<String> words) {
    var options = DEFAULT;
    for (var i = 0; i < words.size() && options != null; i++) {
      if (words.get(i).equals("--write")) {
        options = options.with(new Mode(true, options.mode.release()));
      } else if (words.get(i).equals("--release")) {
        options = options.with(new Mode(options.mode.write(), true));
      } else {
        i++;
        options = options.with(words.get(i - 1), i < words.size() ? number(words.get(i)) : 0);
      }
    }
    return options;
  }

  private static int number(String word) {
    return word.matches("\\d{1,7}") ? Math.min(MAX, Integer.parseInt(word)) : 0;
  }

  private Options with(Mode changed) {
    return new Options(requests, warmUp, turns, runs, load, seeded, fuzzing, changed);
  }

  private @Nullable Options with(String name, int n) {
    if (n < 1) {
      return null;
    }
    return switch (name) {
      case "--requests" -> new Options(n, warmUp, turns, runs, load, seeded, fuzzing, mode);
      case "--warm-up" -> new Options(requests, n, turns, runs, load, seeded, fuzzing, mode);
      case "--turns" -> new Options(requests, warmUp, n, runs, load, seeded, fuzzing, mode);
      case "--runs" -> new Options(requests, warmUp, turns, n, load, seeded, fuzzing, mode);
      case "--seconds" -> with(new Load(Duration.ofSeconds(n), load.perSecond(), load.users()));
      case "--rate" -> with(new Load(load.time(), n, load.users()));
      case "--users" -> with(new Load(load.time(), load.perSecond(), n));
      case "--seeds" -> with(new Seeds(n, 0));
      case "--frames" -> with(new Fuzzing(n, fuzzing.handshakes()));
      case "--handshakes" -> with(new Fuzzing(fuzzing.frames(), n));
      case "--seed" -> with(new Seeds(seeds(), n));
      default -> null;
    };
  }

  private Options with(Seeds changed) {
    return new Options(requests, warmUp, turns, runs, load, changed, fuzzing, mode);
  }

  private Options with(Fuzzing changed) {
    return new Options(requests, warmUp, turns, runs, load, seeded, changed, mode);
  }

  private Options with(Load changed) {
    return new Options(requests, warmUp, turns, runs, changed, seeded, fuzzing, mode);
  }
}
