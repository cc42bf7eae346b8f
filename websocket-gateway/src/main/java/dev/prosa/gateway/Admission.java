package dev.prosa.gateway;

import dev.prosa.core.identity.OwnerId;

/// Whether a client may stay.
sealed interface Admission {

  /// It may.
  ///
  /// @param owner the user it acts for
  record Admitted(OwnerId owner) implements Admission {}

  /// It may not.
  ///
  /// @param code what it is told
  record Refused(CloseCode code) implements Admission {}
}
