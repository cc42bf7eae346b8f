package dev.prosa.bench.chaos.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/// What a worker asks of AWS, recognised by its words on the wire: the JSON protocol of both
/// services names the operation in the header `X-Amz-Target`.
///
/// @param step what it is in the life of a turn
/// @param job the job of the turn; empty when it is about none
/// @param body as it was sent
record AwsCall(Step step, String job, JsonNode body) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  enum Step {
    CLAIM,
    RENEW,
    RELEASE,
    FINISH,
    OTHER_WRITE,
    TABLE_READ,
    RECEIVE,
    DELETE,
    OTHER_QUEUE
  }

  static AwsCall of(String target, byte[] body) {
    try {
      var json = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
      var operation = target.substring(target.lastIndexOf('.') + 1);
      return new AwsCall(
          target.startsWith("DynamoDB") ? tableStep(operation, json) : queueStep(operation),
          job(json),
          json);
    } catch (IOException e) {
      throw new UncheckedIOException("a call without JSON", e);
    }
  }

  static JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException("an answer without JSON", e);
    }
  }

  private static Step tableStep(String operation, JsonNode body) {
    var update = body.path("UpdateExpression").asText("");
    return switch (operation) {
      case "UpdateItem" -> {
        if (update.startsWith("SET finishedBy")) {
          yield Step.FINISH;
        } else if (update.contains("attempt = attempt + :one")) {
          yield Step.CLAIM;
        } else if (update.startsWith("SET leaseUntil")) {
          yield Step.RENEW;
        }
        yield update.contains(":notBefore") ? Step.RELEASE : Step.OTHER_WRITE;
      }
      case "PutItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems" -> Step.OTHER_WRITE;
      default -> Step.TABLE_READ;
    };
  }

  private static Step queueStep(String operation) {
    return switch (operation) {
      case "DeleteMessage" -> Step.DELETE;
      case "ReceiveMessage" -> Step.RECEIVE;
      default -> Step.OTHER_QUEUE;
    };
  }

  /// `CONV#c_<random>` and `TURN#<ten digits>` make `j_<random>_<number>`.
  static String job(JsonNode request) {
    var pk = request.path("Key").path("PK").path("S").asText("");
    var sk = request.path("Key").path("SK").path("S").asText("");
    return pk.startsWith("CONV#c_") && sk.startsWith("TURN#")
        ? "j_" + pk.substring("CONV#c_".length()) + "_" + Integer.parseInt(sk.substring(5))
        : "";
  }

  boolean isWrite() {
    return switch (step) {
      case CLAIM, RENEW, RELEASE, FINISH, OTHER_WRITE -> true;
      case TABLE_READ, RECEIVE, DELETE, OTHER_QUEUE -> false;
    };
  }
}
