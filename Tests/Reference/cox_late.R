# Tables of the hard kind with what R's coxph and survfit make of them: Rscript cox_late.R SEEDS… > tables.json
# Late entry, also of people who were there alone; ties, also of times that differ by rounding (R's timefix joins them);
# covariates with codes for "unknown" (999, 99999999), far from 0, of all sizes, with a heavy tail. Table i comes from seed i.
# Stored for Tests/SurvivalTests: Rscript cox_late.R 1:20 100137 100244 100459 100993 > cox-late.json (in the last four a
# weight beyond exp, R's "exp overflow", a top far out on a plain, and R stopping short). Live, 500: Tests/Soak/test_cox.py.
suppressMessages(library(survival))
seeds <- unlist(lapply(commandArgs(trailingOnly = TRUE), function(range) eval(parse(text = range))))

column <- function(n) {
  kind <- sample(8, 1)
  x <- switch(kind, rnorm(n), rbinom(n, 1, 0.5), sample(0:4, n, TRUE), sample(0:3, n, TRUE),
              1e6 + rnorm(n), 1e7 * rnorm(n), 1e-5 * rnorm(n), rcauchy(n))
  if (kind == 4) x[sample(n, sample(3, 1))] <- sample(c(99, 999, 9999, 99999999), 1)
  x
}

table <- function(seed) {
  set.seed(seed)
  n <- sample(c(8, 12, 20, 40, 80), 1)
  x <- sapply(seq_len(sample(3, 1)), function(k) column(n))
  time <- sample(1:30, n, TRUE)
  entry <- ifelse(runif(n) < 0.4, 0, floor(runif(n) * time))
  if (runif(1) < 0.3) { alone <- sample(n, 1); entry[alone] <- 40; time[alone] <- 45 }
  if (runif(1) < 0.5) {
    time <- ifelse(runif(n) < 0.5, time / 10, time * 0.1) * (1 + sample(-2:2, n, TRUE) * .Machine$double.eps)
    entry <- ifelse(runif(n) < 0.5, entry / 10, entry * 0.1)
  }
  event <- rbinom(n, 1, 0.7)
  if (!any(event)) event[1] <- 1
  list(entry = entry, time = time, event = event, columns = lapply(seq_len(ncol(x)), function(k) x[, k]))
}

# What R answers, with all it warned of.
asked <- function(body) {
  warned <- character()
  value <- tryCatch(withCallingHandlers(body(), warning = function(w) { warned <<- c(warned, conditionMessage(w)); invokeRestart("muffleWarning") }),
                    error = function(e) { warned <<- c(warned, conditionMessage(e)); NULL })
  list(value = value, warned = warned)
}

answers <- lapply(seeds, function(seed) {
  d <- table(seed)
  y <- Surv(d$entry, d$time, d$event); x <- do.call(cbind, d$columns)
  # Its own stopping rule would end it early; and then as people call it.
  cox <- asked(function() coxph(y ~ x, control = coxph.control(eps = 1e-14, toler.chol = 1e-15, iter.max = 100)))
  plain <- asked(function() coxph(y ~ x))
  m <- cox$value
  km <- survfit(y ~ 1, conf.type = "log-log")
  c(d, list(seed = seed, warnings = unique(c(cox$warned, plain$warned)),
    cox = if (is.null(m)) NULL else list(coefficient = unname(coef(m)), stdErr = unname(sqrt(diag(vcov(m)))),
                                         logLikelihood = m$loglik, concordance = unname(m$concordance["concordance"])),
    curve = list(time = km$time, survival = km$surv, stdErr = ifelse(km$surv == 0, NA, km$std.err * km$surv))))
})

# With all digits, so that reading gives the same number (jsonlite stops at fifteen). A vector is always a list.
json <- function(x) {
  if (is.null(x)) return("null")
  if (is.list(x) && !is.null(names(x))) return(sprintf("{%s}", paste0('"', names(x), '": ', sapply(x, json), collapse = ", ")))
  parts <- if (is.list(x)) sapply(x, json) else if (is.character(x)) sprintf('"%s"', gsub("\n", " ", x)) else ifelse(is.na(x), "null", sprintf("%.17g", x))
  sprintf("[%s]", paste(parts, collapse = ", "))
}
cat(json(answers), "\n")
