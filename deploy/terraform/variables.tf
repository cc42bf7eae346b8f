# All that stages differ in; stages/<stage>.tfvars has the values.

variable "stage" {
  type        = string
  description = "dev, staging or prod; part of every name"

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,11}$", var.stage))
    error_message = "A stage is 2 to 12 of a-z and 0-9 and begins with a letter."
  }
}

variable "region" {
  type    = string
  default = "us-east-1"
}

variable "jwt_issuer" {
  type        = string
  description = "who issues tokens: their iss, exactly"
}

variable "jwt_audience" {
  type        = string
  description = "whom tokens are for: their aud or client_id"
}

variable "jwt_tenant_claim" {
  type        = string
  default     = ""
  description = "the claim that names the tenant; empty: there is one"
}

variable "jwt_roles_claim" {
  type    = string
  default = "roles"
}

variable "jwt_admin_role" {
  type    = string
  default = "prosa-admin"
}

variable "jwt_operator_role" {
  type    = string
  default = "prosa-operator"
}

variable "settings" {
  type        = map(string)
  default     = {}
  description = "all others of docs/operations.md, such as PROSA_USER_REQUESTS_PER_MINUTE or OPENAI_PRICES"

  validation {
    condition = alltrue([for name in keys(var.settings) :
      can(regex("^[A-Z][A-Z0-9_]*$", name)) && !startswith(name, "AWS_") && !endswith(name, "_API_KEY")
    ])
    error_message = "A setting has a name of docs/operations.md; a key of a provider belongs into /prosa/<stage>/<provider>-api-key."
  }

  validation {
    condition = length(setintersection(keys(var.settings), [
      "LLM_PROVIDERS", "PROSA_ALLOWED_ORIGINS", "PROSA_AUTH", "PROSA_HOST", "PROSA_JWT_ADMIN_ROLE", "PROSA_JWT_AUDIENCE", "PROSA_JWT_ISSUER",
      "PROSA_JWT_OPERATOR_ROLE", "PROSA_JWT_ROLES_CLAIM", "PROSA_JWT_TENANT_CLAIM", "PROSA_LOG_FORMAT", "PROSA_PROXIES",
      "PROSA_QUEUE", "PROSA_REDIS_URL", "PROSA_STATUS_PORT", "PROSA_TABLE", "PROSA_WS_PORT", "PROSA_WS_URL",
    ])) == 0
    error_message = "Some of these are the stack's own; see the other variables."
  }
}

variable "providers_of_models" {
  type        = list(string)
  default     = ["openai"]
  description = "asked in this order; the key of each is the parameter /prosa/<stage>/<provider>-api-key, which is not made here"
}

variable "image_tag" {
  type        = string
  description = "of both images in the repositories that are made here"
}

variable "architecture" {
  type        = string
  default     = "X86_64"
  description = "of the images: X86_64 or ARM64"
}

variable "lambda_zip" {
  type        = string
  default     = "../../ingest-lambda/target/lambda.zip"
  description = "made by ./mvnw -Dquick -pl ingest-lambda -am package"
}

variable "origins" {
  type        = list(string)
  default     = []
  description = "pages of other origins that may call"
}

variable "domain" {
  type        = string
  default     = ""
  description = "a name of your own for the page; empty: CloudFront's"
}

variable "certificate_arn" {
  type        = string
  default     = ""
  description = "for the domain, of AWS Certificate Manager in us-east-1"
}

variable "alarm_email" {
  type        = string
  default     = ""
  description = "who is told of alarms; empty: nobody"
}

variable "oldest_message_seconds" {
  type    = number
  default = 10
}

variable "log_days" {
  type    = number
  default = 14
}

variable "redis_node" {
  type    = string
  default = "cache.t4g.micro"
}

variable "redis_nodes" {
  type    = number
  default = 1
}

variable "task_cpu" {
  type        = number
  default     = 512
  description = "of a Fargate task, in 1/1024 of a processor"
}

variable "task_memory" {
  type        = number
  default     = 1024
  description = "of a Fargate task, in MiB"
}

variable "worker_tasks" {
  type        = object({ least = number, most = number })
  default     = { least = 1, most = 4 }
  description = "least = 0 until the images are pushed"
}

variable "gateway_tasks" {
  type    = object({ least = number, most = number })
  default = { least = 1, most = 4 }
}

variable "backlog_per_worker" {
  type        = number
  default     = 32
  description = "half of what a worker answers at once"
}

variable "keep_data" {
  type        = bool
  default     = false
  description = "whether the table refuses to be destroyed"
}
