sum = 0
while (line = gets)
  line.split.each { |word| sum += word.to_i }
end
puts sum
