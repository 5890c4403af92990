my int $n = $*IN.get.Int;
my @held;
for ^$n {
    @held.push: buf8.allocate(1048576, 1);
}
say @held.elems;
