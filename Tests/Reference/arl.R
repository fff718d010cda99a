# Run lengths by R's surveillance and spc, for Tests/DetectionTests. Rscript arl.R > arl.csv
# surveillance::arlCusum: upper, signal at S >= h. spc::pois.cusum.arl: signal at S > h, so h is lowered by one step of
# the lattice; it also has the lower side and head starts.
suppressMessages({library(surveillance); library(spc)})
options(digits = 17)
rows <- list()
add <- function(...) rows[[length(rows) + 1]] <<- data.frame(..., stringsAsFactors = FALSE)
say <- function(x) formatC(x, digits = 15, format = "g")
for (k in c(1, 1.5, 2)) for (h in c(2, 3, 4, 5)) {
  for (mu in c(0.5, 1, 1.7)) {
    x <- arlCusum(h = h, k = k, theta = mu, distr = "poisson", digits = 1)
    add(package = "surveillance", side = "upper", mean = mu, k = as.character(k), h = as.character(h), start = "0", arl = say(x$ARL))
  }
}
step <- function(k) if (k %% 1 == 0) 1 else if ((2 * k) %% 1 == 0) 0.5 else 0.25
for (side in c("upper", "lower")) for (k in c(0.5, 1, 1.5, 2.25)) for (h in c(2, 4, 7.5)) for (mu in c(0.4, 1, 2.5)) for (start in c(0, 0.5)) {
  d <- step(k); if (h %% d != 0) d <- min(d, 0.5); if (h %% d != 0) next
  hs <- h * start; hs <- floor(hs / d) * d
  m <- round(1 / d)
  x <- pois.cusum.arl(mu, k * m, (h - d) * m, m, i0 = hs * m, sided = side)
  if (is.finite(x) && x < 1e12) add(package = "spc", side = side, mean = mu, k = as.character(k), h = as.character(h), start = as.character(hs), arl = say(x))
}
write.csv(do.call(rbind, rows), stdout(), row.names = FALSE, quote = FALSE)
