stage         = "staging"
log_days      = 30
worker_tasks  = { least = 2, most = 4 }
gateway_tasks = { least = 2, most = 4 }
