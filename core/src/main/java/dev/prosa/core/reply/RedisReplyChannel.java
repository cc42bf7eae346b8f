package dev.prosa.core.reply;

import dev.prosa.core.connection.GatewayId;
import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.runtime.RedisPool;
import dev.prosa.core.runtime.RedisScript;
import dev.prosa.core.turn.JobId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One script per event: fence, append, expire and publish cannot come apart.
final class RedisReplyChannel implements ReplyChannel {

  /// Longer than any reply takes; after it the truth is in the table anyway.
  private static final Duration LIFE = Duration.ofMinutes(15);

  private static final RedisScript PUBLISH =
      RedisScript.of(
          """
          local live, text, connections = KEYS[1], KEYS[2], KEYS[3]
          local kind, attempt, offset = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
          if kind ~= 'notice' then
            local now = redis.call('HMGET', live, 'attempt', 'length', 'final')
            local current, length = tonumber(now[1] or '0'), tonumber(now[2] or '0')
            if kind == 'final' then
              if attempt < current then return -1 end
              redis.call('HSET', live, 'attempt', attempt, 'length', 0, 'final', 1)
              redis.call('DEL', text)
            else
              if attempt < current or (now[3] and attempt == current) then return -1 end
              if attempt > current then
                length = 0
                redis.call('HSET', live, 'attempt', attempt, 'length', 0)
                redis.call('HDEL', live, 'final')
                redis.call('DEL', text)
              end
              if length > 0 and redis.call('EXISTS', text) == 0 then length = 0 end
              if kind == 'delta' then
                if offset > length then
                  redis.call('PEXPIRE', live, ARGV[6])
                  return -2 - length
                end
                if offset == length then
                  redis.call('APPEND', text, ARGV[4])
                  redis.call('HSET', live, 'length', ARGV[5])
                end
              end
              redis.call('PEXPIRE', text, ARGV[6])
            end
            redis.call('PEXPIRE', live, ARGV[6])
          end
          local sent, count = {}, 0
          for _, member in ipairs(redis.call('ZRANGEBYSCORE', connections, ARGV[7], '+inf')) do
            local gateway = string.match(member, '@(.+)$')
            if gateway and not sent[gateway] then
              sent[gateway] = true
              count = count + 1
              redis.call('PUBLISH', 'gateway:' .. gateway, ARGV[8])
            end
          end
          return count
          """);

  private static final RedisScript SNAPSHOT =
      RedisScript.of(
          """
          local live = redis.call('HMGET', KEYS[1], 'attempt', 'final')
          if not live[1] or live[2] then return false end
          return {live[1], redis.call('GET', KEYS[2]) or ''}
          """);

  private static final String STOPS = "stops";
  private static final int FENCED = -1;
  private static final int GAP = -2;

  private final RedisPool pool;
  private final InstantSource clock;

  RedisReplyChannel(RedisPool pool, InstantSource clock) {
    this.pool = pool;
    this.clock = clock;
  }

  /// What the script does with an event.
  private record Note(String kind, int attempt, int offset, String text, int end) {

    static Note of(ReplyEvent event) {
      return switch (event) {
        case ReplyEvent.ReplyStarted started -> of("start", started.attempt());
        case ReplyEvent.ReplyDelta delta ->
            new Note("delta", delta.attempt(), delta.offset(), delta.text(), delta.end());
        case ReplyEvent.ReplyCompleted _, ReplyEvent.JobFailed _, ReplyEvent.JobCancelled _ ->
            of("final", event.attempt());
        case ReplyEvent.JobWaiting _ -> of("notice", 0);
      };
    }

    private static Note of(String kind, int attempt) {
      return new Note(kind, attempt, 0, "", 0);
    }
  }

  @Override
  public PublishOutcome publish(OwnerId owner, ReplyEvent event) {
    var note = Note.of(event);
    var keys =
        List.of(
            liveKey(owner, event.jobId()),
            textKey(owner, event.jobId()),
            "user:{" + owner + "}:connections");
    var now = clock.instant();
    var arguments =
        List.of(
            note.kind(),
            Integer.toString(note.attempt()),
            Integer.toString(note.offset()),
            note.text(),
            Integer.toString(note.end()),
            Long.toString(LIFE.toMillis()),
            Long.toString(now.toEpochMilli()),
            RedisEnvelope.seal(owner, now, event.toJson()));
    var answer = Math.toIntExact((Long) PUBLISH.ask(pool, keys, arguments));
    if (answer == FENCED) {
      return new PublishOutcome.Fenced();
    }
    return answer <= GAP
        ? new PublishOutcome.Gap(GAP - answer)
        : new PublishOutcome.Published(answer);
  }

  @Override
  public @Nullable LiveReply snapshot(OwnerId owner, JobId job) {
    var keys = List.of(liveKey(owner, job), textKey(owner, job));
    var answer = SNAPSHOT.run(pool, keys, List.of());
    return answer instanceof List<?> parts
        ? new LiveReply(Integer.parseInt((String) parts.get(0)), (String) parts.get(1))
        : null;
  }

  @Override
  public Subscription subscribe(GatewayId gateway, Listener listener) {
    return listen("gateway:" + gateway, message -> RedisEnvelope.open(message, listener));
  }

  @Override
  public void requestStop(JobId job) {
    pool.call(redis -> redis.publish(STOPS, job.value()));
  }

  @Override
  public Subscription onStop(Consumer<JobId> listener) {
    return listen(
        STOPS,
        message -> {
          var job = JobId.parse(message);
          if (job != null) {
            listener.accept(job);
          }
        });
  }

  private Subscription listen(String channel, Consumer<String> listener) {
    var subscription = new RedisSubscription(pool, channel, listener);
    subscription.start();
    return subscription;
  }

  private static String liveKey(OwnerId owner, JobId job) {
    return "live:{" + owner + "}:" + job;
  }

  private static String textKey(OwnerId owner, JobId job) {
    return liveKey(owner, job) + ":text";
  }
}
