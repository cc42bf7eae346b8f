# One function a route, each with a role of its own. Routes and rights are those of serverless.yml.

locals {
  routes = jsondecode(file("${path.module}/../serverless/routes.json"))

  # which function each method of each path calls
  named = merge([for name, route in local.routes :
    { for on in compact([route.on, try(route.also, "")]) : on => name if !endswith(on, " *") }
  ]...)
  paths = distinct([for on, _ in local.named : split(" ", on)[1]])
  calls = merge(local.named, { for path in local.paths : "OPTIONS ${path}" => "preflight" })

  # what API Gateway calls: postMessage -> PostMessageHandler
  handlers = { for name, _ in local.routes :
    name => "dev.prosa.ingest.${upper(substr(name, 0, 1))}${substr(name, 1, -1)}Handler"
  }

  rights = { for name, route in local.routes : name => [
    { on = aws_dynamodb_table.turns.arn, actions = [for a in try(route.table, []) : "dynamodb:${a}"] },
    { on = "${aws_dynamodb_table.turns.arn}/index/byOwner", actions = [for a in try(route.byOwner, []) : "dynamodb:${a}"] },
    { on = "${aws_dynamodb_table.turns.arn}/index/open", actions = [for a in try(route.open, []) : "dynamodb:${a}"] },
    { on = aws_sqs_queue.jobs.arn, actions = [for a in try(route.queue, []) : "sqs:${a}"] },
    { on = aws_sqs_queue.dead_letters.arn, actions = [for a in try(route.deadLetters, []) : "sqs:${a}"] },
  ] }

  # what the stack knows of itself, and whatever else a stage wants
  settings = merge({ for name, value in {
    PROSA_AUTH              = "jwt"
    PROSA_JWT_ISSUER        = var.jwt_issuer
    PROSA_JWT_AUDIENCE      = var.jwt_audience
    PROSA_JWT_TENANT_CLAIM  = var.jwt_tenant_claim
    PROSA_JWT_ROLES_CLAIM   = var.jwt_roles_claim
    PROSA_JWT_ADMIN_ROLE    = var.jwt_admin_role
    PROSA_JWT_OPERATOR_ROLE = var.jwt_operator_role
    PROSA_TABLE             = aws_dynamodb_table.turns.name
    PROSA_QUEUE             = aws_sqs_queue.jobs.name
    PROSA_REDIS_URL         = "rediss://${aws_elasticache_replication_group.redis.primary_endpoint_address}:6379"
    PROSA_WS_URL            = "wss://${local.host}/ws"
    PROSA_ALLOWED_ORIGINS   = join(",", concat(["https://${local.host}"], var.origins))
    LLM_PROVIDERS           = join(",", var.providers_of_models)
  } : name => value if value != "" }, var.settings)
}

resource "aws_cloudwatch_log_group" "function" {
  for_each = local.routes

  name              = "/aws/lambda/${local.prefix}-${each.key}"
  retention_in_days = var.log_days
}

data "aws_iam_policy_document" "function_may_be" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "function" {
  for_each = local.routes

  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.function[each.key].arn}:*"]
  }

  dynamic "statement" {
    for_each = [for right in local.rights[each.key] : right if length(right.actions) > 0]

    content {
      actions   = statement.value.actions
      resources = [statement.value.on]
    }
  }
}

resource "aws_iam_role" "function" {
  for_each = local.routes

  name               = "${local.prefix}-${each.key}"
  assume_role_policy = data.aws_iam_policy_document.function_may_be.json
}

resource "aws_iam_role_policy" "function" {
  for_each = local.routes

  name   = each.key
  role   = aws_iam_role.function[each.key].id
  policy = data.aws_iam_policy_document.function[each.key].json
}

# Network interfaces cannot be named before they are made, so AWS has a policy for who needs some.
resource "aws_iam_role_policy_attachment" "interfaces" {
  for_each = { for name, route in local.routes : name => route if try(route.redis, false) }

  role       = aws_iam_role.function[each.key].name
  policy_arn = "arn:${data.aws_partition.this.partition}:iam::aws:policy/service-role/AWSLambdaENIManagementAccess"
}

resource "aws_lambda_function" "route" {
  for_each = local.routes

  function_name    = "${local.prefix}-${each.key}"
  description      = each.value.on
  filename         = var.lambda_zip
  source_code_hash = filebase64sha256(var.lambda_zip)
  runtime          = "java25"
  architectures    = ["arm64"]
  handler          = local.handlers[each.key]
  memory_size      = 1024
  timeout          = try(each.value.timeout, 10)
  role             = aws_iam_role.function[each.key].arn
  publish          = true

  environment {
    variables = local.settings
  }

  snap_start {
    apply_on = "PublishedVersions"
  }

  dynamic "vpc_config" {
    for_each = try(each.value.redis, false) ? ["redis"] : []

    content {
      subnet_ids         = aws_subnet.private[*].id
      security_group_ids = [aws_security_group.this["functions"].id]
    }
  }

  depends_on = [
    aws_cloudwatch_log_group.function,
    aws_iam_role_policy.function,
    aws_iam_role_policy_attachment.interfaces,
    aws_route_table_association.private,
  ]
}

# What is called is the published version: only that one has a snapshot.
resource "aws_lambda_alias" "live" {
  for_each = local.routes

  name             = "live"
  function_name    = aws_lambda_function.route[each.key].function_name
  function_version = aws_lambda_function.route[each.key].version
}

resource "aws_lambda_permission" "api" {
  for_each = local.calls

  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.route[each.value].function_name
  qualifier     = aws_lambda_alias.live[each.value].name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.this.execution_arn}/*/${replace(replace(each.key, " ", ""), "/\\{[a-zA-Z_]+\\}/", "*")}"
}
