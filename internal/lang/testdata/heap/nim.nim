import std/strutils

let n = parseInt(stdin.readLine)
var held: seq[seq[byte]]
for i in 0 ..< n:
  held.add newSeq[byte](1048576)
  for at in countup(0, 1048575, 4096):
    held[i][at] = 1
echo held.len
