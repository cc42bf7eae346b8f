package dev.prosa.core.runtime;

import org.jspecify.annotations.Nullable;

/// Every setting there is, but for those of the model providers and the texts of system prompts. A
/// key that begins with `PROSA_` and is not here is an error.
public enum Setting {
  HTTP_PORT("PROSA_HTTP_PORT", SettingKind.PORT, "8080", "port of the HTTP API and the page"),
  WS_PORT("PROSA_WS_PORT", SettingKind.PORT, "8081", "port of the WebSocket gateway"),
  STATUS_PORT(
      "PROSA_STATUS_PORT",
      SettingKind.PORT,
      null,
      "port of /metrics and /health of a service in a process of its own; default: none"),
  HOST("PROSA_HOST", SettingKind.TEXT, "127.0.0.1", "address that all ports are bound to"),
  LOOPBACK_ONLY(
      "PROSA_LOOPBACK_ONLY",
      SettingKind.FLAG,
      "false",
      "whether only this machine gets to that address, as to a container's port on its loopback"),
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
  TOKEN("PROSA_TOKEN", SettingKind.TEXT, null, "the token that ./prosa chat shows"),
  JWT_ROLES_CLAIM(
      "PROSA_JWT_ROLES_CLAIM", SettingKind.TEXT, "roles", "the claim that lists a user's roles"),
  JWT_ADMIN_ROLE(
      "PROSA_JWT_ADMIN_ROLE",
      SettingKind.TEXT,
      "prosa-admin",
      "the role that may see and erase what others wrote"),
  JWT_OPERATOR_ROLE(
      "PROSA_JWT_OPERATOR_ROLE",
      SettingKind.TEXT,
      "prosa-operator",
      "the role that may open /ops; without tenants the admin role may, too"),
  USER_REQUESTS_PER_MINUTE(
      "PROSA_USER_REQUESTS_PER_MINUTE", SettingKind.LIMIT, "20", "messages of a user in 60 s"),
  USER_JOBS_IN_FLIGHT(
      "PROSA_USER_JOBS_IN_FLIGHT",
      SettingKind.LIMIT,
      "4",
      "messages of a user that wait or are answered"),
  USER_TOKENS_PER_DAY(
      "PROSA_USER_TOKENS_PER_DAY", SettingKind.LIMIT, "1000000", "tokens for a user in a UTC day"),
  USER_COST_PER_DAY(
      "PROSA_USER_COST_PER_DAY", SettingKind.DOLLARS, "0", "cost of a user in a UTC day"),
  TENANT_REQUESTS_PER_MINUTE(
      "PROSA_TENANT_REQUESTS_PER_MINUTE", SettingKind.LIMIT, "0", "the same for a tenant"),
  TENANT_JOBS_IN_FLIGHT(
      "PROSA_TENANT_JOBS_IN_FLIGHT", SettingKind.LIMIT, "0", "the same for a tenant"),
  TENANT_TOKENS_PER_DAY(
      "PROSA_TENANT_TOKENS_PER_DAY", SettingKind.LIMIT, "0", "the same for a tenant"),
  TENANT_COST_PER_DAY(
      "PROSA_TENANT_COST_PER_DAY", SettingKind.DOLLARS, "0", "the same for a tenant"),
  MODEL_REQUESTS_PER_MINUTE(
      "PROSA_MODEL_REQUESTS_PER_MINUTE", SettingKind.LIMIT, "0", "the same for a model"),
  MODEL_JOBS_IN_FLIGHT(
      "PROSA_MODEL_JOBS_IN_FLIGHT", SettingKind.LIMIT, "0", "the same for a model"),
  MODEL_TOKENS_PER_DAY(
      "PROSA_MODEL_TOKENS_PER_DAY", SettingKind.LIMIT, "0", "the same for a model"),
  MODEL_COST_PER_DAY("PROSA_MODEL_COST_PER_DAY", SettingKind.DOLLARS, "0", "the same for a model"),
  RESERVED_TOKENS(
      "PROSA_RESERVED_TOKENS",
      SettingKind.TOKENS,
      "2000",
      "what a reply is reckoned at until it is known"),
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
  PROMPTS(
      "PROSA_PROMPTS",
      SettingKind.NAMES,
      null,
      "system prompts that messages may name, the first for those that name none; default: none"),
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
  LLM_PROVIDERS(
      "LLM_PROVIDERS",
      SettingKind.PROVIDERS,
      "openai",
      "model providers in the order in which they are asked"),
  LLM_DEFAULT(
      "LLM_DEFAULT",
      SettingKind.PROVIDERS,
      null,
      "the same, when it is not set and openai has neither key nor URL; offline under ./prosa up"),
  LLM_ALLOWED_HOSTS(
      "LLM_ALLOWED_HOSTS",
      SettingKind.HOSTS,
      null,
      "where providers may be beside the hosts of the presets and this machine"),
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
