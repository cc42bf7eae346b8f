package dev.prosa.core.runtime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/// A script in Redis, called by its hash: the text travels, and is hashed by Redis, only when Redis
/// does not know it, which is after its start or a `SCRIPT FLUSH`. Thread-safe.
///
/// @param text in Lua
/// @param hash its SHA-1 in hexadecimal, as EVALSHA wants it
public record RedisScript(String text, String hash) {

  /// The script with this text.
  public static RedisScript of(String text) {
    try {
      var sha1 = MessageDigest.getInstance("SHA-1");
      var hash = HexFormat.of().formatHex(sha1.digest(text.getBytes(StandardCharsets.UTF_8)));
      return new RedisScript(text, hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// Runs it, as [RedisPool#call] does.
  ///
  /// @return what it answers; null for the script's `false`
  /// @throws CacheUnavailableException when Redis does not answer in time
  public @Nullable Object run(RedisPool pool, List<String> keys, List<String> arguments) {
    return pool.<@Nullable Object>call(redis -> {
      try {
        return redis.evalsha(hash, keys, arguments);
      } catch (JedisNoScriptException unknown) {
        return redis.eval(text, keys, arguments);
      }
    });
  }

  /// The same for a script that always answers.
  public Object ask(RedisPool pool, List<String> keys, List<String> arguments) {
    return Objects.requireNonNull(run(pool, keys, arguments));
  }
}
