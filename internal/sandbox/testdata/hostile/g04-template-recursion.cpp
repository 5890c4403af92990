// try: instantiates a tree of templates with 2^60 leaves, none of them deep
// want: CE
// limits: compile=1s
template <int depth, long path> struct Tree {
    static constexpr long value = Tree<depth - 1, 2 * path>::value + Tree<depth - 1, 2 * path + 1>::value;
};
template <long path> struct Tree<0, path> { static constexpr long value = path; };
int main() { return Tree<60, 1>::value; }
