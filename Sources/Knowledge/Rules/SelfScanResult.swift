/// What a neighbourhood thinks of itself, and where its groups differ.
struct SelfScanResult: Equatable {
  /// With fewer forms in a group its score would show what single people said.
  static let fewest = 3
  /// From here on groups differ enough to talk about.
  static let wide = 1.0

  struct Score: Equatable {
    let count: Int
    let mean: Double
  }

  struct Line: Equatable {
    let element: SelfScan.Element
    /// Of everyone; nil with too few forms.
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
  let counts: [SelfScan.Group: Int]
  /// Forms that did not count, which everyone may know.
  let leftOut: Int

  var isEmpty: Bool { lines.allSatisfy { $0.all == nil && $0.groups.isEmpty } }

  init(_ forms: [SelfScanForm]) {
    let given = forms.filter { $0.leftOutOn == nil }
    let counts = Dictionary(grouping: given, by: \.party).mapValues(\.count)
    lines = SelfScan.Element.allCases.map { element in
      func score(_ forms: [SelfScanForm]) -> Score? {
        let scores = forms.compactMap { $0.scores[element.rawValue] }
        guard scores.count >= Self.fewest else { return nil }
        return Score(count: scores.count, mean: Double(scores.reduce(0, +)) / Double(scores.count))
      }
      var groups: [SelfScan.Group: Score] = [:]
      for group in SelfScan.Group.allCases { groups[group] = score(given.filter { $0.party == group }) }
      // With the total beside all groups but one, that one could be counted back.
      let hidden = SelfScan.Group.allCases.filter { groups[$0] == nil && counts[$0] ?? 0 > 0 }
      let isSafe = hidden.isEmpty || hidden.map { counts[$0] ?? 0 }.reduce(0, +) >= Self.fewest
      return Line(element: element, all: isSafe ? score(given) : nil, groups: groups)
    }
    self.counts = counts
    leftOut = forms.count - given.count
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

extension SelfScanResult.Line {
  fileprivate var place: Int { SelfScan.Element.allCases.firstIndex(of: element) ?? 0 }
}
