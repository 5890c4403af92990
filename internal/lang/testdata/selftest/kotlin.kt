import java.util.StringTokenizer

fun main() {
    var sum = 0L
    System.`in`.bufferedReader().forEachLine { line ->
        val words = StringTokenizer(line)
        while (words.hasMoreTokens()) sum += words.nextToken().toLong()
    }
    println(sum)
}
