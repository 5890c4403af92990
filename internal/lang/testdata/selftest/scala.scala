import java.util.StringTokenizer

object Main {
  def main(args: Array[String]): Unit = {
    var sum = 0L
    var line = scala.io.StdIn.readLine()
    while (line != null) {
      val words = new StringTokenizer(line)
      while (words.hasMoreTokens) sum += words.nextToken().toLong
      line = scala.io.StdIn.readLine()
    }
    println(sum)
  }
}
