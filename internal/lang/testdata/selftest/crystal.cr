sum = 0_i64
STDIN.each_line do |line|
  line.split { |word| sum += word.to_i64 }
end
puts sum
