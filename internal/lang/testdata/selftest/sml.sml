fun add (word, sum) =
  case Int.fromString word of
    SOME n => sum + n
  | NONE => sum

fun loop sum =
  case TextIO.inputLine TextIO.stdIn of
    SOME line => loop (foldl add sum (String.tokens Char.isSpace line))
  | NONE => sum

fun main () = print (Int.toString (loop 0) ^ "\n")
