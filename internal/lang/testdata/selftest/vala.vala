int main () {
    int64 sum = 0;
    string? line;
    while ((line = stdin.read_line ()) != null) {
        foreach (unowned string word in line.split (" ")) {
            sum += int64.parse (word);
        }
    }
    stdout.printf ("%s\n", sum.to_string ());
    return 0;
}
