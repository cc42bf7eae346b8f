package dev.prosa.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A socket that keeps what it is given.
final class RecordingWire implements Wire {

  final List<String> frames = new CopyOnWriteArrayList<>();
  final List<CloseCode> closes = new CopyOnWriteArrayList<>();
  volatile boolean full;

  @Override
  public boolean offer(byte[] utf8) {
    return !full && frames.add(new String(utf8, StandardCharsets.UTF_8));
  }

  @Override
  public boolean awaitRoom(Duration patience) {
    return !full;
  }

  @Override
  public void close(CloseCode code) {
    closes.add(code);
  }
}
