# One name for everything: the page from a bucket, the HTTP API and the WebSocket from where they are. CloudFront's own
# name has a certificate, so that a working URL needs no domain.

locals {
  host = var.domain == "" ? aws_cloudfront_distribution.this.domain_name : var.domain

  content_security_policy = join(" ", [
    "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self'; style-src 'self'; script-src 'self';",
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'",
  ])

  # Amazon CloudFront Developer Guide, "Use managed cache policies" and "Use managed origin request policies"
  caching_optimized             = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  caching_disabled              = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
  all_viewer                    = "216adef6-2c7f-47e4-b989-5492eafa07d3"
  all_viewer_except_host_header = "b689b0a8-53d0-40ab-baf2-68738e2966ac"

  behaviours = [
    { path = "/v1/*", origin = "api" },
    { path = "/health", origin = "api" },
    { path = "/message", origin = "api" },
    { path = "/chat", origin = "api" },
    { path = "/api/*", origin = "api" },
    { path = "/ws", origin = "sockets" },
  ]
}

resource "aws_s3_bucket" "page" {
  bucket_prefix = "${local.prefix}-page-"
  force_destroy = true # what is in it comes from the repository
}

resource "aws_s3_bucket_public_access_block" "page" {
  bucket                  = aws_s3_bucket.page.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "page" {
  bucket = aws_s3_bucket.page.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

data "aws_iam_policy_document" "page" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.page.arn}/*"]

    principals {
      type        = "Service"
      identifiers = ["cloudfront.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "AWS:SourceArn"
      values   = [aws_cloudfront_distribution.this.arn]
    }
  }
}

resource "aws_s3_bucket_policy" "page" {
  bucket = aws_s3_bucket.page.id
  policy = data.aws_iam_policy_document.page.json
}

resource "aws_ssm_parameter" "page_bucket" {
  name  = "/prosa/${var.stage}/page-bucket"
  type  = "String"
  value = aws_s3_bucket.page.id
}

resource "aws_cloudfront_origin_access_control" "page" {
  name                              = "${local.prefix}-page"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

# As the program's own server has it.
resource "aws_cloudfront_response_headers_policy" "page" {
  name = "${local.prefix}-page"

  security_headers_config {
    content_security_policy {
      override                = true
      content_security_policy = local.content_security_policy
    }

    content_type_options {
      override = true
    }

    referrer_policy {
      referrer_policy = "no-referrer"
      override        = true
    }

    strict_transport_security {
      access_control_max_age_sec = 31536000
      override                   = true
    }
  }

  custom_headers_config {
    items {
      header   = "Cache-Control"
      value    = "no-cache"
      override = true
    }
  }
}

resource "aws_cloudfront_function" "page_names" {
  name    = "${local.prefix}-page-names"
  comment = "/docs is /docs/index.html"
  runtime = "cloudfront-js-2.0"
  publish = true
  code    = <<-EOT
    function handler(event) {
      var request = event.request;
      if (/^\/[a-z]+\/?$/.test(request.uri)) {
        request.uri = request.uri.replace(/\/?$/, '/index.html');
      }
      return request;
    }
  EOT
}

# What the balancer asks for, so that nobody goes past CloudFront.
resource "random_password" "balancer" {
  length  = 40
  special = false
}

resource "aws_cloudfront_distribution" "this" {
  enabled             = true
  http_version        = "http2"
  default_root_object = "index.html"
  price_class         = "PriceClass_100"
  aliases             = var.domain == "" ? [] : [var.domain]

  viewer_certificate {
    cloudfront_default_certificate = var.domain == ""
    acm_certificate_arn            = var.domain == "" ? null : var.certificate_arn
    ssl_support_method             = var.domain == "" ? null : "sni-only"
    minimum_protocol_version       = var.domain == "" ? null : "TLSv1.2_2021"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  origin {
    origin_id                = "page"
    domain_name              = aws_s3_bucket.page.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.page.id
  }

  origin {
    origin_id   = "api"
    domain_name = "${aws_api_gateway_rest_api.this.id}.execute-api.${var.region}.amazonaws.com"
    origin_path = "/${var.stage}"

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
      origin_read_timeout    = 30
    }
  }

  origin {
    origin_id   = "sockets"
    domain_name = aws_lb.sockets.dns_name

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "http-only"
      origin_ssl_protocols   = ["TLSv1.2"]
      origin_read_timeout    = 60
    }

    custom_header {
      name  = "X-Prosa-Origin"
      value = random_password.balancer.result
    }
  }

  default_cache_behavior {
    target_origin_id           = "page"
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    compress                   = true
    cache_policy_id            = local.caching_optimized
    response_headers_policy_id = aws_cloudfront_response_headers_policy.page.id

    function_association {
      event_type   = "viewer-request"
      function_arn = aws_cloudfront_function.page_names.arn
    }
  }

  dynamic "ordered_cache_behavior" {
    for_each = local.behaviours
    iterator = behaviour

    content {
      path_pattern             = behaviour.value.path
      target_origin_id         = behaviour.value.origin
      viewer_protocol_policy   = "https-only"
      allowed_methods          = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"]
      cached_methods           = ["GET", "HEAD"]
      cache_policy_id          = local.caching_disabled
      origin_request_policy_id = behaviour.value.origin == "api" ? local.all_viewer_except_host_header : local.all_viewer
    }
  }
}
