package dev.prosa.core.log;

/// The fields of log lines. Where the semantic conventions of OpenTelemetry have a name, it is that
/// one.
public enum LogKey {
  JOB_ID("jobId", "the job the line is about"),
  CONVERSATION_ID("conversationId", "its conversation"),
  ATTEMPT("attempt", "the attempt that runs or ran last; 0 before the first"),
  TRACE_ID("traceId", "the W3C trace id of the request that made the job, or of this request"),
  CONNECTION_ID("connectionId", "the WebSocket the line is about"),
  REQUEST_ID("faas.invocation_id", "the request, as AWS Lambda calls it"),
  STATE("state", "where the job stands"),
  OUTCOME("outcome", "how an attempt ended: answered, failed, nobody_asked, or why it was stopped"),
  ERROR("error.type", "why an attempt failed: a failure code"),
  PROVIDER("gen_ai.provider.name", "the provider that is asked, or was asked last"),
  MODEL("gen_ai.request.model", "the model that is asked, or was asked last"),
  INPUT_TOKENS("gen_ai.usage.input_tokens", "tokens that the provider counted in the request"),
  OUTPUT_TOKENS("gen_ai.usage.output_tokens", "tokens that the provider counted in the reply"),
  DURATION("durationMillis", "how long an attempt took, in milliseconds"),
  EVENT("event", "the type of a frame, as the protocol says it"),
  CONNECTIONS("connections", "to how many WebSockets a frame went"),
  FROM("from", "the state that the breaker of a model leaves"),
  TO("to", "the state that the breaker of a model takes");

  private final String key;
  private final String meaning;

  LogKey(String key, String meaning) {
    this.key = key;
    this.meaning = meaning;
  }

  /// The field as it is written.
  public String key() {
    return key;
  }

  /// What it says, for people.
  public String meaning() {
    return meaning;
  }
}
