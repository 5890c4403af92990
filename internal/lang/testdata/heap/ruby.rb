n = gets.to_i
held = Array.new(n) { "x" * 1_048_576 }
puts held.size
