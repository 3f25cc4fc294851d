# Makes the golden tables of the evaluation of a survey: fisher.csv, fisher_rows.csv, one_sided.csv, rates.csv; follow_up.csv, and from it
# survival.csv, quantiles.csv and incidence.csv.
#
#     Rscript make_evaluation.R        (in this folder; R 4.2.2, survival 3.5-3)
#
# Every limit is R's own. Where R computes no limit (the cumulative hazard), the formula stands here in the open.

suppressMessages(library(survival))
options(digits = 17)
stopifnot(R.version$major == "4", packageVersion("survival") >= "3.5.3")

show <- function(x) vapply(x, function(value) {
  short <- sprintf("%.15g", value)
  if (is.na(value)) "" else if (as.numeric(short) == value) short else sprintf("%.17g", value)
}, "")
write_rows <- function(name, header, rows) {
  writeLines(c(header, rows), name)
  cat(name, length(rows), "rows\n")
}

# ---------------------------------------------------------------- Fisher's exact test

tables <- list(c(3,1,1,3), c(1,9,11,3), c(0,10,10,0), c(5,0,2,8), c(12,188,25,175), c(2,998,9,991), c(0,120,4,356), c(40,60,60,40),
  c(7,12,0,5), c(0,5,0,7), c(1,0,0,1), c(30,2,28,5), c(500,9500,560,9440), c(15,49985,30,49970), c(3,3,6,6), c(100,100,100,100),
  c(200,1,1,200), c(1200,800,700,1300))
rows <- sapply(tables, function(t) {
  m <- matrix(t, 2, byrow = TRUE)
  p <- sapply(c("two.sided", "less", "greater"), function(a) fisher.test(m, alternative = a)$p.value)
  paste(c(t, show(p)), collapse = ",")
})
write_rows("fisher.csv", "a,b,c,d,two_sided,less,greater", rows)

tables <- list(c(1,9,4,8,0,7), c(2,3,2,3,2,3,2,3), c(12,3,9,6,14,2,15,1), c(0,5,1,5,2,5,5,1,0,2), c(3,97,8,92,5,95), c(1,299,0,310,7,288,4,301),
  c(10,40,12,38,20,30,9,41,17,33), c(30,70,45,55,38,62,50,50), c(0,50,0,60,3,20), c(2,0,0,3,1,1), c(6,144,9,141,3,147,15,135,8,142,7,143))
rows <- sapply(tables, function(t) {
  p <- fisher.test(matrix(t, ncol = 2, byrow = TRUE), workspace = 2e7)$p.value
  paste(c(paste(t, collapse = " "), show(p)), collapse = ",")
})
write_rows("fisher_rows.csv", "rows,p", rows)

# ---------------------------------------------------------------- one-sided limits and rates

rows <- c()
for (n in c(1, 7, 30, 300, 3000)) for (x in unique(c(0, 1, 3, n %/% 10, n %/% 2, n))) if (x <= n) for (level in c(0.9, 0.95, 0.99)) {
  lower <- binom.test(x, n, conf.level = level, alternative = "greater")$conf.int[1]
  upper <- binom.test(x, n, conf.level = level, alternative = "less")$conf.int[2]
  rows <- c(rows, paste(c(x, n, show(level), show(lower), show(upper)), collapse = ","))
}
write_rows("one_sided.csv", "x,n,level,lower,upper", rows)

rows <- c()
for (count in c(0, 1, 2, 5, 17, 240, 10000)) for (time in c(0.5, 36.25, 1234.5, 98765)) for (level in c(0.9, 0.95, 0.99)) {
  both <- poisson.test(count, time, conf.level = level)
  lower <- poisson.test(count, time, conf.level = level, alternative = "greater")$conf.int[1]
  upper <- poisson.test(count, time, conf.level = level, alternative = "less")$conf.int[2]
  rows <- c(rows, paste(c(count, show(time), show(level), show(both$estimate), show(both$conf.int), show(lower), show(upper)), collapse = ","))
}
write_rows("rates.csv", "count,time,level,rate,lower,upper,one_sided_lower,one_sided_upper", rows)

# ---------------------------------------------------------------- follow-up data: invented, with every kind of tie

