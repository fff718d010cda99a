internal import Kernel

/// Who is called what, by every word of a name: all words count before anything is cut, in a few milliseconds among
/// hundreds of thousands. Each word has the places of its people; what is asked is a set of places.
struct NameIndex: Sendable {
  /// What is known of somebody, to find them by.
  struct Entry: Sendable {
    let resident: ResidentID
    let firstName: String
    let lastName: String
    /// Digits of telephone numbers and client numbers.
    var numbers: [String] = []
  }

  private static let orderedMost = 3000

  private var residents: [ResidentID] = []
  private var sortNames: [String] = []
  private var isThere: [Bool] = []
  private var places: [ResidentID: Int] = [:]
  private var byWord: [String: [Int32]] = [:]
  private var bySound: [String: [String]] = [:]
  private var byNumber: [String: [Int32]] = [:]
  /// All words in order, without those that came since.
  private var words: [String] = []
  private var newWords: [String] = []

  var count: Int { places.count }

  /// Adds somebody, or what they are called now.
  mutating func put(_ entry: Entry) {
    remove(entry.resident)
    let place = Int32(residents.count)
    places[entry.resident] = residents.count
    residents.append(entry.resident)
    sortNames.append(folded(entry.firstName + " " + entry.lastName))
    isThere.append(true)
    for word in Self.findable(entry) {
      if byWord[word] == nil {
        newWords.append(word)
        bySound[Names.sound(word), default: []].append(word)
      }
      byWord[word, default: []].append(place)
    }
    for number in Set(entry.numbers) { byNumber[number, default: []].append(place) }
  }

  mutating func remove(_ resident: ResidentID) {
    guard let place = places.removeValue(forKey: resident) else { return }
    isThere[place] = false
  }

  /// Every piece of a name, as it stands and joined with its neighbours: Al-Hassan, Al Hassan and Alhassan are one.
  private static func findable(_ entry: Entry) -> Set<String> {
    var all: Set<String> = []
    for part in [entry.firstName, entry.lastName] {
      let pieces = Names.words(part).flatMap(\.pieces)
      for start in pieces.indices {
        for length in 1...3 where start + length <= pieces.count {
          all.insert(pieces[start..<(start + length)].joined())
        }
      }
    }
    return all
  }

  /// Everyone of whom each typed word begins a part of the name, by name.
  mutating func find(_ typed: String) -> [ResidentID] {
    // The longest word leaves the fewest people; of few it is seen at once whether the others fit too.
    let words = Names.words(typed).sorted { ($0.isSmall ? 0 : $0.joined.count) > ($1.isSmall ? 0 : $1.joined.count) }
    guard let first = words.first else { return [] }
    sortWords()
    var found = places(begin(with: first))
    for word in words.dropFirst() {
      if found.count <= Self.fewAtMost {
        found = found.filter { fits(word, $0) }
      } else {
        let these = begin(with: word)
        found = found.filter { these[$0] }
      }
    }
    return inOrder(found)
  }

  /// Everyone whose name is that but for a letter in each word, and whatever small words stand between.
  mutating func findNearly(_ typed: String) -> [ResidentID] {
    let words = Names.words(typed).sorted { $0.joined.count > $1.joined.count }
    let counting = words.filter { !$0.isSmall }.isEmpty ? words : words.filter { !$0.isSmall }
    guard let first = counting.first else { return [] }
    sortWords()
    var found = places(nearly(first.joined))
    for word in counting.dropFirst() {
      if found.count <= Self.fewAtMost {
        let (letters, sound) = (Array(word.joined.unicodeScalars), Names.sound(word.joined))
        found = found.filter { place in
          sortNames[place].split(separator: " ").contains { piece in
            Near(letters, Array(piece.unicodeScalars), isPrefixEnough: true).isNear
              || Names.sound(String(piece)) == sound
          }
        }
      } else {
        let these = nearly(word.joined)
        found = found.filter { these[$0] }
      }
    }
    return inOrder(found)
  }

  /// Everyone with this telephone number or client number.
  func find(number typed: String) -> [ResidentID] {
    let found = Set(PhoneOrClient.keys(typed).flatMap { byNumber[$0] ?? [] })
    return found.filter { isThere[Int($0)] }.sorted().map { residents[Int($0)] }
  }

  private static let fewAtMost = 2000

  private func places(_ these: [Bool]) -> [Int] { these.indices.filter { these[$0] && isThere[$0] } }

