resource "aws_sns_topic" "alarms" {
  name = "${local.prefix}-alarms"
}

resource "aws_sns_topic_subscription" "mail" {
  count = var.alarm_email == "" ? 0 : 1

  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alarm_email
}

locals {
  queue_alarms = {
    dead-letters = {
      about     = "A job failed for good. ./prosa dlq list --aws says which one and why."
      queue     = aws_sqs_queue.dead_letters.name
      metric    = "ApproximateNumberOfMessagesVisible"
      threshold = 0
      periods   = 1
      tells     = [aws_sns_topic.alarms.arn]
    }
    oldest-message = {
      about     = "Messages wait. Are there workers, and does a provider take calls?"
      queue     = aws_sqs_queue.jobs.name
      metric    = "ApproximateAgeOfOldestMessage"
      threshold = var.oldest_message_seconds
      periods   = 1
      tells     = [aws_sns_topic.alarms.arn]
    }
    scale-by-age = {
      about     = "Adds workers while messages wait; tells nobody."
      queue     = aws_sqs_queue.jobs.name
      metric    = "ApproximateAgeOfOldestMessage"
      threshold = var.oldest_message_seconds
      periods   = 2
      tells     = [aws_appautoscaling_policy.worker_age.arn]
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "queue" {
  for_each = local.queue_alarms

  alarm_name          = "${local.prefix}-${each.key}"
  alarm_description   = each.value.about
  namespace           = "AWS/SQS"
  metric_name         = each.value.metric
  dimensions          = { QueueName = each.value.queue }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = each.value.periods
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  treat_missing_data  = "notBreaching"
  alarm_actions       = each.value.tells
}

# A worker writes a line whenever the breaker of a model changes: docs/operations.md, "Logs".
resource "aws_cloudwatch_log_metric_filter" "breaker" {
  name           = "${local.prefix}-breaker-opens"
  log_group_name = aws_cloudwatch_log_group.service["worker"].name
  pattern        = "{ $.to = \"open\" }"

  metric_transformation {
    namespace = "Prosa"
    name      = "${local.prefix}-breaker-opens"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "breaker" {
  alarm_name          = "${local.prefix}-breaker-open"
  alarm_description   = "A provider fails and is left alone. ./prosa status --url <page> says which one."
  namespace           = "Prosa"
  metric_name         = aws_cloudwatch_log_metric_filter.breaker.metric_transformation[0].name
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
}
