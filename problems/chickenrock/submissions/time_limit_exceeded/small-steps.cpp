// Too slow: follows the circle in steps of a ten-millionth of a radian.
#include <cmath>
#include <cstdio>

int main() {
    int q;
    double r;
    if (std::scanf("%d %lf", &q, &r) != 2) return 1;
    for (int i = 0; i < q; i++) {
        double xa, ya, xb, yb;
        if (std::scanf("%lf %lf %lf %lf", &xa, &ya, &xb, &yb) != 4) return 1;
        double a = std::sqrt(xa * xa + ya * ya - r * r), b = std::sqrt(xb * xb + yb * yb - r * r);
        double between = std::abs(std::atan2(xa * yb - ya * xb, xa * xb + ya * yb));
        double around = between - std::atan2(a, r) - std::atan2(b, r);
        double length = around > 0 ? a + b : std::hypot(xa - xb, ya - yb);
        const double step = 1e-7;
        double angle = 0;
        for (; angle + step < around; angle += step) {
            length += r * std::hypot(std::cos(angle + step) - std::cos(angle), std::sin(angle + step) - std::sin(angle));
        }
        if (around > 0) length += r * (around - angle);
        std::printf("%.9f\n", length);
    }
}
