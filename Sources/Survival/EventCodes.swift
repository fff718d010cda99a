/// How each person's time ended, from what stands in a table: yes or no, or which cause.
///
/// - Yes or no: 1 and 0, true and false, yes and no, ja and nee, waar and onwaar, in any case.
/// - Causes: 0 where nothing had happened yet; otherwise a whole number of up to four digits, or a name.
///
/// The two are not mixed, and neither are numbers and names: a word that was meant as "no" must never count as an event.
public struct EventCodes: Sendable, Equatable {
  /// 0 where nothing had happened yet, else the number of the cause, from 1.
  public let events: [Int32]
  /// Numbers by size, names by letter.
  public let causes: [String]
  /// Whether 0, or a word for no, stands anywhere.
  public let hasNotYet: Bool

  /// What is wrong, at which place, and the place of what it does not go with.
  public struct Fault: Error, Equatable, Sendable {
    public let place: Int
    public let reason: String
    public let beside: Int?
  }

  /// What a value says beyond 0 and 1, which fit with more than one.
  private enum Kind { case yesOrNo, number, name }

  private static let words: [String: String] = [
    "true": "1", "yes": "1", "ja": "1", "waar": "1", "false": "0", "no": "0", "nee": "0", "onwaar": "0",
  ]
  private static let mostCauses = 100

  /// - Parameter texts: without white space around them, and without those that say nothing.
  public init(_ texts: [String]) throws(Fault) {
    var codes: [String: String] = [:]
    var settled: (kind: Kind, place: Int)?
    var firstOne: Int?
    for (place, text) in texts.enumerated() where codes[text] == nil {
      guard let (code, kind) = Self.read(text) else {
        throw Fault(
          place: place, reason: "\"\(text)\", which is no yes or no (1 or 0, true or false, ja or nee) and no cause",
          beside: nil)
      }
      codes[text] = code
      let isOne = kind == nil && code == "1"
      if isOne { firstOne = firstOne ?? place }
      if let other = Self.conflict(kind, isOne: isOne, settled, firstOne) {
        throw Fault(
          place: place, reason: "\"\(text)\" beside \"\(texts[other])\": say yes or no, or numbers, or names",
          beside: other)
      }
      if let kind { settled = settled ?? (kind, place) }
    }
    hasNotYet = codes.values.contains("0")
    let causes = Self.inOrder(Set(codes.values).subtracting(["0"]))
    if let settled, settled.kind == .name, !hasNotYet {
      throw Fault(
        place: settled.place,
        reason: "\"\(texts[settled.place])\", a cause, and nobody has 0: write 0 where nothing had happened yet",
        beside: nil)
    }
    guard causes.count <= Self.mostCauses else {
      throw Fault(
        place: 0, reason: "\"\(texts[0])\" and \(causes.count - 1) more, too many causes: is it this column?",
        beside: nil)
    }
    let numbers = Dictionary(uniqueKeysWithValues: causes.enumerated().map { ($1, Int32($0 + 1)) })
    let events = codes.mapValues { numbers[$0] ?? 0 }
    self.events = texts.map { events[$0] ?? 0 }
    self.causes = causes
  }

  /// The cause a text means: "yes" and "1.0" are "1".
  public static func cause(_ text: String) -> String { read(text)?.code ?? text }

  private static func read(_ text: String) -> (code: String, kind: Kind?)? {
    if let code = words[text.lowercased()] { return (code, .yesOrNo) }
    let isPlain = text.allSatisfy { $0.isASCII && ($0.isNumber || "+-.".contains($0)) }
    if isPlain || Double(text) != nil {
      guard isPlain, let number = Double(text), let whole = Int(exactly: number), 0...9999 ~= whole else { return nil }
      return (String(whole), whole > 1 ? .number : nil)
    }
    return text.contains(where: \.isLetter) ? (text, .name) : nil
  }

  /// The place of what a value does not go with.
  private static func conflict(
    _ kind: Kind?, isOne: Bool, _ settled: (kind: Kind, place: Int)?, _ firstOne: Int?
  ) -> Int? {
    if let settled, let kind, settled.kind != kind { return settled.place }
    if let settled, isOne, settled.kind == .name { return settled.place }
    return kind == .name ? firstOne : nil
  }

  private static func inOrder(_ names: Set<String>) -> [String] {
    names.sorted { left, right in
      if let one = Int(left), let other = Int(right), one != other { return one < other }
      return left < right
    }
  }
}
