/// Reads the two DIMACS formats in one pass over the bytes: `p alloc` with areas, and `p asn`, the assignment problem.
public struct AllocationFile: Sendable {
  public enum Format: Sendable { case alloc, asn }

  /// What is wrong, and on which line.
  public struct Fault: Error, Equatable, Sendable {
    public let line: Int?
    public let reason: String

    init(_ line: Int?, _ reason: String) {
      self.line = line
      self.reason = reason
    }
  }

  public let format: Format
  public let problem: Problem
  /// For `asn`: costs were turned into weights by taking them from this, so that everyone is placed.
  public let turned: Int64

  public init(_ bytes: [UInt8]) throws(Fault) {
    var reader = DimacsReader(bytes)
    var people = 0
    var kind: Format?
    var (areaOfHome, parents, capacity): ([Int32], [Int32], [Int]) = ([], [], [])
    var edges: [Problem.Edge] = []
    var lines: [Int32] = []
    var isGiven: [Bool] = []
    var isFirst: [Bool] = []
    var wanted = 0
    while let letter = try reader.next() {
      if letter == UInt8(ascii: "p") {
        if kind != nil { throw Fault(reader.line, "a second line p") }
        let name = reader.word()
        guard name == "alloc" || name == "asn" else { throw Fault(reader.line, "no p alloc or p asn") }
        kind = name == "alloc" ? .alloc : .asn
        people = try reader.number(0...10_000_000, "how many people")
        if name == "alloc" {
          areaOfHome = Array(repeating: -1, count: try reader.number(0...10_000_000, "how many homes"))
          let areas = try reader.number(0...10_000_000, "how many areas")
          parents = Array(repeating: -1, count: areas)
          capacity = Array(repeating: 0, count: areas)
          isGiven = Array(repeating: false, count: areas)
        } else {
          isFirst = Array(repeating: false, count: people)
        }
        wanted = try reader.number(0...2_000_000_000, "how many edges")
        edges.reserveCapacity(min(wanted, bytes.count / 4))
        lines.reserveCapacity(min(wanted, bytes.count / 4))
        try reader.end()
        continue
      }
      guard let kind else { throw Fault(reader.line, "a line before p") }
      switch (kind, letter) {
      case (.alloc, UInt8(ascii: "a")):
        let area = try reader.number(1...max(1, parents.count), "the area")
        guard !parents.isEmpty else { throw Fault(reader.line, "there are no areas") }
        if isGiven[area - 1] { throw Fault(reader.line, "area \(area) stands there twice") }
        isGiven[area - 1] = true
        parents[area - 1] = Int32(try reader.number(0...parents.count, "its parent") - 1)
        capacity[area - 1] = try reader.number(0...1_000_000_000, "its capacity")
      case (.alloc, UInt8(ascii: "h")):
        guard !areaOfHome.isEmpty else { throw Fault(reader.line, "there are no homes") }
        let home = try reader.number(1...areaOfHome.count, "the home")
        areaOfHome[home - 1] = Int32(try reader.number(0...parents.count, "its area") - 1)
      case (.alloc, UInt8(ascii: "e")):
        guard people > 0, !areaOfHome.isEmpty else { throw Fault(reader.line, "there is nobody, or no home") }
        let person = try reader.number(1...people, "the person")
        let home = try reader.number(1...areaOfHome.count, "the home")
        let weight = try reader.number(0...1_000_000_000, "the weight")
        edges.append(Problem.Edge(person: Int32(person - 1), home: Int32(home - 1), weight: Int64(weight)))
        lines.append(Int32(reader.line))
      case (.asn, UInt8(ascii: "n")):
        isFirst[try reader.number(1...max(1, people), "the node") - 1] = true
      case (.asn, UInt8(ascii: "a")):
        let one = try reader.number(1...max(1, people), "the first node")
        let other = try reader.number(1...max(1, people), "the second node")
        let cost = try reader.number(-1_000_000_000...1_000_000_000, "the cost")
        edges.append(Problem.Edge(person: Int32(one - 1), home: Int32(other - 1), weight: Int64(cost)))
        lines.append(Int32(reader.line))
      default: throw Fault(reader.line, "a line should not begin with \(Character(UnicodeScalar(letter)))")
      }
      try reader.end()
    }
    guard let kind else { throw Fault(nil, "no line p") }
    guard edges.count == wanted else { throw Fault(nil, "\(edges.count) edges where line p has \(wanted)") }
    if let missing = isGiven.firstIndex(of: false) { throw Fault(nil, "area \(missing + 1) has no line a") }
    format = kind
    if kind == .asn {
      let (made, size, most) = try Self.turn(edges, isFirst, lines)
      edges = made
      people = size
      areaOfHome = Array(repeating: -1, count: size)
      turned = most
    } else {
      turned = 0
    }
    do {
      problem = try Problem(
        personCount: people, areaOfHome: areaOfHome, parentOfArea: parents, capacity: capacity, edges: edges)
    } catch {
      switch error {
      case .cycle(let area): throw Fault(nil, "area \(area + 1) lies within itself")
      case .unknown(let edge), .weight(let edge): throw Fault(Int(lines[edge]), "an edge of nobody")
      case .twice(let edge):
        let (person, home) = (edges[edge].person + 1, edges[edge].home + 1)
        throw Fault(Int(lines[edge]), "person \(person) and home \(home) stand there twice")
      }
    }
  }

