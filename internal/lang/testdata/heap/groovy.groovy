int n = System.in.newReader().readLine().trim().toInteger()
byte[][] held = new byte[n][]
for (int i = 0; i < n; i++) held[i] = new byte[1 << 20]
println held.length
