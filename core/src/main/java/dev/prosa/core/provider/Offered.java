package dev.prosa.core.provider;

import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A model of a provider, in whatever list.
public interface Offered {

  /// The provider's name in the settings.
  String provider();

  /// The model, in the provider's word.
  String model();

  /// Who may be asked for a reply: of each provider the model that is wanted or, when nobody offers
  /// it, the first.
  ///
  /// @param all in the order of preference
  /// @param model what is wanted; null for the default
  /// @return in the same order; empty only when `all` is
  static <T extends Offered> List<T> candidates(List<T> all, @Nullable String model) {
    var named = all.stream().filter(offered -> offered.model().equals(model)).toList();
    var byProvider = new LinkedHashMap<String, T>();
    (named.isEmpty() ? all : named)
        .forEach(offered -> byProvider.putIfAbsent(offered.provider(), offered));
    return List.copyOf(byProvider.values());
  }
}