set.seed(20250409)
draw <- function(n, unit, causes, rates, censor) {
  times <- sapply(rates, function(rate) rexp(n, rate))
  times <- matrix(times, nrow = n)
  which <- max.col(-times)
  time <- pmin(apply(times, 1, min), runif(n, 0, censor))
  cause <- ifelse(time < apply(times, 1, min), 0, which)
  data.frame(time = floor(time / unit) * unit, cause = cause)
}
cohorts <- list(
  days = draw(300, 1, 2, c(0.002, 0.001), 365),
  weeks = draw(60, 7, 3, c(0.004, 0.003, 0.001), 400),
  months = draw(25, 0.25, 2, c(0.2, 0.1), 12),
  rare = draw(500, 1, 2, c(0.00003, 0.0001), 180),
  all_fail = data.frame(time = c(1, 2, 2, 3, 5, 8), cause = c(1, 2, 1, 1, 2, 1)),
  halves = data.frame(time = c(1, 2, 3, 4), cause = c(1, 1, 2, 1)),
  censored = data.frame(time = c(0, 3, 3, 9), cause = c(0, 0, 0, 0)),
  at_zero = data.frame(time = c(0, 0, 0, 1, 2, 2, 4), cause = c(1, 0, 2, 1, 0, 2, 0)),
  one = data.frame(time = 5, cause = 1),
  aml = data.frame(time = aml$time, cause = aml$status)
)
# Of long curves the first steps, the last, and every seventh between.
some <- function(n) which(seq_len(n) <= 10 | seq_len(n) > n - 10 | seq_len(n) %% 7 == 0)

followed <- c(); steps <- c(); incidence <- c(); quantiles <- c()
for (name in names(cohorts)) {
  data <- cohorts[[name]]
  followed <- c(followed, paste(name, show(data$time), data$cause, sep = ","))
  for (level in c(0.95, 0.9)) {
    loglog <- survfit(Surv(time, cause > 0) ~ 1, data, conf.type = "log-log", conf.int = level)
    log <- survfit(Surv(time, cause > 0) ~ 1, data, conf.type = "log", conf.int = level)
    error <- summary(loglog, times = loglog$time)$std.err
    z <- qnorm(1 - (1 - level) / 2)
    hazard <- loglog$cumhaz
    se <- loglog$std.chaz
    pick <- some(length(loglog$time))
    steps <- c(steps, paste(name, show(level), show(loglog$time), loglog$n.risk, loglog$n.event, loglog$n.censor, show(loglog$surv), show(error),
      show(loglog$lower), show(loglog$upper), show(log$lower), show(log$upper), show(hazard), show(se),
      show(ifelse(hazard > 0, hazard * exp(-z * se / hazard), NA)), show(ifelse(hazard > 0, hazard * exp(z * se / hazard), NA)), sep = ",")[pick])
    for (conf in list(loglog, log)) {
      kind <- conf$conf.type
      for (fraction in c(0.1, 0.25, 0.5, 0.75)) {
        # The median as print() has it. Where the upper limits rise again, as for aml on the scale "log", quantile() takes the second crossing.
        q <- quantile(conf, fraction)
        if (fraction == 0.5) q <- setNames(as.list(summary(conf)$table[7:9]), c("quantile", "lower", "upper"))
        quantiles <- c(quantiles, paste(name, show(level), kind, show(fraction), show(unname(q$quantile)), show(unname(q$lower)), show(unname(q$upper)), sep = ","))
      }
    }
    states <- max(2, data$cause)
    data$state <- factor(data$cause, 0:states)
    for (kind in c("log-log", "log")) {
      fit <- survfit(Surv(time, state) ~ 1, data, conf.type = kind, conf.int = level)
      for (k in seq_len(states)) {
        incidence <- c(incidence, paste(name, show(level), kind, k, show(fit$time), show(fit$pstate[, 1]), show(fit$pstate[, k + 1]),
          show(fit$std.err[, k + 1]), show(fit$lower[, k + 1]), show(fit$upper[, k + 1]), sep = ",")[some(length(fit$time))])
      }
    }
  }
}
write_rows("follow_up.csv", "cohort,time,cause", followed)
write_rows("survival.csv", paste("cohort,level,time,at_risk,events,censored,survival,error,loglog_lower,loglog_upper,log_lower,log_upper",
  "hazard,hazard_error,hazard_lower,hazard_upper", sep = ","), steps)
write_rows("quantiles.csv", "cohort,level,kind,fraction,estimate,lower,upper", quantiles)
write_rows("incidence.csv", "cohort,level,kind,cause,time,survival,incidence,error,lower,upper", incidence)
