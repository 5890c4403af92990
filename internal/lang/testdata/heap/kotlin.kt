fun main() {
    val n = readLine()!!.trim().toInt()
    val held = Array(n) { ByteArray(1 shl 20) }
    println(held.size)
}
