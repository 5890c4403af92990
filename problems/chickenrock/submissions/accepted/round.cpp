#include <algorithm>
#include <cmath>
#include <cstdio>

int main() {
    int q;
    double r;
    if (std::scanf("%d %lf", &q, &r) != 2) return 1;
    for (int i = 0; i < q; i++) {
        double xa, ya, xb, yb;
        if (std::scanf("%lf %lf %lf %lf", &xa, &ya, &xb, &yb) != 4) return 1;
        double a = std::hypot(xa, ya), b = std::hypot(xb, yb);
        double cosine = std::clamp((xa * xb + ya * yb) / (a * b), -1.0, 1.0);
        double around = std::acos(cosine) - std::acos(std::min(1.0, r / a)) - std::acos(std::min(1.0, r / b));
        double length = std::hypot(xa - xb, ya - yb);
        if (around > 0) {
            length = std::sqrt(std::max(0.0, a * a - r * r)) + std::sqrt(std::max(0.0, b * b - r * r)) + r * around;
        }
        std::printf("%.9f\n", length);
    }
}
