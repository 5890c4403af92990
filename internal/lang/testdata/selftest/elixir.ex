input = with :eof <- IO.binread(:stdio, :eof), do: ""

input
|> :binary.split([" ", "\n"], [:global, :trim_all])
|> Enum.reduce(0, fn word, sum -> sum + String.to_integer(word) end)
|> IO.puts()
