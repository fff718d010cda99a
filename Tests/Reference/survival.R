# Truth for Tests/SurvivalTests by R's survival, on data made here: Rscript survival.R FOLDER
# Writes survival-data.csv and survival-truth.json. With a second argument "shipped" it writes the same for the data sets
# that come with the package instead (for `make soak`; they stay out of the repository).
suppressMessages({library(survival); library(jsonlite)})
args <- commandArgs(trailingOnly = TRUE)
folder <- args[1]; shipped <- length(args) > 1 && args[2] == "shipped"

made <- function(n, seed, truncated) {
  set.seed(seed)
  x1 <- round(rnorm(n), 2); x2 <- rbinom(n, 1, 0.4); x3 <- sample(0:4, n, TRUE)
  t1 <- ceiling(rexp(n, 0.01 * exp(0.5 * x1 - 0.7 * x2))); t2 <- ceiling(rexp(n, 0.004 * exp(0.2 * x3)))
  c0 <- ceiling(runif(n, 1, 240)); time <- pmin(t1, t2, c0)
  cause <- ifelse(time == c0, 0, ifelse(t1 <= t2, 1, 2))
  entry <- if (truncated) floor(runif(n, 0, time * 0.6)) else rep(0, n)
  data.frame(time, entry, cause, group = sample(c("a", "b", "c"), n, TRUE), x1, x2, x3)
}

curve <- function(fit) {
  s <- unclass(fit); zero <- s$surv == 0
  list(time = s$time, atRisk = s$n.risk, events = s$n.event, survival = s$surv,
       stdErr = ifelse(zero, NA, s$std.err * s$surv), low = s$lower, high = s$upper)
}

truth <- function(d, covariates, truncated) {
  d$event <- as.integer(d$cause != 0)
  y <- if (truncated) Surv(d$entry, d$time, d$event) else Surv(d$time, d$event)
  plain <- survfit(y ~ 1, conf.type = "plain"); fit <- survfit(y ~ 1, conf.type = "log-log")
  m <- quantile(fit, 0.5)
  out <- list(curve = curve(fit), plain = list(low = plain$lower, high = plain$upper),
              median = c(m$quantile, m$lower, m$upper))
  if (!truncated) { r <- survdiff(y ~ d$group); out$logRank <- c(r$chisq, length(r$n) - 1) }
  x <- as.matrix(d[, covariates])
  # Standardised, so that its own stopping rule does not end it early; put back afterwards.
  cox <- coxph(y ~ x, ties = "efron", control = coxph.control(eps = 1e-14, toler.chol = 1e-15, iter.max = 50))
  zph <- cox.zph(cox, transform = "km", terms = FALSE, global = FALSE)
  out$cox <- list(coefficient = unname(coef(cox)), stdErr = unname(sqrt(diag(vcov(cox)))), logLikelihood = cox$loglik,
                  concordance = unname(cox$concordance["concordance"]), zph = unname(zph$table[, 1]))
  if (length(unique(d$cause)) > 2) {
    state <- factor(d$cause, 0:2, c("none", "one", "two"))
    aj <- if (truncated) survfit(Surv(d$entry, d$time, state) ~ 1, id = seq_len(nrow(d))) else survfit(Surv(d$time, state) ~ 1)
    keep <- aj$time %in% d$time
    out$incidence <- list(time = aj$time[keep], value = t(aj$pstate[keep, 2:3]), stdErr = t(aj$std.err[keep, 2:3]))
  }
  out
}

write <- function(d, covariates, truncated, name) {
  write.csv(d, file.path(folder, paste0(name, "-data.csv")), row.names = FALSE, na = "", quote = FALSE)
  d <- d[complete.cases(d[, c("time", "cause", "group", covariates)]), ]
  answer <- c(list(covariates = covariates, truncated = truncated), truth(d, covariates, truncated))
  write_json(answer, file.path(folder, paste0(name, "-truth.json")), digits = I(17), auto_unbox = TRUE, na = "null")
}

if (!shipped) {
  d <- made(240, 1, FALSE); d$x1[c(5, 77)] <- NA
  write(d, c("x1", "x2", "x3"), FALSE, "survival")
  write(made(180, 2, TRUE), c("x1", "x2", "x3"), TRUE, "survival-late")
} else {
  l <- lung; write(data.frame(time = l$time, cause = l$status - 1, group = l$sex, age = l$age, sex = l$sex, ecog = l$ph.ecog), c("age", "sex", "ecog"), FALSE, "lung")
  v <- veteran; write(data.frame(time = v$time, cause = v$status, group = v$celltype, karno = v$karno, age = v$age, trt = v$trt), c("karno", "age", "trt"), FALSE, "veteran")
  o <- ovarian; write(data.frame(time = o$futime, cause = o$fustat, group = o$rx, age = o$age, resid = o$resid.ds), c("age", "resid"), FALSE, "ovarian")
  k <- kidney; write(data.frame(time = k$time, cause = k$status, group = k$sex, age = k$age, sex = k$sex), c("age", "sex"), FALSE, "kidney")
  m <- mgus2; write(data.frame(time = ifelse(m$pstat == 0, m$futime, m$ptime), cause = ifelse(m$pstat == 0, 2 * m$death, 1), group = m$sex, age = m$age, mspike = m$mspike), c("age", "mspike"), FALSE, "mgus2")
  c1 <- colon[colon$etype == 2, ]; write(data.frame(time = c1$time, cause = c1$status, group = c1$rx, nodes = c1$nodes, age = c1$age, extent = c1$extent), c("nodes", "age", "extent"), FALSE, "colon")
}
