// Wrong: looks at the distance of the whole line AB from the rock, not of the piece between A and B.
#include <cmath>
#include <cstdio>

int main() {
    int q;
    double r;
    if (std::scanf("%d %lf", &q, &r) != 2) return 1;
    for (int i = 0; i < q; i++) {
        double xa, ya, xb, yb;
        if (std::scanf("%lf %lf %lf %lf", &xa, &ya, &xb, &yb) != 4) return 1;
        double length = std::hypot(xa - xb, ya - yb), cross = std::abs(xa * yb - ya * xb);
        if (cross < r * length) {
            double a = std::sqrt(xa * xa + ya * ya - r * r), b = std::sqrt(xb * xb + yb * yb - r * r);
            double between = std::atan2(cross, xa * xb + ya * yb);
            length = a + b + r * (between - std::atan2(a, r) - std::atan2(b, r));
        }
        std::printf("%.9f\n", length);
    }
}
