package dev.prosa.core.figures;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.prosa.core.runtime.RedisPool;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.SetParams;

/// `{figures}:worker:<worker>` holds what a worker says, as JSON; the set `{figures}:workers` names
/// the workers. Redis itself forgets who says nothing any more, and the time that a key has left
/// tells whether its worker is alive, so no two clocks are compared.
final class RedisFiguresBoard implements FiguresBoard {

  private static final String WORKERS = "{figures}:workers";
  private static final SetParams EXPIRY = SetParams.setParams().px(WINDOW.toMillis());
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final RedisPool pool;

  RedisFiguresBoard(RedisPool pool) {
    this.pool = pool;
  }

  private record Found(String worker, Response<String> json, Response<Long> left) {}

  @Override
  public void post(String worker, WorkerFigures figures) {
    var json = json(figures);
    pool.call(redis -> {
      try (var pipeline = redis.pipelined()) {
        pipeline.set(key(worker), json, EXPIRY);
        pipeline.sadd(WORKERS, worker);
        pipeline.pexpire(WORKERS, WINDOW.toMillis());
        pipeline.sync();
      }
      return 1;
    });
  }

  private static String json(WorkerFigures figures) {
    try {
      return JSON.writeValueAsString(figures);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public List<Row> read() {
    return pool.call(redis -> {
      var found = found(redis);
      var gone = found.stream().filter(f -> f.json().get() == null).map(Found::worker).toList();
      if (!gone.isEmpty()) {
        redis.srem(WORKERS, gone.toArray(String[]::new));
      }
      return found.stream().flatMap(RedisFiguresBoard::row).toList();
    });
  }

  private static List<Found> found(RedisClient redis) {
    var found = new ArrayList<Found>();
    var workers = redis.smembers(WORKERS);
    try (var pipeline = redis.pipelined()) {
      for (var worker : workers) {
        found.add(new Found(worker, pipeline.get(key(worker)), pipeline.pttl(key(worker))));
      }
      pipeline.sync();
    }
    return found;
  }

  /// What another version wrote says nothing.
  private static Stream<Row> row(Found found) {
    var json = found.json().get();
    if (json == null) {
      return Stream.empty();
    }
    var alive = found.left().get() > WINDOW.minus(ALIVE).toMillis();
    try {
      return Stream.of(new Row(JSON.readValue(json, WorkerFigures.class), alive));
    } catch (JsonProcessingException | RuntimeException unknownForm) {
      return Stream.empty();
    }
  }

  private static String key(String worker) {
    return "{figures}:worker:" + worker;
  }
}
