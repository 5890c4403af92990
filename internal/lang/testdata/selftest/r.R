cat(sprintf("%.0f\n", sum(scan(file("stdin"), quiet = TRUE))))
