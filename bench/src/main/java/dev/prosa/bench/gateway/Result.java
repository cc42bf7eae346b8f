package dev.prosa.bench.gateway;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was seen.
///
/// @param sizes how much load there was
/// @param seen of each server that ran
/// @param comeback of the clients of Prosa
/// @param ws which `ws` ran; null when none did
/// @param missing why some of it could not be measured, as sentences
public record Result(
    Sizes sizes,
    Map<Contender, Seen> seen,
    @Nullable Comeback comeback,
    @Nullable String ws,
    List<String> missing) {

  public Result {
    seen = Map.copyOf(seen);
    missing = List.copyOf(missing);
  }

  /// Of one server; what could not be measured is null.
  public record Seen(@Nullable Idle idle, @Nullable Load load, @Nullable Deaf deaf) {}

  /// Sockets that are idle.
  ///
  /// @param empty bytes of heap without them
  /// @param full bytes of heap with them
  /// @param residentKib memory of the process with them, in KiB; -1 when it is not known
  /// @param dropped sockets that ended though nobody wanted it
  public record Idle(int sockets, long empty, long full, long residentKib, int dropped) {}

  /// Sockets that get deltas, at two rates.
  ///
  /// @param half at half of the rate that was promised
  /// @param whole at that rate
  public record Load(Deltas half, Deltas whole) {}

  /// Sockets that get deltas.
  ///
  /// @param perSecond deliveries a second
  /// @param late from when a delta was due until a socket had it
  /// @param lost deliveries that did not come
  /// @param refused deltas that Redis did not take in time, and took a little later
  /// @param cpu who used the processors meanwhile
  public record Deltas(double perSecond, Late late, int lost, int refused, Cpu cpu) {}

  /// Readers that never read, and others beside them.
  ///
  /// @param late how late deltas of the others were
  /// @param lost deliveries to the others that did not come
  /// @param growth bytes of heap that were added, at most; -1 when the server died of it
  /// @param closed how many of the deaf ones the server closed
  public record Deaf(Beside late, int lost, long growth, int closed) {}

  /// How late deltas of the others were.
  ///
  /// @param quiet before
  /// @param flooded while the deaf ones got their flood and still read it
  /// @param deaf when they did not read any more
  public record Beside(Late quiet, Late flooded, Late deaf) {}

  /// Clients that come back after their gateway was killed.
  ///
  /// @param returned how many had their text in time
  /// @param time from the kill until they had it
  /// @param resumed jobs that the other gateway dealt with; -1 when it does not say
  public record Comeback(int returned, Late time, long resumed) {}
}
