package dev.prosa.core.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.prosa.core.runtime.RedisPool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.params.SetParams;

/// `{providers}:worker:<worker>` holds what a worker says, as JSON; the set `{providers}:workers`
/// names the workers. Redis itself forgets who says nothing any more, so no two clocks are
/// compared.
final class RedisProviderBoard implements ProviderBoard {

  private static final String WORKERS = "{providers}:workers";
  private static final SetParams EXPIRY = SetParams.setParams().px(LIFE.toMillis());
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<List<Entry>> ENTRIES = new TypeReference<>() {};

  private final RedisPool pool;

  RedisProviderBoard(RedisPool pool) {
    this.pool = pool;
  }

  /// One status as it is stored.
  ///
  /// @param retryAtMillis since the epoch; null when there is none
  record Entry(
      String provider, String model, ProviderStatus.State state, @Nullable Long retryAtMillis) {

    static Entry of(ProviderStatus status) {
      var retryAt = status.retryAt();
      return new Entry(
          status.provider(),
          status.model(),
          status.state(),
          retryAt == null ? null : retryAt.toEpochMilli());
    }

    ProviderStatus status() {
      return new ProviderStatus(
          provider,
          model,
          state,
          retryAtMillis == null ? null : Instant.ofEpochMilli(retryAtMillis));
    }
  }

  @Override
  public void post(String worker, List<ProviderStatus> statuses) {
    var json = json(statuses.stream().map(Entry::of).toList());
    pool.call(redis -> {
      try (var pipeline = redis.pipelined()) {
        pipeline.set(key(worker), json, EXPIRY);
        pipeline.sadd(WORKERS, worker);
        pipeline.pexpire(WORKERS, LIFE.toMillis());
        pipeline.sync();
      }
      return 1;
    });
  }

  private static String json(List<Entry> entries) {
    try {
      return JSON.writeValueAsString(entries);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public List<List<ProviderStatus>> read() {
    return pool.call(redis -> {
      var workers = List.copyOf(redis.smembers(WORKERS));
      if (workers.isEmpty()) {
        return List.of();
      }
      var said = redis.mget(workers.stream().map(RedisProviderBoard::key).toArray(String[]::new));
      var gone = new ArrayList<String>();
      var found = new ArrayList<List<ProviderStatus>>();
      for (int i = 0; i < workers.size(); i++) {
        if (said.get(i) == null) {
          gone.add(workers.get(i));
        } else {
          parse(said.get(i)).forEach(found::add);
        }
      }
      if (!gone.isEmpty()) {
        redis.srem(WORKERS, gone.toArray(String[]::new));
      }
      return List.copyOf(found);
    });
  }

  /// What another version wrote says nothing.
  private static Stream<List<ProviderStatus>> parse(String json) {
    try {
      return Stream.of(JSON.readValue(json, ENTRIES).stream().map(Entry::status).toList());
    } catch (JsonProcessingException | RuntimeException unknownForm) {
      return Stream.empty();
    }
  }

  private static String key(String worker) {
    return "{providers}:worker:" + worker;
  }
}
