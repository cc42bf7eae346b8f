package dev.prosa.bench.gateway;

import java.nio.ByteBuffer;

/// Hears what happens to sockets of a [LoadClient], on its thread, and must not wait.
interface Ears {

  /// The handshake is over.
  void opened(LoadSocket socket);

  /// A text frame came.
  ///
  /// @param text its payload, valid until this returns
  void heard(LoadSocket socket, ByteBuffer text);

  /// The connection ended, or never began.
  ///
  /// @param code what the server said; 1006 when it said nothing (RFC 6455, section 7.1.5)
  void closed(LoadSocket socket, int code);
}
