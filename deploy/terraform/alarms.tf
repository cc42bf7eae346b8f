resource "aws_sns_topic" "alarms" {
  name = "${local.prefix}-alarms"
}

resource "aws_sns_topic_subscription" "mail" {
  count = var.alarm_email == "" ? 0 : 1

  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alarm_email
}

resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  alarm_name          = "${local.prefix}-dead-letters"
  alarm_description   = "A job failed for good. ./prosa dlq list --aws says which one and why."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.dead_letters.name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
}

locals {
  age_alarms = {
    oldest-message = {
      about   = "Messages wait. Are there workers, and does a provider take calls?"
      periods = 1
      begins  = [aws_sns_topic.alarms.arn]
      ends    = [aws_sns_topic.alarms.arn]
    }
    scale-by-age = {
      about   = "Adds workers while messages wait; tells nobody."
      periods = 2
      begins  = [aws_appautoscaling_policy.worker_age.arn]
      ends    = []
    }
  }

  age_metrics = {
    age     = "ApproximateAgeOfOldestMessage"
    visible = "ApproximateNumberOfMessagesVisible"
  }
}

# The age is that of the oldest message that was not deleted, and one that is being answered waits for nobody.
resource "aws_cloudwatch_metric_alarm" "age" {
  for_each = local.age_alarms

  alarm_name          = "${local.prefix}-${each.key}"
  alarm_description   = each.value.about
  evaluation_periods  = each.value.periods
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.oldest_message_seconds
  treat_missing_data  = "notBreaching"
  alarm_actions       = each.value.begins
  ok_actions          = each.value.ends

  dynamic "metric_query" {
    for_each = local.age_metrics

    content {
      id          = metric_query.key
      return_data = false

      metric {
        namespace   = "AWS/SQS"
        metric_name = metric_query.value
        dimensions  = { QueueName = aws_sqs_queue.jobs.name }
        stat        = "Maximum"
        period      = 60
      }
    }
  }

  metric_query {
    id          = "waiting"
    label       = "seconds that the oldest message waits"
    expression  = "IF(visible > 0, age, 0)"
    return_data = true
  }
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
