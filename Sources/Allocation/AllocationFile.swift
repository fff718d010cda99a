/// Reads the two DIMACS formats in one pass: `p alloc` with areas, and `p asn`, the assignment problem.
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

  /// - Parameter source: puts the next bytes of the file into a buffer and says how many; 0 at the end.
  /// - Throws: a `Fault`, or what `source` throws.
  public init(reading source: @escaping (UnsafeMutableRawBufferPointer) throws -> Int) throws {
    var lines = FileLines()
    try lines.read(DimacsReader(source))
    format = lines.format
    (problem, turned) = try lines.problem()
  }

  /// - Throws: a `Fault`.
  public init(_ bytes: [UInt8]) throws {
    var place = 0
    try self.init { buffer in
      let count = min(buffer.count, bytes.count - place)
      bytes.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[place..<place + count])) }
      place += count
      return count
    }
  }
}

/// What the lines of a file say, with the line of each edge.
private struct FileLines {
  typealias Fault = AllocationFile.Fault

  private(set) var format = AllocationFile.Format.alloc
  private var people = 0
  private var areaOfHome: [Int32] = []
  private var parents: [Int32] = []
  private var capacity: [Int] = []
  /// The line that gave each; 0 for none. What is said twice is refused with both: which of the two was meant?
  private var lineOfArea: [Int32] = []
  private var lineOfHome: [Int32] = []
  /// Of the nodes of an assignment problem on the first side.
  private var lineOfNode: [Int32] = []
  private var edges: [Problem.Edge] = []
  private var lineOfEdge: [Int32] = []

  mutating func read(_ reader: consuming DimacsReader) throws {
    var wanted: Int?
    var lineOfHeader = 0
    while let letter = try reader.next() {
      if letter == UInt8(ascii: "p") {
        if wanted != nil { throw Fault(reader.line, "a second line p; the first is line \(lineOfHeader)") }
        wanted = try header(&reader)
        lineOfHeader = reader.line
      } else if wanted == nil {
        throw Fault(reader.line, "a line before p")
      } else {
        try format == .alloc ? allocLine(letter, &reader) : asnLine(letter, &reader)
      }
      try reader.end()
    }
    guard let wanted else { throw Fault(nil, "no line p") }
    guard edges.count == wanted else { throw Fault(nil, "\(edges.count) edges where line p has \(wanted)") }
    if let missing = lineOfArea.firstIndex(of: 0) { throw Fault(nil, "area \(missing + 1) has no line a") }
  }

  /// - Returns: how many edges there should be.
  private mutating func header(_ reader: inout DimacsReader) throws -> Int {
    switch reader.word() {
    case "alloc":
      people = try reader.number(0...10_000_000, "how many people")
      areaOfHome = Array(repeating: -1, count: try reader.number(0...10_000_000, "how many homes"))
      let areas = try reader.number(0...10_000_000, "how many areas")
      parents = Array(repeating: -1, count: areas)
      capacity = Array(repeating: 0, count: areas)
      lineOfArea = Array(repeating: 0, count: areas)
      lineOfHome = Array(repeating: 0, count: areaOfHome.count)
    case "asn":
      format = .asn
      people = try reader.number(0...10_000_000, "how many nodes")
      lineOfNode = Array(repeating: 0, count: people)
    default: throw Fault(reader.line, "no p alloc or p asn")
    }
    let wanted = try reader.number(0...2_000_000_000, "how many edges")
    // Not more at once than a line that says so costs nothing.
    edges.reserveCapacity(min(wanted, 4_000_000))
    lineOfEdge.reserveCapacity(min(wanted, 4_000_000))
    return wanted
  }

  @inline(__always)
  private mutating func allocLine(_ letter: UInt8, _ reader: inout DimacsReader) throws {
    switch letter {
    case UInt8(ascii: "e"):
      guard people > 0, !areaOfHome.isEmpty else { throw Fault(reader.line, "there is nobody, or no home") }
      let person = try reader.number(1...people, "the person")
      let home = try reader.number(1...areaOfHome.count, "the home")
      let weight = try reader.number(0...1_000_000_000, "the weight")
      edges.append(Problem.Edge(person: Int32(person - 1), home: Int32(home - 1), weight: Int64(weight)))
      lineOfEdge.append(Int32(truncatingIfNeeded: reader.line))
    case UInt8(ascii: "h"):
      guard !areaOfHome.isEmpty else { throw Fault(reader.line, "there are no homes") }
      let home = try reader.number(1...areaOfHome.count, "the home")
      try Self.take(&lineOfHome[home - 1], reader.line, "home", home)
      areaOfHome[home - 1] = Int32(try reader.number(0...parents.count, "its area") - 1)
    case UInt8(ascii: "a"):
      guard !parents.isEmpty else { throw Fault(reader.line, "there are no areas") }
      let area = try reader.number(1...parents.count, "the area")
      try Self.take(&lineOfArea[area - 1], reader.line, "area", area)
      parents[area - 1] = Int32(try reader.number(0...parents.count, "its parent") - 1)
      capacity[area - 1] = try reader.number(0...1_000_000_000, "its capacity")
    default: throw strange(letter, reader.line)
    }
  }

