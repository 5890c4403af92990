extern "C" int answer();
int main() { answer(); }
