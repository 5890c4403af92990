gets stdin n
for {set i 0} {$i < $n} {incr i} {
    lappend held [string repeat x 1048576]
}
puts [llength $held]
