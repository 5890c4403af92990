n = gets.not_nil!.to_i
held = Array.new(n) { Bytes.new(1048576, 1_u8) }
puts held.size
