package dev.prosa.local.embedded;

import java.net.URI;

/// A server that is not ours to start or stop.
record ServerElsewhere(URI uri) implements EmbeddedServer {

  @Override
  public void close() {
    // whoever started it stops it
  }
}
