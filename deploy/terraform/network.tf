# Two zones. Tasks have public addresses and need no gateway to get out. Functions cannot have one, and those that need
# Redis also have to reach SQS and whoever issues the tokens, so they go out by one NAT gateway.

data "aws_availability_zones" "here" {
  state = "available"
}

resource "aws_vpc" "this" {
  cidr_block           = "10.20.0.0/16"
  enable_dns_support   = true
  enable_dns_hostnames = true

  tags = { Name = local.prefix }
}

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id
}

resource "aws_subnet" "public" {
  count = 2

  vpc_id            = aws_vpc.this.id
  availability_zone = data.aws_availability_zones.here.names[count.index]
  cidr_block        = "10.20.${count.index}.0/24"

  tags = { Name = "${local.prefix}-public-${count.index}" }
}

resource "aws_subnet" "private" {
  count = 2

  vpc_id            = aws_vpc.this.id
  availability_zone = data.aws_availability_zones.here.names[count.index]
  cidr_block        = "10.20.${10 + count.index}.0/24"

  tags = { Name = "${local.prefix}-private-${count.index}" }
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.this.id
  }
}

resource "aws_route_table_association" "public" {
  count = 2

  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public.id
}

resource "aws_eip" "nat" {
  domain     = "vpc"
  depends_on = [aws_internet_gateway.this]
}

resource "aws_nat_gateway" "this" {
  allocation_id = aws_eip.nat.id
  subnet_id     = aws_subnet.public[0].id
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.this.id

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.this.id
  }
}

resource "aws_route_table_association" "private" {
  count = 2

  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private.id
}

# Gateway endpoints cost nothing: the table, and the layers of images.
resource "aws_vpc_endpoint" "free" {
  for_each = toset(["dynamodb", "s3"])

  vpc_id          = aws_vpc.this.id
  service_name    = "com.amazonaws.${var.region}.${each.key}"
  route_table_ids = [aws_route_table.public.id, aws_route_table.private.id]
}

locals {
  groups = {
    functions = "Functions that need Redis"
    worker    = "Workers; nobody calls them"
    balancer  = "The balancer, which lets in only what CloudFront sends"
    gateway   = "WebSocket gateways"
    redis     = "Redis, for those who need it"
  }

  # who may call whom, on which port
  calls = {
    functions-redis  = { from = "functions", to = "redis", port = 6379 }
    worker-redis     = { from = "worker", to = "redis", port = 6379 }
    gateway-redis    = { from = "gateway", to = "redis", port = 6379 }
    balancer-sockets = { from = "balancer", to = "gateway", port = 8081 }
    balancer-health  = { from = "balancer", to = "gateway", port = 9090 }
  }
}

resource "aws_security_group" "this" {
  for_each = local.groups

  name        = "${local.prefix}-${each.key}"
  description = each.value
  vpc_id      = aws_vpc.this.id
}

resource "aws_vpc_security_group_ingress_rule" "between" {
  for_each = local.calls

  security_group_id            = aws_security_group.this[each.value.to].id
  referenced_security_group_id = aws_security_group.this[each.value.from].id
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
}

resource "aws_vpc_security_group_ingress_rule" "balancer" {
  security_group_id = aws_security_group.this["balancer"].id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}

resource "aws_vpc_security_group_egress_rule" "all" {
  for_each = { for name, _ in local.groups : name => name if name != "redis" }

  security_group_id = aws_security_group.this[each.key].id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}
