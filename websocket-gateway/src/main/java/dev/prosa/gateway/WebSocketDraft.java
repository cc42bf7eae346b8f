package dev.prosa.gateway;

import java.util.List;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.ControlFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.protocols.Protocol;

/// RFC 6455 as we speak it: without extensions, since compressed frames would pass the limit, and
/// with a limit on fragments, of which the library keeps any number until the last one comes.
final class WebSocketDraft extends Draft_6455 {

  /// The largest frame and message of a client: far more than the protocol needs.
  private static final int MAX_BYTES = 64 * 1024;

  private static final int MAX_FRAGMENTS = 64;

  private int fragments;
  private long bytes;

  /// The empty protocol lets in clients that name none.
  WebSocketDraft() {
    super(List.of(), List.of(new Protocol(Reception.PROTOCOL), new Protocol("")), MAX_BYTES);
  }

  @Override
  public void processFrame(WebSocketImpl socket, Framedata frame) throws InvalidDataException {
    if (!(frame instanceof ControlFrame)) {
      count(frame);
    }
    super.processFrame(socket, frame);
  }

  private void count(Framedata frame) throws InvalidDataException {
    if (frame.isFin()) {
      fragments = 0;
      bytes = 0;
      return;
    }
    fragments++;
    bytes += frame.getPayloadData().remaining();
    if (fragments > MAX_FRAGMENTS || bytes > MAX_BYTES) {
      throw new InvalidDataException(CloseFrame.TOOBIG, "message too long");
    }
  }

  @Override
  public Draft copyInstance() {
    return new WebSocketDraft();
  }
}
