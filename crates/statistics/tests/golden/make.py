"""Makes the golden tables beside this file.

    pip install mpmath==1.3.0 scipy==1.17.1
    python3 make.py

Values are computed with mpmath at 50 digits from the definitions: binomial tails are sums of binomial terms, Poisson
tails sums of Poisson terms, and limits are roots of those tails found by the secant method. Each limit is then put back into
a second, independent expression (the incomplete beta or gamma function of mpmath, or numerical integration of the
density where mpmath's series is too long), and compared with scipy; the script stops if they disagree.
"""

import csv
import math
import pathlib
from fractions import Fraction

import scipy.special
import scipy.stats
from mpmath import (asin, betainc, exp, findroot, gammainc, log, loggamma, mp, mpf, ncdf, nstr, quad, sqrt, ceil, erfinv)

mp.dps = 50
HERE = pathlib.Path(__file__).parent
LEVELS = ["0.9", "0.95", "0.99"]


def show(value):
    return nstr(value, 20, min_fixed=-3, max_fixed=20)


def write(name, header, rows):
    with open(HERE / name, "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)
    print(name, len(rows), "rows", flush=True)


# ---------------------------------------------------------------- tails by summation

SMALL = mpf(10) ** -52


def ln_binomial_term(k, n, p):
    term = loggamma(n + 1) - loggamma(k + 1) - loggamma(n - k + 1)
    if k:
        term += k * log(p)
    if n - k:
        term += (n - k) * log(1 - p)
    return term


def binomial_upper(k, n, p):
    """P(X >= k), summed outwards; the other side's complement where the sum would climb over the mode."""
    if k <= 0:
        return mpf(1)
    if k > n:
        return mpf(0)
    if k < n * p:
        return 1 - binomial_upper(n - k + 1, n, 1 - p)
    term = exp(ln_binomial_term(k, n, p))
    odds = p / (1 - p)
    total = mpf(0)
    while k <= n and term > total * SMALL:
        total += term
        term = term * odds * (n - k) / (k + 1)
        k += 1
    return total


def binomial_lower(k, n, p):
    return binomial_upper(n - k, n, 1 - p)


def poisson_upper(k, mean):
    if k <= 0:
        return mpf(1)
    if k < mean:
        return 1 - poisson_lower(k - 1, mean)
    term = exp(k * log(mean) - mean - loggamma(k + 1))
    total = mpf(0)
    while term > total * SMALL:
        total += term
        k += 1
        term = term * mean / k
    return total


def poisson_lower(k, mean):
    if k >= mean:
        return 1 - poisson_upper(k + 1, mean)
    term = exp(k * log(mean) - mean - loggamma(k + 1))
    total = mpf(0)
    while k >= 0 and term > total * SMALL:
        total += term
        term = term * k / mean
        k -= 1
    return total


# ---------------------------------------------------------------- the second expression

def integral(ln_density, low, high, peak_side, sd):
    """Integral of a density over one tail, in pieces of its standard deviation, until nothing is left."""
    total, step = mpf(0), sd
    edge = high if peak_side == "high" else low
    for _ in range(80):
        if peak_side == "high":
            start = max(edge - step, low)
            piece = quad(lambda t: exp(ln_density(t)), [start, edge])
            edge = start
            done = edge <= low
        else:
            end = min(edge + step, high)
            piece = quad(lambda t: exp(ln_density(t)), [edge, end])
            edge = end
            done = edge >= high
        total += piece
        if done or piece < total * mpf(10) ** -40:
            return total
    raise ArithmeticError("tail not exhausted")


def beta_lower(x, a, b):
    """I_x(a, b) by another way than summation."""
    a, b = mpf(a), mpf(b)
    if a + b <= 1200:
        return betainc(a, b, 0, x, regularized=True)
    if b == 1:
        return x**a
    if a == 1:
        return 1 - (1 - x) ** b
    if x > a / (a + b):
        return 1 - beta_lower(1 - x, b, a)
    constant = loggamma(a + b) - loggamma(a) - loggamma(b)
    mean = a / (a + b)
    sd = sqrt(mean * (1 - mean) / (a + b + 1))
    density = lambda t: constant + (a - 1) * log(t) + (b - 1) * log(1 - t) if 0 < t < 1 else -mp.inf
    return integral(density, mpf(0), x, "high", sd)


def beta_upper(x, a, b):
    return beta_lower(1 - x, b, a)


def root(function, target, start):
    """The x in (0, ∞) with function(x) = target, by secants on the logarithms of both."""
    start = mpf(start)
    other = start * (1 + mpf("1e-9"))
    found = findroot(lambda t: log(function(exp(t))) - log(target), (log(start), log(other)), tol=mpf(10) ** -70)
    return exp(found)


def check(actual, expected, what, digits=30):
    if abs(actual / expected - 1) > mpf(10) ** -digits:
        raise SystemExit(f"{what}: {actual} is not {expected}")


# ---------------------------------------------------------------- tables

SIZES = [1, 2, 3, 5, 10, 30, 58, 100, 115, 1000, 10**4, 10**5, 10**6, 10**7, 10**8]


def clopper_pearson():
    rows, scipy_error = [], 0.0
    for n in SIZES:
        for x in sorted({v for v in (0, 1, 2, n // 10, n // 2, n - 1, n) if 0 <= v <= n}):
            for level in LEVELS:
                error = (1 - mpf(level)) / 2
                half = float(error)
                if x == 0:
                    lower = mpf(0)
                else:
                    guess = scipy.stats.beta.ppf(half, x, n - x + 1)
                    lower = root(lambda p: binomial_upper(x, n, p), error, guess) if x < n else error ** (mpf(1) / n)
                    check(beta_lower(lower, x, n - x + 1), error, f"lower {x}/{n} {level}")
                    scipy_error = max(scipy_error, abs(float(lower) - guess))
                if x == n:
                    upper = mpf(1)
                else:
                    # The distance from 1, so that limits near 1 keep their digits.
                    guess = scipy.stats.beta.ppf(half, n - x, x + 1)
                    rest = root(lambda q: binomial_upper(n - x, n, q), error, guess) if x > 0 else error ** (mpf(1) / n)
                    check(beta_lower(rest, n - x, x + 1), error, f"upper {x}/{n} {level}")
                    scipy_error = max(scipy_error, abs(float(rest) - guess))
                    upper = 1 - rest
                rows.append([x, n, level, show(lower), show(upper)])
        print("  n =", n, flush=True)
    print("  largest distance from scipy", scipy_error)
    write("clopper_pearson.csv", ["x", "n", "level", "lower", "upper"], rows)


def binomial():
    rows = []
    for n in SIZES:
        for text in ["1e-8", "0.001", "0.09", "0.18", "0.5", "0.93"]:
            p = mpf(float(text))
            sd = math.sqrt(n * float(p) * (1 - float(p)))
            for k in sorted({min(max(round(n * float(p) + z * sd), 0), n) for z in (-8, -3, -1, 0, 0.5, 2, 5, 9)}):
                term = exp(ln_binomial_term(k, n, p))
                at_most, at_least = binomial_lower(k, n, p), binomial_upper(k, n, p)
                check(at_most + at_least - term, mpf(1), f"binomial {k}/{n} {text}", 35)
                if 0 < k and n <= 1000:
                    check(at_least, beta_lower(p, k, n - k + 1), f"binomial {k}/{n} {text}")
                rows.append([k, n, text, show(term), show(at_most), show(at_least)])
    write("binomial.csv", ["k", "n", "p", "probability", "at_most", "at_least"], rows)


def poisson():
    rows = []
    for text in ["1e-6", "0.3", "1", "7.5", "100", "12345.6", "1e6", "1e8", "3e9"]:
        mean = mpf(float(text))
        sd = math.sqrt(float(mean))
        for k in sorted({max(round(float(mean) + z * sd), 0) for z in (-7, -2, 0, 0.5, 3, 8)}):
            term = exp(k * log(mean) - mean - loggamma(k + 1))
            at_most, at_least = poisson_lower(k, mean), poisson_upper(k, mean)
            check(at_most + at_least - term, mpf(1), f"poisson {k} {text}", 35)
            if 0 < k and mean <= 1000:
                check(at_least, gammainc(k, 0, mean, regularized=True), f"poisson {k} {text}")
            rows.append([k, text, show(term), show(at_most), show(at_least)])
    write("poisson.csv", ["k", "mean", "probability", "at_most", "at_least"], rows)
    rows = []
    for count in [0, 1, 2, 3, 5, 10, 30, 100, 1000, 10**4, 10**6, 10**8]:
        for level in LEVELS:
            error = (1 - mpf(level)) / 2
            lower = mpf(0)
            if count:
                lower = root(lambda m: poisson_upper(count, m), error, scipy.stats.gamma.ppf(float(error), count))
            upper = root(lambda m: poisson_lower(count, m), error, scipy.stats.gamma.isf(float(error), count + 1))
            if 0 < count <= 1000:
                check(gammainc(count, 0, lower, regularized=True), error, f"poisson lower {count}")
                check(gammainc(count + 1, upper, mp.inf, regularized=True), error, f"poisson upper {count}")
            rows.append([count, level, show(lower), show(upper)])
    write("poisson_exact.csv", ["count", "level", "lower", "upper"], rows)


def normal():
    rows = []
    for text in ["-37", "-20", "-8.3", "-5", "-3", "-2.5", "-1.96", "-1.5", "-1.2", "-1", "-0.5", "-1e-3", "-1e-12", "0",
                 "1e-8", "0.1", "0.7", "1.4999", "1.5001", "1.645", "1.96", "2.5758", "4", "6", "8"]:
        rows.append(["cdf", text, show(ncdf(mpf(float(text))))])
    for text in ["1e-300", "1e-100", "1e-20", "1e-10", "1e-5", "0.001", "0.005", "0.01", "0.025", "0.05", "0.0699", "0.07",
                 "0.0701", "0.1", "0.2", "0.3", "0.45", "0.4999999", "0.5", "0.50001", "0.6", "0.8", "0.9", "0.92", "0.93",
                 "0.95", "0.975", "0.99", "0.995", "0.999999"]:
        p = mpf(float(text))
        z = mpf(0) if p == 0.5 else findroot(lambda z: log(ncdf(z)) - log(p), mpf(scipy.special.ndtri(float(p))))
        check(ncdf(z), p, f"normal quantile {text}")
        rows.append(["quantile", text, show(z)])
    for text in ["1e-10", "0.01", "0.3", "0.5", "0.75", "0.999999", "1.000001", "1.3", "1.5", "1.999", "2.001", "2.4", "2.6", "3",
                 "7.7", "10", "33.3", "1000.5", "1e6", "1e10"]:
        rows.append(["ln_gamma", text, show(loggamma(mpf(float(text))))])
    write("functions.csv", ["function", "argument", "value"], rows)


def beta():
    rows = []
    shapes = [("0.01", "0.5"), ("0.5", "0.5"), ("0.5", "3.25"), ("1", "7.5"), ("2.5", "1"), ("1.5", "0.02"), ("3.3", "4.4"),
              ("40.5", "0.7"), ("60.5", "900.25"), ("500", "500"), ("0.5", "1e6"), ("2.5", "1e8"), ("5e5", "5e5"),
              ("1234567.5", "7654321.5"), ("1e9", "3e9")]
    for a, b in shapes:
        fa, fb = float(a), float(b)
        for p in [1e-12, 0.001, 0.3, 0.5, 0.9, 0.99999]:
            x = float(scipy.stats.beta.ppf(p, fa, fb))
            # Where 1 − x is small a double x does not say enough; take what the double says.
            if not 0 < x < 1 or x < 1e-280:
                continue
            if fa + fb > 1200 and fa < 10:
                # Near-gamma: the complete integral of the density from x up, pole excluded.
                lower = near_zero(mpf(x), mpf(fa), mpf(fb))
            else:
                lower = beta_lower(mpf(x), fa, fb)
            rows.append([a, b, repr(x), show(lower), show(1 - lower)])
    write("beta.csv", ["a", "b", "x", "lower", "upper"], rows)


def near_zero(x, a, b):
    """I_x(a, b) for small a and large b, by the power series x^a y^b/(a B) Σ (a+b)_k x^k / (a+1)_k."""
    term, total, k = mpf(1), mpf(0), 0
    while term > total * SMALL:
        total += term
        term = term * (a + b + k) * x / (a + 1 + k)
        k += 1
    return exp(a * log(x) + b * log(1 - x) + loggamma(a + b) - loggamma(a + 1) - loggamma(b)) * total


# ---------------------------------------------------------------- sample sizes

def z(p):
    return sqrt(mpf(2)) * erfinv(2 * mpf(p) - 1)


def exact_tail(c, n, p):
    return sum(math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(c, n + 1))


def exact_search(p0, p1, error, power):
    """First size with the power and last without it, in fractions, for p1 > p0."""
    first, last, n = None, 0, 0
    while first is None or n < 2 * last + 60:
        n += 1
        tail, c = Fraction(0), n + 1
        while c > 0:
            more = tail + math.comb(n, c - 1) * p0 ** (c - 1) * (1 - p0) ** (n - c + 1)
            if more > error:
                break
            tail, c = more, c - 1
        if c <= n and exact_tail(c, n, p1) >= power:
            first = first or n
        else:
            last = n
    return first, last + 1


def sample_sizes():
    rows = []
    for p in ["0.5", "0.1", "0.09", "0.01", "0.003", "0.001", "0.0001", "1e-7", "0.999"]:
        for c in ["0.5", "0.8", "0.9", "0.95", "0.99", "0.999"]:
            n = int(ceil(log(1 - mpf(c)) / log(1 - mpf(p)) - mpf(10) ** -40))
            rows.append(["detect", 1, p, c, "", "", n, ""])
    for k in [2, 3, 10]:
        for p in ["0.3", "0.05", "0.003", "1e-5"]:
            for c in ["0.8", "0.95"]:
                low, high = k - 1, k
                enough = lambda n: binomial_upper(k, n, mpf(p)) >= mpf(c)
                while not enough(high):
                    low, high = high, 2 * high
                while high - low > 1:
                    middle = (low + high) // 2
                    low, high = (low, middle) if enough(middle) else (middle, high)
                rows.append(["detect", k, p, c, "", "", high, ""])
    for p0, p1 in [("0.09", "0.18"), ("0.18", "0.09"), ("0.5", "0.6"), ("0.01", "0.03"), ("0.8", "0.95"), ("0.001", "0.0012")]:
        for alpha, sides, power in [("0.05", 1, "0.9"), ("0.05", 2, "0.8"), ("0.025", 1, "0.95")]:
            a, b, a0, a1 = -z(mpf(alpha) / sides), z(power), mpf(p0), mpf(p1)
            v0, v1, d = a0 * (1 - a0), a1 * (1 - a1), abs(a1 - a0)
            usual = ((a * sqrt(v0) + b * sqrt(v1)) / d) ** 2
            mean = (a0 + a1) / 2
            for variant, n in [
                ("NullAndAlternative", usual),
                ("ContinuityCorrected", usual / 4 * (1 + sqrt(1 + 2 / (usual * d))) ** 2),
                ("AlternativeVariance", (a + b) ** 2 * v1 / d**2),
                ("NullVariance", (a + b) ** 2 * v0 / d**2),
                ("ArcSine", ((a + b) / (2 * (asin(sqrt(a1)) - asin(sqrt(a0))))) ** 2),
                ("TwoPooled", ((a * sqrt(2 * mean * (1 - mean)) + b * sqrt(v0 + v1)) / d) ** 2),
                ("TwoUnpooled", (a + b) ** 2 * (v0 + v1) / d**2),
            ]:
                rows.append([variant, sides, p0, p1, alpha, power, int(ceil(n)), show(n)])
    for p, d, level in [("0.5", "0.05", "0.95"), ("0.1", "0.03", "0.95"), ("0.02", "0.01", "0.9"), ("0.3", "0.001", "0.99")]:
        n = (z((1 + mpf(level)) / 2) / mpf(d)) ** 2 * mpf(p) * (1 - mpf(p))
        rows.append(["precision", "", p, d, level, "", int(ceil(n)), show(n)])
    for p0, p1 in [("0.09", "0.18"), ("0.18", "0.09"), ("0.2", "0.4"), ("0.05", "0.2"), ("0.5", "0.7"), ("0.9", "0.7")]:
        for alpha, sides, power in [("0.05", 1, "0.9"), ("0.05", 2, "0.8")]:
            f0, f1 = Fraction(p0), Fraction(p1)
            if f1 < f0:
                f0, f1 = 1 - f0, 1 - f1
            first, always = exact_search(f0, f1, Fraction(alpha) / sides, Fraction(power))
            rows.append(["exact", sides, p0, p1, alpha, power, first, always])
            print("  exact", p0, p1, first, always, flush=True)
    write("sample_sizes.csv", ["kind", "k_or_sides", "p0", "p1", "alpha", "power", "n", "value"], rows)


def exact_tests():
    rows = []
    for n in [10, 57, 115, 400, 2000, 10**5, 10**7]:
        for p0, p1 in [("0.09", "0.18"), ("0.5", "0.51"), ("0.001", "0.002"), ("0.3", "0.2")]:
            for alpha in ["0.05", "0.001"]:
                a0, a1 = mpf(p0), mpf(p1)
                if a1 < a0:
                    a0, a1 = 1 - a0, 1 - a1
                low, high = 0, n + 1
                while high - low > 1:
                    middle = (low + high) // 2
                    low, high = (low, middle) if binomial_upper(middle, n, a0) <= mpf(alpha) else (middle, high)
                if high > n:
                    rows.append([n, p0, p1, alpha, "", "", ""])
                    continue
                critical = high if mpf(p1) > mpf(p0) else n - high
                rows.append([n, p0, p1, alpha, critical, show(binomial_upper(high, n, a0)), show(binomial_upper(high, n, a1))])
    write("exact_tests.csv", ["n", "p0", "p1", "alpha", "critical", "error", "power"], rows)


if __name__ == "__main__":
    normal()
    beta()
    poisson()
    exact_tests()
    sample_sizes()
    binomial()
    clopper_pearson()
