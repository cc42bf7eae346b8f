package dev.prosa.local.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Starts all servers, leaves something in each and dies at once, without closing anything.
final class UseAllAndHaltMain {

  /// Where the address of the Redis that stays behind is written, under the data folder.
  static final String ORPHAN = "orphan-uri";

  private UseAllAndHaltMain() {}

  public static void main(String[] args) throws IOException {
    var data = Path.of(args[0]);
    var servers = EmbeddedServers.start(EmbeddedServers.Elsewhere.NONE, data);
    var queues = Queues.create(servers.sqs().uri());
    var table = Tables.open(servers.dynamoDb().uri());
    var orphan = servers.redis().uri().toString();
    Files.writeString(data.resolve(ORPHAN), orphan, StandardCharsets.UTF_8);
    table.put("survivor");
    queues.send("survivor");
    Runtime.getRuntime().halt(137);
  }
}
