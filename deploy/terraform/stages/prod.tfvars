stage         = "prod"
log_days      = 90
redis_node    = "cache.t4g.small"
redis_nodes   = 2
task_cpu      = 1024
task_memory   = 2048
worker_tasks  = { least = 2, most = 20 }
gateway_tasks = { least = 2, most = 10 }
keep_data     = true
