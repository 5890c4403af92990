my $n = <STDIN>;
my @held;
for my $i (1 .. $n) {
    my $piece = 'x';
    $piece x= 1_048_576;
    push @held, $piece;
}
print scalar(@held), "\n";
