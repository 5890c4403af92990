local n = io.read("n")
local held = {}
for i = 1, n do
  held[i] = string.rep("x", 1048576)
end
print(#held)
