package dev.prosa.gateway;

import dev.prosa.core.connection.Grant;

/// Whether a client may stay.
sealed interface Admission {

  /// It may.
  ///
  /// @param grant for whom and how long
  record Admitted(Grant grant) implements Admission {}

  /// It may not.
  ///
  /// @param code what it is told
  record Refused(CloseCode code) implements Admission {}
}
