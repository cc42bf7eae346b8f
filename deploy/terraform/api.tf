# The REST API, made from the same routes.

locals {
  operations = { for path in local.paths : path => {
    for on, name in local.calls : lower(split(" ", on)[0]) => {
      parameters = [for variable in regexall("\\{([a-zA-Z_]+)\\}", path) :
        { name = variable[0], in = "path", required = true, schema = { type = "string" } }
      ]
      responses = { "200" = { description = "docs/openapi.yaml says which others" } }
      x-amazon-apigateway-integration = {
        type       = "aws_proxy"
        httpMethod = "POST"
        uri        = aws_lambda_alias.live[name].invoke_arn
      }
    } if split(" ", on)[1] == path
  } }
}

resource "aws_api_gateway_rest_api" "this" {
  name = local.prefix

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

# Apart from the API itself: CloudFront has to know the API, the functions CloudFront's name, and this the functions.
resource "aws_api_gateway_rest_api_put" "routes" {
  rest_api_id      = aws_api_gateway_rest_api.this.id
  fail_on_warnings = true

  body = jsonencode({
    openapi = "3.0.1"
    info    = { title = local.prefix, version = "1" }
    paths   = local.operations
  })
}

resource "aws_api_gateway_deployment" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id

  triggers = { routes = sha256(aws_api_gateway_rest_api_put.routes.body) }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "this" {
  rest_api_id   = aws_api_gateway_rest_api.this.id
  deployment_id = aws_api_gateway_deployment.this.id
  stage_name    = var.stage
}
