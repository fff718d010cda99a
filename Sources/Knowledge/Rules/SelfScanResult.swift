internal import Kernel

/// What a neighbourhood thinks of itself, and where its groups differ.
struct SelfScanResult: Equatable {
  /// With fewer forms in a group its score would show what single people said (domain §4, rule 9).
  static let fewest = SmallCount.fewest
  /// From here on groups differ enough to talk about.
  static let wide = 1.0

  struct Score: Equatable {
    let count: Int
    let mean: Double
  }

  struct Line: Equatable {
    let element: SelfScan.Element
    /// Of everyone; nil with too few forms, or when a small group could be counted back from it.
    let all: Score?
    /// Groups with enough forms.
    let groups: [SelfScan.Group: Score]

    /// Between the groups that score it highest and lowest; nil with fewer than two groups.
    var gap: Double? {
      let means = groups.values.map(\.mean)
      guard means.count > 1, let low = means.min(), let high = means.max() else { return nil }
      return high - low
    }

    var differs: Bool { (gap ?? 0) >= SelfScanResult.wide }
  }

  let lines: [Line]
  /// How many forms, as far as that may be known.
  let counts: FormCounts

  var isEmpty: Bool { lines.allSatisfy { $0.all == nil && $0.groups.isEmpty } }

  init(_ forms: [SelfScanForm]) {
    let given = forms.filter { $0.leftOutOn == nil }
    let counts = FormCounts(
      Dictionary(grouping: given, by: \.party).mapValues(\.count), leftOut: forms.count - given.count)
    lines = SelfScan.Element.allCases.map { element in
      func score(_ forms: [SelfScanForm]) -> Score? {
        let scores = forms.compactMap { $0.scores[element.rawValue] }
        guard scores.count >= Self.fewest else { return nil }
        return Score(count: scores.count, mean: Double(scores.reduce(0, +)) / Double(scores.count))
      }
      var groups: [SelfScan.Group: Score] = [:]
      for group in SelfScan.Group.allCases { groups[group] = score(given.filter { $0.party == group }) }
      return Line(element: element, all: counts.mayShowTotal ? score(given) : nil, groups: groups)
    }
    self.counts = counts
  }

  /// Where groups differ most, the widest first.
  var differences: [Line] {
    lines.filter(\.differs).sorted { ($1.gap ?? 0, $0.place) < ($0.gap ?? 0, $1.place) }
  }

  /// What everyone finds weakest, at most three and below the middle.
  var weakest: [Line] {
    Array(
      lines.filter { ($0.all?.mean ?? 5) < 3 }
        .sorted { ($0.all?.mean ?? 5, $0.place) < ($1.all?.mean ?? 5, $1.place) }.prefix(3))
  }
}

/// How many forms each group gave, and what of that may be shown: no group under five, and no total from which one could
/// be counted back.
struct FormCounts: Equatable {
  private let groups: [SelfScan.Group: Int]
  /// Forms that did not count.
  let leftOut: Int

  init(_ groups: [SelfScan.Group: Int], leftOut: Int = 0) {
    self.groups = groups
    self.leftOut = leftOut
  }

  /// Together those that are too small.
  private var hidden: Int { groups.values.filter { !SmallCount.isShown($0) }.reduce(0, +) }

  /// With the total beside all groups but the small ones, these could be counted back: only when they are many together.
  var mayShowTotal: Bool { hidden == 0 || hidden >= SmallCount.fewest }

  /// nil when it may not be known.
  var total: Int? {
    let total = groups.values.reduce(0, +)
    return mayShowTotal && SmallCount.isShown(total) ? total : nil
  }

  /// nil when it may not be known.
  subscript(_ group: SelfScan.Group) -> Int? {
    let count = groups[group] ?? 0
    return SmallCount.isShown(count) ? count : nil
  }

  /// Whether a list of forms with their groups shows no small one.
  var hasNoSmallGroup: Bool { hidden == 0 }
}

extension SelfScanResult.Line {
  fileprivate var place: Int { SelfScan.Element.allCases.firstIndex(of: element) ?? 0 }
}
