print(1001, flush=True)
raise ValueError("I should not have said that")
