# Worker and gateway. Images are pushed between two applications: README.md.

locals {
  services = ["worker", "websocket-gateway"]

  # the worker reads the keys itself, and again every 5 minutes
  keys = [for name in var.providers_of_models : "/prosa/${var.stage}/${name}-api-key" if name != "offline"]

  key_references = { for name in var.providers_of_models :
    "${upper(replace(name, "-", "_"))}_API_KEY" => "ssm:/prosa/${var.stage}/${name}-api-key" if name != "offline"
  }

  # what the containers are told: the same as the functions, and what is theirs alone
  task_settings = merge(local.settings, {
    AWS_REGION        = var.region
    PROSA_HOST        = "0.0.0.0"
    PROSA_STATUS_PORT = "9090"
    PROSA_LOG_FORMAT  = "json"
  })

  tasks = {
    worker = {
      ports    = []
      settings = merge(local.task_settings, local.key_references)
    }
    websocket-gateway = {
      ports = [8081, 9090]
      settings = merge(local.task_settings, {
        PROSA_WS_PORT = "8081"
        PROSA_PROXIES = "2" # CloudFront and the balancer both append to X-Forwarded-For
      })
    }
  }
}

resource "aws_ecr_repository" "this" {
  for_each = toset(local.services)

  name         = "${local.prefix}/${each.key}"
  force_delete = !var.keep_data

  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecs_cluster" "this" {
  name = local.prefix
}

resource "aws_cloudwatch_log_group" "service" {
  for_each = toset(local.services)

  name              = "/prosa/${var.stage}/${each.key}"
  retention_in_days = var.log_days
}

data "aws_iam_policy_document" "task_may_be" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "worker" {
  statement {
    actions   = ["dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:UpdateItem"]
    resources = [aws_dynamodb_table.turns.arn]
  }

  statement {
    actions   = ["dynamodb:Query"]
    resources = ["${aws_dynamodb_table.turns.arn}/index/open"]
  }

  statement {
    actions = [
      "sqs:ChangeMessageVisibility",
      "sqs:DeleteMessage",
      "sqs:GetQueueUrl",
      "sqs:ReceiveMessage",
      "sqs:SendMessage",
    ]
    resources = [aws_sqs_queue.jobs.arn]
  }

  statement {
    actions   = ["sqs:GetQueueUrl", "sqs:SendMessage"]
    resources = [aws_sqs_queue.dead_letters.arn]
  }

  dynamic "statement" {
    for_each = length(local.keys) > 0 ? [local.keys] : []

    content {
      actions   = ["ssm:GetParameter"]
      resources = [for key in statement.value : "arn:${data.aws_partition.this.partition}:ssm:${var.region}:${data.aws_caller_identity.this.account_id}:parameter${key}"]
    }
  }
}

data "aws_iam_policy_document" "gateway" {
  statement {
    actions   = ["dynamodb:GetItem", "dynamodb:UpdateItem"]
    resources = [aws_dynamodb_table.turns.arn]
  }
}

# For ECS itself, before a task runs.
data "aws_iam_policy_document" "start" {
  for_each = toset(local.services)

  # a login is for the whole registry
  statement {
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }

  statement {
    actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    resources = [aws_ecr_repository.this[each.key].arn]
  }

  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.service[each.key].arn}:*"]
  }
}

resource "aws_iam_role" "task" {
  for_each = toset(local.services)

  name               = "${local.prefix}-${each.key}"
  assume_role_policy = data.aws_iam_policy_document.task_may_be.json
}

resource "aws_iam_role_policy" "task" {
  for_each = {
    worker            = data.aws_iam_policy_document.worker.json
    websocket-gateway = data.aws_iam_policy_document.gateway.json
  }

  name   = each.key
  role   = aws_iam_role.task[each.key].id
  policy = each.value
}

resource "aws_iam_role" "start" {
  for_each = toset(local.services)

  name               = "${local.prefix}-${each.key}-start"
  assume_role_policy = data.aws_iam_policy_document.task_may_be.json
}

resource "aws_iam_role_policy" "start" {
  for_each = toset(local.services)

  name   = "start"
  role   = aws_iam_role.start[each.key].id
  policy = data.aws_iam_policy_document.start[each.key].json
}