  private func inOrder(_ places: [Int]) -> [ResidentID] {
    // Nobody reads so far: their order is not worth the wait.
    guard places.count <= Self.orderedMost else { return places.map { residents[$0] } }
    return places.sorted { (sortNames[$0], residents[$0]) < (sortNames[$1], residents[$1]) }.map { residents[$0] }
  }

  /// Whether a word begins a part of somebody's name, as `begin(with:)` finds it.
  private func fits(_ word: Names.Word, _ place: Int) -> Bool {
    let pieces = sortNames[place].split(separator: " ")
    func begins(_ prefix: String) -> Bool {
      pieces.indices.contains { start in
        (1...3).contains { length in
          start + length <= pieces.count && pieces[start..<(start + length)].joined().hasPrefix(prefix)
        }
      }
    }
    return begins(word.joined) || word.pieces.count > 1 && word.pieces.allSatisfy(begins)
  }

  private mutating func sortWords() {
    guard !newWords.isEmpty else { return }
    let new = newWords.sorted()
    newWords = []
    guard !words.isEmpty else {
      words = new
      return
    }
    var merged: [String] = []
    merged.reserveCapacity(words.count + new.count)
    var next = new.makeIterator()
    var waiting = next.next()
    for word in words {
      while let one = waiting, one < word {
        merged.append(one)
        waiting = next.next()
      }
      merged.append(word)
    }
    while let one = waiting {
      merged.append(one)
      waiting = next.next()
    }
    words = merged
  }

  /// A word typed with a hyphen is found written as one, or in its pieces.
  private func begin(with word: Names.Word) -> [Bool] {
    var found = begin(with: word.joined)
    guard word.pieces.count > 1 else { return found }
    var inPieces = begin(with: word.pieces[0])
    for piece in word.pieces.dropFirst() {
      let these = begin(with: piece)
      for place in inPieces.indices where !these[place] { inPieces[place] = false }
    }
    for place in found.indices where inPieces[place] { found[place] = true }
    return found
  }

  private func begin(with prefix: String) -> [Bool] {
    var low = 0
    var high = words.count
    while low < high {
      let middle = (low + high) / 2
      if words[middle] < prefix { low = middle + 1 } else { high = middle }
    }
    var found = [Bool](repeating: false, count: residents.count)
    while low < words.count, words[low].hasPrefix(prefix) {
      for place in byWord[words[low]] ?? [] { found[Int(place)] = true }
      low += 1
    }
    return found
  }

  private func nearly(_ typed: String) -> [Bool] {
    guard typed.count >= 3 else { return begin(with: typed) }
    var found = [Bool](repeating: false, count: residents.count)
    let letters = Array(typed.unicodeScalars)
    let alike = bySound[Names.sound(typed)] ?? []
    let near = words.filter { word in
      Self.mayBeNear(typed, word) && Near(letters, Array(word.unicodeScalars), isPrefixEnough: true).isNear
    }
    for word in near + alike {
      for place in byWord[word] ?? [] { found[Int(place)] = true }
    }
    return found
  }
}

extension NameIndex {
  /// With one letter wrong, one of the first two stands where it should or beside it.
  private static func mayBeNear(_ typed: String, _ word: String) -> Bool {
    let (a, b) = (typed.utf8.prefix(2), word.utf8.prefix(2))
    guard let first = a.first, let second = a.last, a.allSatisfy({ $0 < 0x80 }), let other = b.first, let next = b.last
    else { return true }
    return first == other || second == next || first == next || second == other
  }
}

/// Numbers by which somebody is found: a telephone number by its last nine digits, so that +31 6 and 06 are alike; a
/// client number whole, with or without the zeros before it.
enum PhoneOrClient {
  /// Is this a number rather than a name?
  static func isNumber(_ typed: String) -> Bool {
    let rest = typed.filter { !"+()-./ ".contains($0) && !$0.isWhitespace }
    return rest.count >= 2 && rest.contains { $0.isASCII && $0.isNumber }
      && rest.count(where: \.isLetter) <= rest.count / 2
  }

  static func phoneKey(_ number: String) -> String? {
    let digits = number.filter { $0.isASCII && $0.isNumber }
    return digits.count >= 9 ? "phone:" + digits.suffix(9) : nil
  }

  static func clientKey(_ number: String) -> String? {
    let text = Names.solid(number)
    let zeros = text.prefix { $0 == "0" }.count
    let rest = text.dropFirst(zeros)
    return text.isEmpty ? nil : "client:" + (rest.isEmpty ? "0" : rest)
  }

  static func keys(_ typed: String) -> [String] { [phoneKey(typed), clientKey(typed)].compactMap(\.self) }
}
