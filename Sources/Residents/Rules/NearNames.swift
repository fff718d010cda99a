/// Could two names, of people born on one day, be of one person? Order, small words, initials, a name more or less and
/// one letter don't matter; the coordinator decides.
public struct NearNames: Sendable, Equatable {
  private let words: [String]
  private let solid: Set<String>

  public init(first: String, last: String) {
    let first = Self.counting(first, small: Names.particles)
    let last = Self.counting(last, small: Names.particles.union(Names.letterParticles))
    words = (first + last).sorted()
    solid = [(first + last).joined(), (last + first).joined()]
  }

  /// All words but the small ones, which stand anywhere or nowhere. A name of small words only keeps them.
  private static func counting(_ text: String, small: Set<String>) -> [String] {
    let all = Names.words(text)
    let counting = all.filter { !small.contains($0.joined) }.flatMap { $0.pieces.filter { !small.contains($0) } }
    return counting.isEmpty ? all.flatMap(\.pieces) : counting
  }

  /// The same words, whatever their order.
  public func isSame(as other: NearNames) -> Bool { words == other.words }

  public func isNear(_ other: NearNames) -> Bool {
    guard !words.isEmpty, !other.words.isEmpty else { return false }
    if isSame(as: other) || !solid.isDisjoint(with: other.solid) { return true }
    let (few, many) = words.count <= other.words.count ? (words, other.words) : (other.words, words)
    return Self.pairUp(few, many)
  }

  /// Every word of the shorter name has its own in the longer one: the same, or its initial, or, once, one that is
  /// nearly so. One word at least must be the same: it holds the name together. A single name is found in a longer one.
  private static func pairUp(_ few: [String], _ many: [String]) -> Bool {
    var rest = many
    var holds = 0
    var misspelt = 0
    var unpaired: [String] = []
    for word in few {
      guard let place = rest.firstIndex(of: word) ?? rest.firstIndex(where: { sounds(word, $0) }) else {
        unpaired.append(word)
        continue
      }
      if word.count > 1 { holds += 1 }
      rest.remove(at: place)
    }
    for word in unpaired {
      if let place = rest.firstIndex(where: { isInitial(word, $0) }) {
        rest.remove(at: place)
      } else if let place = rest.firstIndex(where: { isMisspelt(word, $0) }) {
        rest.remove(at: place)
        misspelt += 1
      } else {
        return false
      }
    }
    return misspelt <= 1 && (holds > 0 || few.count == 1 && many.count == 1)
  }

  private static func isInitial(_ one: String, _ other: String) -> Bool {
    (one.count == 1 || other.count == 1) && one.first == other.first
  }

  private static func sounds(_ one: String, _ other: String) -> Bool {
    one.count > 1 && other.count > 1 && Names.sound(one) == Names.sound(other)
  }

  /// One letter apart, or the same consonants: Mohammed and Muhammad.
  private static func isMisspelt(_ one: String, _ other: String) -> Bool {
    let (a, b) = (Names.sound(one), Names.sound(other))
    guard min(a.count, b.count) >= 3 else { return false }
    let bones = a.filter { !"aeiou".contains($0) }
    return Names.differByOneLetter(a, b) || Names.differByOneLetter(one, other)
      || bones.count >= 3 && bones == b.filter { !"aeiou".contains($0) }
  }
}
