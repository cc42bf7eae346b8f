package dev.prosa.bench.gateway;

import java.util.function.Consumer;

/// Tells a person how far it is.
public record LoadConsole() implements Consumer<String> {

  @Override
  @SuppressWarnings("SystemOut") // speaks to a person
  public void accept(String progress) {
    System.out.println("  " + progress);
  }
}
