IO.binread(:stdio, :eof)
|> :binary.split([" ", "\n"], [:global, :trim_all])
|> Enum.reduce(0, fn word, sum -> sum + String.to_integer(word) end)
|> IO.puts()
