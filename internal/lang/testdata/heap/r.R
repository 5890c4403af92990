n <- scan(file("stdin"), quiet = TRUE)
held <- lapply(seq_len(n), function(i) rep(1.5, 131072))
cat(length(held), "\n", sep = "")