resource "aws_ecs_task_definition" "this" {
  for_each = local.tasks

  family                   = "${local.prefix}-${each.key}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.task_cpu
  memory                   = var.task_memory
  execution_role_arn       = aws_iam_role.start[each.key].arn
  task_role_arn            = aws_iam_role.task[each.key].arn

  runtime_platform {
    cpu_architecture        = var.architecture
    operating_system_family = "LINUX"
  }

  volume {
    name = "tmp"
  }

  container_definitions = jsonencode([{
    name                   = each.key
    image                  = "${aws_ecr_repository.this[each.key].repository_url}:${var.image_tag}"
    essential              = true
    stopTimeout            = 60 # one that is told to end takes about 30 s at most
    readonlyRootFilesystem = true
    mountPoints            = [{ sourceVolume = "tmp", containerPath = "/tmp" }]
    portMappings           = [for port in each.value.ports : { containerPort = port }]
    ulimits                = [{ name = "nofile", softLimit = 65536, hardLimit = 65536 }]
    environment            = [for name, value in each.value.settings : { name = name, value = value }]

    # ECS does not read the Dockerfile's. More patient, since ECS ends what is unhealthy, and a crowd of clients is not a
    # dead gateway.
    healthCheck = {
      command = [
        "CMD",
        "bash",
        "-c",
        "exec 3<>/dev/tcp/127.0.0.1/$PROSA_STATUS_PORT && printf 'GET /health HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '\"up\"' <&3",
      ]
      interval    = 10
      timeout     = 3
      retries     = 6
      startPeriod = 120
    }

    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.service[each.key].name
        awslogs-region        = var.region
        awslogs-stream-prefix = each.key
      }
    }
  }])
}

resource "aws_ecs_service" "worker" {
  name            = "worker"
  cluster         = aws_ecs_cluster.this.id
  launch_type     = "FARGATE"
  task_definition = aws_ecs_task_definition.this["worker"].arn
  desired_count   = var.worker_tasks.least

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    assign_public_ip = true
    subnets          = aws_subnet.public[*].id
    security_groups  = [aws_security_group.this["worker"].id]
  }

  lifecycle {
    ignore_changes = [desired_count] # scaling.tf
  }
}

resource "aws_ecs_service" "gateway" {
  name                              = "websocket-gateway"
  cluster                           = aws_ecs_cluster.this.id
  launch_type                       = "FARGATE"
  task_definition                   = aws_ecs_task_definition.this["websocket-gateway"].arn
  desired_count                     = var.gateway_tasks.least
  health_check_grace_period_seconds = 60

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  load_balancer {
    container_name   = "websocket-gateway"
    container_port   = 8081
    target_group_arn = aws_lb_target_group.gateway.arn
  }

  network_configuration {
    assign_public_ip = true
    subnets          = aws_subnet.public[*].id
    security_groups  = [aws_security_group.this["gateway"].id]
  }

  lifecycle {
    ignore_changes = [desired_count] # scaling.tf
  }

  depends_on = [aws_lb_listener_rule.sockets]
}

resource "aws_lb" "sockets" {
  name                       = local.prefix
  load_balancer_type         = "application"
  internal                   = false
  subnets                    = aws_subnet.public[*].id
  security_groups            = [aws_security_group.this["balancer"].id]
  idle_timeout               = 120 # a socket says something every 20 s
  drop_invalid_header_fields = true
}

resource "aws_lb_target_group" "gateway" {
  name                 = local.prefix
  vpc_id               = aws_vpc.this.id
  target_type          = "ip"
  protocol             = "HTTP"
  port                 = 8081
  deregistration_delay = 30

  health_check {
    port                = "9090"
    path                = "/health"
    interval            = 15
    unhealthy_threshold = 4 # a crowd of clients is not a dead gateway
  }
}

resource "aws_lb_listener" "sockets" {
  load_balancer_arn = aws_lb.sockets.arn
  protocol          = "HTTP"
  port              = 80

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      status_code  = "403"
    }
  }
}

resource "aws_lb_listener_rule" "sockets" {
  listener_arn = aws_lb_listener.sockets.arn
  priority     = 1

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.gateway.arn
  }

  condition {
    http_header {
      http_header_name = "X-Prosa-Origin"
      values           = [random_password.balancer.result]
    }
  }
}