  private mutating func asnLine(_ letter: UInt8, _ reader: inout DimacsReader) throws {
    switch letter {
    case UInt8(ascii: "n"):
      guard people > 0 else { throw Fault(reader.line, "there are no nodes") }
      let node = try reader.number(1...people, "the node")
      try Self.take(&lineOfNode[node - 1], reader.line, "node", node)
    case UInt8(ascii: "a"):
      let one = try reader.number(1...max(1, people), "the first node")
      let other = try reader.number(1...max(1, people), "the second node")
      let cost = try reader.number(-1_000_000_000...1_000_000_000, "the cost")
      edges.append(Problem.Edge(person: Int32(one - 1), home: Int32(other - 1), weight: Int64(cost)))
      lineOfEdge.append(Int32(truncatingIfNeeded: reader.line))
    default: throw strange(letter, reader.line)
    }
  }

  /// Notes the line that gives something; refuses a second one.
  private static func take(_ given: inout Int32, _ line: Int, _ what: String, _ number: Int) throws {
    guard given == 0 else { throw Fault(line, "\(what) \(number) stands there twice: on line \(given) too") }
    given = Int32(truncatingIfNeeded: line)
  }

  private func strange(_ letter: UInt8, _ line: Int) -> Fault {
    Fault(line, "a line should not begin with \(Character(UnicodeScalar(letter)))")
  }

  /// The problem, and for `asn` what costs were taken from.
  consuming func problem() throws -> (Problem, Int64) {
    var turned: Int64 = 0
    if format == .asn { turned = try turn() }
    let lines = lineOfEdge
    do throws(Problem.Fault) {
      let problem = try Problem(
        personCount: people, areaOfHome: areaOfHome, parentOfArea: parents, capacity: capacity, edges: edges)
      return (problem, turned)
    } catch {
      switch error {
      case .cycle(let area): throw Fault(nil, "area \(area + 1) lies within itself")
      case .unknown(let edge): throw Fault(Int(lines[edge]), "an edge of nobody")
      case .weight(let edge): throw Fault(Int(lines[edge]), "a weight beyond 2^61")
      case .twice(let edge):
        let (person, home) = (edges[edge].person, edges[edge].home)
        let first = edges.firstIndex { $0.person == person && $0.home == home } ?? edge
        throw Fault(
          Int(lines[edge]), "person \(person + 1) and home \(home + 1) stand there twice: on line \(lines[first]) too")
      }
    }
  }

  /// Costs to weights, and nodes to people and homes. A weight is so large that placing one more is always better.
  private mutating func turn() throws -> Int64 {
    let size = lineOfNode.count { $0 > 0 }
    guard size * 2 == lineOfNode.count else {
      throw Fault(nil, "\(size) of \(lineOfNode.count) nodes are on one side, not half")
    }
    var number = [Int32](repeating: 0, count: lineOfNode.count)
    var (first, second): (Int32, Int32) = (0, 0)
    for node in lineOfNode.indices {
      number[node] = lineOfNode[node] > 0 ? first : second
      if lineOfNode[node] > 0 { first += 1 } else { second += 1 }
    }
    let low = edges.lazy.map(\.weight).min() ?? 0
    let high = edges.lazy.map(\.weight).max() ?? 0
    let most = high + (high - low + 1) * Int64(size + 1)
    for (place, edge) in edges.enumerated() {
      guard lineOfNode[Int(edge.person)] > 0, lineOfNode[Int(edge.home)] == 0 else {
        throw Fault(Int(lineOfEdge[place]), "an arc goes from a node on the first side to one on the other")
      }
      edges[place] = Problem.Edge(
        person: number[Int(edge.person)], home: number[Int(edge.home)], weight: most - edge.weight)
    }
    people = size
    areaOfHome = Array(repeating: -1, count: size)
    return most
  }
}
