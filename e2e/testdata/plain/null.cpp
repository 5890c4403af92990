// expect: RE
int main() {
    int *volatile p = nullptr;
    return *p;
}
