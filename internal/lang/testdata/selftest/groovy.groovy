long sum = 0
System.in.eachLine { line ->
    line.tokenize().each { sum += it.toLong() }
}
println sum
