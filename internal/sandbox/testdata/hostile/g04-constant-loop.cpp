// try: has the compiler compute for ever, in small steps below its limit of operations for each
// want: CE
// limits: compile=1s
constexpr unsigned long burn(unsigned long n) {
    unsigned long sum = 0;
    for (unsigned long i = 0; i < 200000; i++) sum += i * n;
    return sum;
}
template <unsigned long n> struct Burn { static constexpr unsigned long value = burn(n) + Burn<n - 1>::value; };
template <> struct Burn<0> { static constexpr unsigned long value = 0; };
int main() { return Burn<800>::value + Burn<1600>::value + Burn<2400>::value; }
