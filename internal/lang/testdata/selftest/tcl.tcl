proc main {} {
    set sum 0
    while {[gets stdin line] >= 0} {
        foreach word $line {
            incr sum $word
        }
    }
    puts $sum
}

main
