"""Makes the golden tables of enrolment beside this file: enrolment_centres.csv, enrolment_fit.csv, enrolment_prediction.csv.

    pip install mpmath==1.3.0 scipy==1.17.1 statsmodels==0.15.0
    python3 make_enrolment.py

The data are invented. The likelihood is maximised with mpmath at 40 digits: the root of its gradient, written with the digamma function; a
negative binomial regression of statsmodels (NB2, the logarithm of the time as offset) must agree to 1e-4, or the script stops. Predictions are
made by convolving the probabilities of the centres one after the other, at 40 digits; those of each centre agree with scipy.
"""

import csv
import pathlib
import random

import numpy
import scipy.stats
import statsmodels.api
from mpmath import binomial, digamma, exp, findroot, log, mp, mpf, nstr

mp.dps = 40
HERE = pathlib.Path(__file__).parent
NOW = 12.0


def show(value):
    return nstr(value, 20, min_fixed=-3, max_fixed=20)


def write(name, header, rows):
    with open(HERE / name, "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)
    print(name, len(rows), "rows", flush=True)


def invented(seed, number, shape, mean, latest):
    random.seed(seed)
    centres = []
    for _ in range(number):
        opening = round(random.uniform(0, latest), 2)
        rate = random.gammavariate(shape, mean / shape)
        enrolled = int(numpy.random.RandomState(random.randrange(10**6)).poisson(rate * max(0.0, NOW - opening)))
        closing = None
        if random.random() < 0.2:
            closing = round(max(NOW, opening) + random.uniform(0, 10), 2)
        centres.append((opening, closing, enrolled))
    return centres


SETS = {
    "five": [(0, None, 3), (1.5, None, 14), (4, None, 0), (6.25, None, 5), (9, 10.5, 1), (14, None, 0)],
    "alike": [(2, None, n) for n in (0, 0, 1, 7, 3, 2, 0, 12, 4, 1)],
    "many": invented(1, 60, 1.2, 0.4, 16),
    "nearly_equal": invented(2, 40, 40.0, 2.0, 10),
    "sparse": invented(3, 80, 0.4, 0.05, 12),
}


def active(centre, until=NOW):
    end = until if centre[1] is None else min(until, centre[1])
    return max(mpf(0), mpf(end) - mpf(centre[0]))


def fitted(centres):
    data = [(c[2], active(c)) for c in centres if active(c) > 0]

    def gradient(ln_shape, ln_mean):
        a, m = exp(ln_shape), exp(ln_mean)
        by_shape = sum(digamma(a + n) - digamma(a) - log(1 + m * t / a) + (m * t - n) / (a + m * t) for n, t in data)
        by_mean = sum((n - m * t) / (a + m * t) for n, t in data)
        return [by_shape, by_mean]

    counts = numpy.array([n for n, _ in data])
    times = numpy.array([float(t) for _, t in data])
    model = statsmodels.api.NegativeBinomial(counts, numpy.ones((len(counts), 1)), offset=numpy.log(times))
    result = model.fit(disp=0, maxiter=5000, method="nm", ftol=1e-14, xtol=1e-12)
    start = (-log(mpf(result.params[1])), mpf(result.params[0]))
    root = findroot(gradient, start)
    shape, mean = exp(root[0]), exp(root[1])
    assert abs(shape * result.params[1] - 1) < 1e-4 and abs(mean / numpy.exp(result.params[0]) - 1) < 1e-4, (shape, result.params)
    return shape, mean


def to_come(centres, shape, mean, until, length):
    """Probabilities of 0, 1, … patients to come, with their mean and variance."""
    law = [mpf(1)] + [mpf(0)] * (length - 1)
    total, variance = mpf(0), mpf(0)
    for centre in centres:
        time = active(centre, until) - active(centre)
        if time == 0:
            continue
        r = shape + centre[2]
        q = time / (shape / mean + active(centre) + time)
        own = [(1 - q) ** r]
        for k in range(1, length):
            own.append(own[-1] * q * (r + k - 1) / k)
        assert abs(own[3] / mpf(scipy.stats.nbinom.pmf(3, float(r), float(1 - q))) - 1) < 1e-10
        law = [sum(law[j] * own[k - j] for j in range(k + 1)) for k in range(length)]
        total += r * q / (1 - q)
        variance += r * q / (1 - q) ** 2
    return law, total, variance


def main():
    write("enrolment_centres.csv", ["set", "opening", "closing", "enrolled"],
          [[name, c[0], "" if c[1] is None else c[1], c[2]] for name, centres in SETS.items() for c in centres])
    fits = {name: fitted(centres) for name, centres in SETS.items()}
    write("enrolment_fit.csv", ["set", "now", "shape", "mean"], [[name, NOW, show(a), show(m)] for name, (a, m) in fits.items()])
    rows = []
    for name, until, shape, mean in [("five", 15.0, "0.75", "0.5"), ("five", 40.0, "2", "0.25"), ("alike", 18.0, "1.25", "0.3125"),
                                     ("many", 13.0, "1.5", "0.375"), ("sparse", 20.0, "0.5", "0.0625")]:
        centres = SETS[name]
        law, total, variance = to_come(centres, mpf(shape), mpf(mean), until, 160)
        enrolled = sum(c[2] for c in centres)
        cumulated, below = [], mpf(0)
        for p in law:
            below += p
            cumulated.append(below)
        assert 1 - below < mpf("0.01"), (name, until, 1 - below)
        lower = next(k for k, p in enumerate(cumulated) if p >= mpf("0.025"))
        upper = next(k for k, p in enumerate(cumulated) if p >= mpf("0.975"))
        for more in sorted({1, 5, int(total), int(total) + 10, upper, min(2 * upper, 150)}):
            rows.append([name, NOW, until, shape, mean, show(enrolled + total), show(variance), enrolled + lower, enrolled + upper,
                         enrolled + more, show(1 - cumulated[more - 1])])
    write("enrolment_prediction.csv",
          ["set", "now", "until", "shape", "mean_rate", "mean", "variance", "lower", "upper", "target", "probability"], rows)


if __name__ == "__main__":
    main()
