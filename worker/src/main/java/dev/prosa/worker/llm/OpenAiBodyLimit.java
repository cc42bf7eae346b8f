package dev.prosa.worker.llm;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;

/// Ends responses that would fill the memory: the client library reads lines and error bodies
/// whole. Thread-safe.
final class OpenAiBodyLimit implements Interceptor {

  /// Far more than one chunk of any provider, which carries a few tokens.
  static final int MAX_LINE_BYTES = 1 << 20;

  /// A reply of [dev.prosa.core.turn.Reply#MAX_BYTES] in chunks of one character each stays below.
  private static final long MAX_STREAM_BYTES = 256L << 20;

  private static final long MAX_ERROR_BYTES = 1 << 20;

  @Override
  public Response intercept(Chain chain) throws IOException {
    var response = chain.proceed(chain.request());
    var body = response.body();
    if (body == null) {
      return response;
    }
    var limit = response.isSuccessful() ? MAX_STREAM_BYTES : MAX_ERROR_BYTES;
    var source = Okio.buffer(new LimitedSource(body.source(), limit));
    return response
        .newBuilder()
        .body(ResponseBody.create(source, body.contentType(), body.contentLength()))
        .build();
  }

  private static final class LimitedSource extends ForwardingSource {
    private final long limit;
    private long total;
    private long line;

    LimitedSource(Source source, long limit) {
      super(source);
      this.limit = limit;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      var before = sink.size();
      var read = super.read(sink, byteCount);
      if (read > 0) {
        total += read;
        var lastBreak = lastBreak(sink, before);
        line = lastBreak < 0 ? line + read : sink.size() - lastBreak - 1;
        if (line > MAX_LINE_BYTES || total > limit) {
          throw new IOException(
              "the response is too long: line %d, total %d bytes".formatted(line, total));
        }
      }
      return read;
    }

    /// The place of the last line feed from `from` on; -1 when there is none.
    private static long lastBreak(Buffer sink, long from) {
      for (long i = sink.size() - 1; i >= from; i--) {
        if (sink.getByte(i) == '\n') {
          return i;
        }
      }
      return -1;
    }
  }
}
