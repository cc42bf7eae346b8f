output "page_url" {
  value = "https://${local.host}"
}

output "page_bucket" {
  value       = aws_s3_bucket.page.id
  description = "where the files of the page go"
}

output "distribution" {
  value = aws_cloudfront_distribution.this.id
}

output "repositories" {
  value       = { for name, repository in aws_ecr_repository.this : name => repository.repository_url }
  description = "where the images go"
}
