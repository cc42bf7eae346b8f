package dev.prosa.core.runtime;

import org.jspecify.annotations.Nullable;

/// Every setting there is, but for those of the model providers. A key that begins with `PROSA_`
/// and is not here is an error.
public enum Setting {
  HTTP_PORT("PROSA_HTTP_PORT", SettingKind.PORT, "8080", "port of the HTTP API and the page"),
  WS_PORT("PROSA_WS_PORT", SettingKind.PORT, "8081", "port of the WebSocket gateway"),
  STATUS_PORT(
      "PROSA_STATUS_PORT",
      SettingKind.PORT,
      null,
      "port of /metrics and /health of a worker or gateway process; default: none"),
  HOST("PROSA_HOST", SettingKind.TEXT, "127.0.0.1", "address that all ports are bound to"),
  DATA("PROSA_DATA", SettingKind.TEXT, "./data", "folder of the embedded servers' state"),
  AUDIT_FILE(
      "PROSA_AUDIT_FILE",
      SettingKind.TEXT,
      null,
      "where redrives and discards are noted; default: audit.jsonl in the data folder"),
  AUTH("PROSA_AUTH", SettingKind.AUTH, "development", "how callers prove who they are"),
  JWT_ISSUER("PROSA_JWT_ISSUER", SettingKind.URL, null, "who issues tokens: their iss, exactly"),
  JWT_AUDIENCE(
      "PROSA_JWT_AUDIENCE", SettingKind.TEXT, null, "whom tokens are for: their aud or client_id"),
  JWT_KEYS(
      "PROSA_JWT_KEYS", SettingKind.URL, null, "the issuer's keys (JWKS); default: discovered"),
  JWT_TENANT_CLAIM(
      "PROSA_JWT_TENANT_CLAIM",
      SettingKind.TEXT,
      null,
      "the claim of tokens that names the tenant; default: there is one"),
  ALLOWED_ORIGINS(
      "PROSA_ALLOWED_ORIGINS",
      SettingKind.ORIGINS,
      null,
      "pages that may call and connect; default: the one served here"),
  WS_URL("PROSA_WS_URL", SettingKind.URL, null, "WebSocket address that browsers are told"),
  WS_MAX_PER_USER(
      "PROSA_WS_MAX_PER_USER",
      SettingKind.COUNT,
      "5",
      "connections of one user at one gateway; one more closes the oldest"),
  WS_MAX_PER_ADDRESS(
      "PROSA_WS_MAX_PER_ADDRESS",
      SettingKind.COUNT,
      "20",
      "sockets of one client address at one gateway; an IPv6 address stands for its /64"),
  PROXIES(
      "PROSA_PROXIES",
      SettingKind.HOPS,
      "0",
      "reverse proxies in front of the gateway that each append to X-Forwarded-For"),
  LOG_FORMAT("PROSA_LOG_FORMAT", SettingKind.LOG_FORMAT, "text", "how log lines look"),
  AWS_REGION(
      "AWS_REGION",
      SettingKind.REGION,
      "us-east-1",
      "region of the table, the queues, the keys and Bedrock"),
  DYNAMODB_ENDPOINT(
      "PROSA_DYNAMODB_ENDPOINT", SettingKind.URL, null, "DynamoDB; default: AWS, or embedded"),
  TABLE("PROSA_TABLE", SettingKind.TEXT, "prosa", "name of the table"),
  SQS_ENDPOINT("PROSA_SQS_ENDPOINT", SettingKind.URL, null, "SQS; default: AWS, or embedded"),
  QUEUE("PROSA_QUEUE", SettingKind.TEXT, "prosa-jobs", "name of the queue; its DLQ ends in -dlq"),
  REDIS_URL(
      "PROSA_REDIS_URL", SettingKind.URL, "redis://127.0.0.1:6379", "Redis; embedded by default"),
  DEADLINE("PROSA_DEADLINE", SettingKind.DURATION, "10m", "by when a turn ends in any case"),
  POLL_WAIT(
      "PROSA_POLL_WAIT",
      SettingKind.DURATION,
      "20s",
      "long poll of the queue, at most 20 s; 1 s under ./prosa up"),
  WORKER_CONCURRENCY(
      "PROSA_WORKER_CONCURRENCY", SettingKind.COUNT, "64", "replies written at once by a worker"),
  LLM_FIRST_TOKEN(
      "PROSA_LLM_FIRST_TOKEN",
      SettingKind.DURATION,
      "30s",
      "longest wait for a reply's first token"),
  LLM_TOKEN_GAP("PROSA_LLM_TOKEN_GAP", SettingKind.DURATION, "20s", "longest pause inside a reply"),
  LLM_TOTAL("PROSA_LLM_TOTAL", SettingKind.DURATION, "120s", "longest time for one attempt"),
  BREAKER_ERRORS(
      "PROSA_BREAKER_ERRORS",
      SettingKind.COUNT,
      "5",
      "more errors than this within the window and a model is left alone"),
  BREAKER_WINDOW(
      "PROSA_BREAKER_WINDOW", SettingKind.DURATION, "10s", "how long an error of a model counts"),
  BREAKER_WAIT(
      "PROSA_BREAKER_WAIT",
      SettingKind.DURATION,
      "5s",
      "how long a model is left alone at first; doubles up to 30 s"),
  SSM_ENDPOINT(
      "PROSA_SSM_ENDPOINT", SettingKind.URL, null, "Parameter Store, for keys; default: AWS"),
  SECRETS_ENDPOINT(
      "PROSA_SECRETS_ENDPOINT", SettingKind.URL, null, "Secrets Manager, for keys; default: AWS");

  private final String key;
  private final SettingKind kind;
  private final @Nullable String fallback;
  private final String meaning;

  Setting(String key, SettingKind kind, @Nullable String fallback, String meaning) {
    this.key = key;
    this.kind = kind;
    this.fallback = fallback;
    this.meaning = meaning;
  }

  /// The name of the environment variable.
  public String key() {
    return key;
  }

  /// What it may hold.
  public SettingKind kind() {
    return kind;
  }

  /// The value when none is given; null when there is none.
  public @Nullable String fallback() {
    return fallback;
  }

  /// What it is for, in a few words.
  public String meaning() {
    return meaning;
  }
}
