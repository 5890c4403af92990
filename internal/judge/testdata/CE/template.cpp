// Takes the compiler's memory or time, or its patience.
template <int A, int B> struct T { static const int v = T<A - 1, B>::v + T<A - 1, B + 1>::v; };
template <int B> struct T<0, B> { static const int v = 1; };
int main() { return T<800, 0>::v; }
