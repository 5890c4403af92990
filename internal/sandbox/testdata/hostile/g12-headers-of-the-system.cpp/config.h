#error "the wrong header"
