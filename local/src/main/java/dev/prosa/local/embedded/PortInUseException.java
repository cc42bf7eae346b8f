package dev.prosa.local.embedded;

/// Another program already listens on the port an embedded server was given.
public final class PortInUseException extends EmbeddedServerException {

  private final int port;

  /// @param what the server that wanted the port, such as `Redis`
  /// @param port from 1 to 65535
  public PortInUseException(String what, int port) {
    super(
        "%s cannot listen on 127.0.0.1:%d because another program uses that port; stop it or choose another port."
            .formatted(what, port));
    this.port = port;
  }

  /// The port that was taken.
  public int port() {
    return port;
  }
}
