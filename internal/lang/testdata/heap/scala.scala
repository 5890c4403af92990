object Main {
  def main(args: Array[String]): Unit = {
    val n = scala.io.StdIn.readLine().trim.toInt
    val held = Array.fill(n)(new Array[Byte](1 << 20))
    println(held.length)
  }
}
