# Workers by what waits for each of them, and by how long the oldest message waits; gateways by their processor time.

locals {
  scaled = {
    worker            = { service = aws_ecs_service.worker.name, tasks = var.worker_tasks }
    websocket-gateway = { service = aws_ecs_service.gateway.name, tasks = var.gateway_tasks }
  }
}

resource "aws_appautoscaling_target" "service" {
  for_each = local.scaled

  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.this.name}/${each.value.service}"
  min_capacity       = each.value.tasks.least
  max_capacity       = each.value.tasks.most
}

resource "aws_appautoscaling_policy" "worker_backlog" {
  name               = "${local.prefix}-backlog-per-worker"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = aws_appautoscaling_target.service["worker"].resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = var.backlog_per_worker
    scale_in_cooldown  = 300
    scale_out_cooldown = 60

    customized_metric_specification {
      metrics {
        id          = "waiting"
        return_data = false

        metric_stat {
          stat = "Average"

          metric {
            namespace   = "AWS/SQS"
            metric_name = "ApproximateNumberOfMessagesVisible"

            dimensions {
              name  = "QueueName"
              value = aws_sqs_queue.jobs.name
            }
          }
        }
      }

      # one sample a minute of each task (Amazon ECS Developer Guide, "Service RUNNING task count")
      metrics {
        id          = "workers"
        return_data = false

        metric_stat {
          stat = "SampleCount"

          metric {
            namespace   = "AWS/ECS"
            metric_name = "CPUUtilization"

            dimensions {
              name  = "ClusterName"
              value = aws_ecs_cluster.this.name
            }

            dimensions {
              name  = "ServiceName"
              value = aws_ecs_service.worker.name
            }
          }
        }
      }

      metrics {
        id          = "backlog"
        expression  = "waiting / workers"
        return_data = true
      }
    }
  }
}

resource "aws_appautoscaling_policy" "worker_age" {
  name               = "${local.prefix}-oldest-message"
  policy_type        = "StepScaling"
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = aws_appautoscaling_target.service["worker"].resource_id

  step_scaling_policy_configuration {
    adjustment_type         = "ChangeInCapacity"
    cooldown                = 120
    metric_aggregation_type = "Maximum"

    step_adjustment {
      metric_interval_lower_bound = 0
      metric_interval_upper_bound = 50
      scaling_adjustment          = 1
    }

    step_adjustment {
      metric_interval_lower_bound = 50
      scaling_adjustment          = 3
    }
  }
}

resource "aws_appautoscaling_policy" "gateway_cpu" {
  name               = "${local.prefix}-gateway-cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = aws_appautoscaling_target.service["websocket-gateway"].resource_id

  target_tracking_scaling_policy_configuration {
    target_value = 60

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
