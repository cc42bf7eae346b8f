terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      # knows the Lambda runtime java25
      version = ">= 6.25, < 7"
    }
    random = {
      source  = "hashicorp/random"
      version = "~> 3.6"
    }
  }

  # Where the state is kept is a company's own decision: terraform init -backend-config=...
  backend "s3" {}
}

provider "aws" {
  region = var.region

  default_tags {
    tags = { application = "prosa", stage = var.stage }
  }
}

data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}

locals {
  prefix = "prosa-${var.stage}"
}
