package dev.prosa.local.dlq;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The words of a command line, options apart.
///
/// @param plain what is no option, in order
/// @param options with their values; empty for an option that takes none
record DlqWords(List<String> plain, Map<String, String> options) {

  /// @param valued the options that take a value, as the next word or after `=`
  static DlqWords of(List<String> args, Set<String> valued) {
    var plain = new ArrayList<String>();
    var options = new HashMap<String, String>();
    var left = new ArrayDeque<>(args);
    for (var word = left.poll(); word != null; word = left.poll()) {
      if (!word.startsWith("-")) {
        plain.add(word);
      } else {
        var at = word.indexOf('=');
        var name = at < 0 ? word : word.substring(0, at);
        var value = at < 0 && valued.contains(name) ? left.poll() : word.substring(at + 1);
        if (value == null || (at >= 0 && !valued.contains(name))) {
          throw new DlqUsageException(PlainText.of(name) + " is used wrongly");
        }
        options.put(name, value);
      }
    }
    return new DlqWords(List.copyOf(plain), Map.copyOf(options));
  }

  boolean has(String option) {
    return options.containsKey(option);
  }

  String value(String option, String fallback) {
    return options.getOrDefault(option, fallback);
  }

  void requirePlain(int count) {
    if (plain.size() != count) {
      throw new DlqUsageException(
          plain.size() < count
              ? plain.getFirst() + " of which one? Give a job id"
              : PlainText.of(plain.get(count)) + " is one word too many");
    }
  }

  void requireOnly(String verb, Set<String> some, Set<String> others) {
    for (var option : options.keySet()) {
      if (!some.contains(option) && !others.contains(option)) {
        throw new DlqUsageException(verb + " has no option " + PlainText.of(option));
      }
    }
  }
}
