internal import ArgumentParser
internal import Detection
internal import EngineKit

/// `geland arl`: how often a design cries wolf, and how soon it notices.
struct ARL: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "arl",
    abstract: "The average run length of a cumulative sum of counts, exact.",
    discussion: """
      Upper: S = max(0, S + x - k) for more than usual; --lower: S = max(0, S + k
      - x) for less. It signals at S >= h, as in Lucas (1985) and R's
      surveillance; R's spc signals at S > h, so give it h less one step.

      Who usually calls once a day, with k = 1.5 and h = 5: a false alarm in 274
      days, and two calls a day noticed in 9.4 days:

        $ geland arl --mean 1 --k 1.5 --h 5 --shift 2 --json
        {"inControl": 273.6499723551688, "shifted": 9.438292871556008}

      Without --k and --h, and with --years N, it chooses them: no more than one
      false alarm per person in N years, and the shift noticed as soon as can be:

        $ geland arl --mean 1 --shift 2 --years 5

      k, h and the head start are exact: 1.5, 3 or 5/3. With --silence DAYS it
      gives the days until the first silence of so many days in a row.
      """)

  @Option(help: "Counts a day, usually.") var mean: Double
  @Option(help: "The reference value.") var k: String?
  @Option(help: "The decision value.") var h: String?
  @Option(help: "Counts a day after a change.") var shift: Double?
  @Flag(help: "Watch for less than usual.") var lower = false
  @Option(name: .customLong("head-start"), help: "Where S begins.") var headStart = "0"
  @Option(
    help: "Counts vary more than Poisson: negative binomial with this size (variance = mean + mean^2 / size).")
  var dispersion: Double?
  @Option(help: "Choose k and h: at most one false alarm per person in so many years.") var years: Double?
  @Option(help: "The run length of a silence of so many days.") var silence: Int?
  @Flag(help: "One line of JSON.") var json = false

  func validate() throws {
    guard mean > 0, mean.isFinite, mean <= 10_000 else { throw ValidationError("--mean must be above 0, to 10000.") }
    if let shift, !(shift >= 0 && shift <= 10_000) { throw ValidationError("--shift must be from 0 to 10000.") }
    if let dispersion, !(dispersion > 0 && dispersion <= 1e9) { throw ValidationError("--dispersion must be above 0.") }
    if let silence, !(1...36_600).contains(silence) { throw ValidationError("--silence must be from 1 to 36600.") }
    if let years, !(years > 0 && years <= 10_000) { throw ValidationError("--years must be above 0.") }
    if silence == nil && years == nil && (k == nil || h == nil) { throw ValidationError("--k and --h are needed.") }
    if years != nil && shift == nil { throw ValidationError("--years chooses for a --shift.") }
  }

  private var counts: CountDistribution {
    dispersion.map { .negativeBinomial(mean: mean, size: $0) } ?? .poisson(mean: mean)
  }

  func run() throws {
    if let silence { return show(["inControl": Silence.averageRunLength(days: silence, counts)]) }
    if let years, let shift { return try choose(years, shift) }
    let design = try Cusum(designFrom: k ?? "", h ?? "", headStart, isLower: lower)
    let lengths: (Double, Double?)
    do {
      lengths = (
        try design.averageRunLength(counts), try shift.map { try design.averageRunLength(counts.with(mean: $0)) }
      )
    } catch let fault as Cusum.Fault {
      throw ValidationError(fault.rawValue + ".")
    }
    show(["inControl": lengths.0, "shifted": lengths.1])
  }

  private func choose(_ years: Double, _ shift: Double) throws {
    guard let choice = Cusum.choose(usual: counts, shifted: shift, falseAlarmEvery: years * 365.25) else {
      throw ValidationError("No design of at most \(Cusum.mostStates) states does that.")
    }
    if json {
      var writer = JSONWriter()
      writer.object { json in
        json.member("side", choice.design.side == .upper ? "upper" : "lower")
        json.member("k", choice.design.k.value)
        json.member("h", choice.design.h.value)
        json.member("inControl", choice.inControl)
        json.member("shifted", choice.shifted)
      }
      return EngineFile.say(writer.text)
    }
    EngineFile.say(
      """
      \(choice.design.side == .upper ? "upper" : "lower"), k = \(choice.design.k.value), h = \(choice.design.h.value)
      false alarm, on average:  every \(choice.inControl) days
      noticed, on average:      after \(choice.shifted) days
      """)
  }

  private func show(_ lengths: KeyValuePairs<String, Double?>) {
    if json {
      var writer = JSONWriter()
      writer.object { json in
        for (name, value) in lengths where value != nil { json.member(name, value) }
      }
      return EngineFile.say(writer.text)
    }
    for (name, value) in lengths {
      guard let value else { continue }
      EngineFile.say(
        "\(name == "inControl" ? "false alarm, on average:  every" : "noticed, on average:      after") \(value) days")
    }
  }
}

extension Cusum {
  /// From what was typed.
  init(designFrom k: String, _ h: String, _ headStart: String, isLower: Bool) throws {
    func read(_ text: String, _ name: String) throws -> Rational {
      guard let value = Rational(text) else {
        throw ValidationError("--\(name) must be a number as 3, 2.5 or 5/3, with at most six decimals.")
      }
      return value
    }
    do {
      try self.init(
        isLower ? .lower : .upper, k: read(k, "k"), h: read(h, "h"), headStart: read(headStart, "head-start"))
    } catch let fault as Fault {
      throw ValidationError(fault.rawValue + ".")
    }
  }
}
