# The truth, its queue and the cache.

resource "aws_dynamodb_table" "turns" {
  name                        = local.prefix
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "PK"
  range_key                   = "SK"
  deletion_protection_enabled = var.keep_data

  dynamic "attribute" {
    for_each = { PK = "S", SK = "S", owner = "S", updatedAt = "N", shard = "N", wakeAt = "N" }
    content {
      name = attribute.key
      type = attribute.value
    }
  }

  global_secondary_index {
    name            = "byOwner"
    hash_key        = "owner"
    range_key       = "updatedAt"
    projection_type = "ALL"
  }

  global_secondary_index {
    name            = "open"
    hash_key        = "shard"
    range_key       = "wakeAt"
    projection_type = "KEYS_ONLY"
  }

  ttl {
    attribute_name = "expiresAt"
    enabled        = true
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled = true
  }
}

resource "aws_sqs_queue" "dead_letters" {
  name                      = "${local.prefix}-jobs-dlq"
  message_retention_seconds = 1209600 # 14 days, the most
  sqs_managed_sse_enabled   = true
}

resource "aws_sqs_queue" "jobs" {
  name                       = "${local.prefix}-jobs"
  visibility_timeout_seconds = 30
  sqs_managed_sse_enabled    = true

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letters.arn
    maxReceiveCount     = 50
  })
}

# What ./prosa dlq --aws and scripts want to know.
resource "aws_ssm_parameter" "names" {
  for_each = {
    table = aws_dynamodb_table.turns.name
    queue = aws_sqs_queue.jobs.name
  }

  name  = "/prosa/${var.stage}/${each.key}"
  type  = "String"
  value = each.value
}

# One shard: the program speaks to one Redis. It is a cache, so nothing is kept: docs/operations.md, "Redis".
resource "aws_elasticache_subnet_group" "redis" {
  name        = local.prefix
  description = "Where Redis may be"
  subnet_ids  = aws_subnet.private[*].id
}

resource "aws_elasticache_parameter_group" "redis" {
  name        = local.prefix
  family      = "valkey8"
  description = "Gives up what was not used for longest"

  parameter {
    name  = "maxmemory-policy"
    value = "volatile-lru"
  }
}

resource "aws_elasticache_replication_group" "redis" {
  replication_group_id       = local.prefix
  description                = "Live text, connections, tickets and limits"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = var.redis_node
  num_cache_clusters         = var.redis_nodes
  automatic_failover_enabled = var.redis_nodes > 1
  transit_encryption_enabled = true
  at_rest_encryption_enabled = true
  snapshot_retention_limit   = 0
  parameter_group_name       = aws_elasticache_parameter_group.redis.name
  subnet_group_name          = aws_elasticache_subnet_group.redis.name
  security_group_ids         = [aws_security_group.this["redis"].id]
}
