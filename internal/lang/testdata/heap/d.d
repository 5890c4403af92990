import std.stdio;

void main()
{
    int n;
    readf(" %d", n);
    ubyte[][] held;
    foreach (i; 0 .. n)
    {
        held ~= new ubyte[1 << 20];
        held[$ - 1][] = 1;
    }
    writeln(held.length);
}
