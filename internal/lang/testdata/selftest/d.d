import std.algorithm : splitter;
import std.conv : to;
import std.stdio;

void main()
{
    long sum;
    foreach (line; stdin.byLine)
        foreach (word; line.splitter)
            sum += word.to!long;
    writeln(sum);
}