  /// Costs to weights, and nodes to people and homes. A weight is so large that placing one more is always better.
  private static func turn(
    _ edges: [Problem.Edge], _ isFirst: [Bool], _ lines: [Int32]
  ) throws(Fault) -> ([Problem.Edge], Int, Int64) {
    let size = isFirst.count { $0 }
    guard size * 2 == isFirst.count else {
      throw Fault(nil, "\(size) of \(isFirst.count) nodes are on one side, not half")
    }
    var number = [Int32](repeating: 0, count: isFirst.count)
    var (first, second): (Int32, Int32) = (0, 0)
    for node in isFirst.indices {
      number[node] = isFirst[node] ? first : second
      if isFirst[node] { first += 1 } else { second += 1 }
    }
    let (low, high) = (edges.map(\.weight).min() ?? 0, edges.map(\.weight).max() ?? 0)
    let most = high + (high - low + 1) * Int64(size + 1)
    var made: [Problem.Edge] = []
    made.reserveCapacity(edges.count)
    for (place, edge) in edges.enumerated() {
      guard isFirst[Int(edge.person)], !isFirst[Int(edge.home)] else {
        throw Fault(Int(lines[place]), "an arc goes from a node on the first side to one on the other")
      }
      made.append(
        Problem.Edge(
          person: number[Int(edge.person)], home: number[Int(edge.home)], weight: most - edge.weight))
    }
    return (made, size, most)
  }
}

/// Goes through lines of letters and numbers.
private struct DimacsReader {
  private let bytes: [UInt8]
  private var place = 0
  private var nextLine = 1
  private(set) var line = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The letter of the next line that is no remark; nil at the end.
  mutating func next() throws(AllocationFile.Fault) -> UInt8? {
    while place < bytes.count {
      line = nextLine
      skipSpace()
      guard place < bytes.count else { return nil }
      let letter = bytes[place]
      if letter == UInt8(ascii: "\n") {
        place += 1
        nextLine += 1
      } else if letter == UInt8(ascii: "c"),
        place + 1 >= bytes.count || isSpace(bytes[place + 1]) || bytes[place + 1] == 10
      {
        while place < bytes.count && bytes[place] != UInt8(ascii: "\n") { place += 1 }
      } else {
        place += 1
        guard place >= bytes.count || isSpace(bytes[place]) || bytes[place] == 10, letter > 32, letter < 127 else {
          throw AllocationFile.Fault(line, "a line begins with one letter")
        }
        return letter
      }
    }
    return nil
  }

  mutating func word() -> String {
    skipSpace()
    let start = place
    while place < bytes.count && !isSpace(bytes[place]) && bytes[place] != 10 { place += 1 }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  mutating func number(_ range: ClosedRange<Int>, _ what: String) throws(AllocationFile.Fault) -> Int {
    skipSpace()
    var value = 0
    let isNegative = place < bytes.count && bytes[place] == UInt8(ascii: "-")
    if isNegative { place += 1 }
    let start = place
    while place < bytes.count, bytes[place] &- 48 < 10, place - start < 18 {
      value = value * 10 + Int(bytes[place] &- 48)
      place += 1
    }
    let isEnded = place >= bytes.count || isSpace(bytes[place]) || bytes[place] == 10
    guard place > start, isEnded else { throw AllocationFile.Fault(line, "\(what) should be a whole number") }
    if isNegative { value = -value }
    guard range.contains(value) else {
      throw AllocationFile.Fault(line, "\(what) is \(value), not \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// Nothing more on this line.
  mutating func end() throws(AllocationFile.Fault) {
    skipSpace()
    guard place >= bytes.count || bytes[place] == UInt8(ascii: "\n") else {
      throw AllocationFile.Fault(line, "more on the line than belongs there")
    }
    place += 1
    nextLine += 1
  }

  @inline(__always)
  private func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 }

  private mutating func skipSpace() {
    while place < bytes.count && isSpace(bytes[place]) { place += 1 }
  }
}
