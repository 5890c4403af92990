using System;

class SelfTest
{
    static void Main()
    {
        long sum = 0;
        string line;
        while ((line = Console.In.ReadLine()) != null)
            foreach (var word in line.Split(' '))
                if (word != "")
                    sum += long.Parse(word);
        Console.WriteLine(sum);
    }
}
