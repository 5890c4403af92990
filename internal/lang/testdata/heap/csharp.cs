using System;

class HeapTest
{
    static void Main()
    {
        int n = int.Parse(Console.ReadLine());
        var held = new byte[n][];
        for (int i = 0; i < n; i++)
        {
            held[i] = new byte[1 << 20];
            for (int at = 0; at < held[i].Length; at += 4096) held[i][at] = 1;
        }
        Console.WriteLine(held.Length);
    }
}
