package dev.prosa.ingest;

import dev.prosa.core.identity.OwnerId;
import dev.prosa.core.provider.ProviderSettings;
import dev.prosa.core.queue.Poke;
import dev.prosa.core.queue.QueueUnavailableException;
import dev.prosa.core.runtime.CacheUnavailableException;
import dev.prosa.core.runtime.Lifecycle;
import dev.prosa.core.runtime.RedisPool;
import dev.prosa.core.turn.JobId;
import dev.prosa.core.turn.StoreUnavailableException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Prepares a Lambda instance for the snapshot that others start from (AWS Lambda Developer Guide,
/// "Improving startup performance with Lambda SnapStart"). Elsewhere nothing calls it.
///
/// What the first request needs is loaded by a rehearsal against addresses where nobody is: so no
/// connection, no credentials and no key of an issuer can be in the snapshot, and no id is made.
///
/// @param redis the pool of this instance, which holds no connection yet
/// @param clock the time
record CracSnapshot(RedisPool redis, InstantSource clock) implements Resource {

  private static final Logger LOG = LoggerFactory.getLogger(CracSnapshot.class);

  /// A port on which nobody listens.
  private static final String NOWHERE = "127.0.0.1:1";

  private static final JobId NO_JOB =
      Objects.requireNonNull(JobId.parse("j_" + "0".repeat(26) + "_1"));

  private static final OwnerId NOBODY = new OwnerId("nobody");

  /// Asks to be told of snapshots. The context forgets what nobody else holds.
  ///
  /// @return what has to be held
  CracSnapshot register() {
    Core.getGlobalContext().register(this);
    return this;
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    rehearse();
    LOG.info("ready for the snapshot");
  }

  /// The clock that the rest of Redis is measured by need not go on where it stood.
  @Override
  public void afterRestore(Context<? extends Resource> context) {
    redis.restsUntil().set(System.nanoTime());
  }

  private void rehearse() {
    var settings =
        ProviderSettings.namesOf(
            Map.of(
                "PROSA_DYNAMODB_ENDPOINT", "http://" + NOWHERE,
                "PROSA_SQS_ENDPOINT", "http://" + NOWHERE));
    try (var parts = Lifecycle.create()) {
      var nobody = parts.own("redis", RedisPool.open(URI.create("redis://" + NOWHERE)));
      var ingest = IngestMain.connect(settings, nobody, clock, parts);
      expectingNobody(() -> ingest.database().turns().find(NO_JOB));
      expectingNobody(() -> ingest.queue().send(new Poke(NO_JOB, null), NOBODY));
      expectingNobody(() -> ingest.presence().connections().isConnected(NOBODY));
      var _ = Exchange.answer(200, Map.of());
    }
  }

  private static void expectingNobody(Runnable call) {
    try {
      call.run();
    } catch (StoreUnavailableException
        | QueueUnavailableException
        | CacheUnavailableException nobodyIsThere) {
      LOG.debug("rehearsed", nobodyIsThere);
    }
  }
}
