// expect: CE
int main() { return
