// try: has the compiler allocate memory in a constant expression until there is none
// want: CE
// limits: compile=2s
#include <vector>
constexpr unsigned long fill() {
    unsigned long sum = 0;
    for (int i = 0; i < 5000; i++) {
        std::vector<long> v(200000, i);
        sum += v[i];
    }
    return sum;
}
static_assert(fill() != 1);
int main() {}
