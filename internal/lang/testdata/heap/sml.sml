fun main () =
  let
    val n = valOf (Int.fromString (valOf (TextIO.inputLine TextIO.stdIn)))
    val held = List.tabulate (n, fn _ => Word8Array.array (1048576, 0w1))
  in
    print (Int.toString (length held) ^ "\n")
  end
