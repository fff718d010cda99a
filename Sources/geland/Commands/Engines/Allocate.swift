internal import Allocation
internal import ArgumentParser
internal import Crypto
internal import EngineKit
internal import Foundation

/// `geland allocate`: who gets which home, so that all together it suits best.
struct Allocate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "allocate",
    abstract: "People to homes, the best there is, with a proof anyone can check.",
    discussion: #"""
      Reads people, homes, areas with room for so many, and how well each home suits
      each person; finds the allocation of the largest total weight. At most one home
      a person, one person a home, and CAPACITY homes in an area and all below it.

        p alloc PEOPLE HOMES AREAS EDGES
        a AREA PARENT CAPACITY        PARENT 0 for none
        h HOME AREA                   homes without a line are in no area
        e PERSON HOME WEIGHT          0 to 1000000000
        c anything                    a remark

      Three people, two homes in one building of which one may be filled:

        $ printf 'p alloc 3 2 1 4\na 1 0 1\nh 1 1\nh 2 1\n' >round.txt
        $ printf 'e 1 1 5\ne 2 1 7\ne 2 2 4\ne 3 2 6\n' >>round.txt
        $ geland allocate round.txt --json
        {"total": 7, "placed": 1, "matches": [[2, 1]]}

      What stands there twice, as a home in two areas, is refused with both lines.
      Without --json: `s TOTAL`, then `m PERSON HOME`. --prices writes what proves
      it: prices of people, homes and areas with WEIGHT <= person + home + the
      home's areas on every edge, and TOTAL = the sum of all, areas times CAPACITY.

      --lottery SEED draws among equal optima: each edge gets the number made of the
      first bits of SHA-256("SEED:PERSON:HOME"), and of all optima the one with the
      largest sum wins. Anyone can do it again with other software. DIMACS
      assignment (`p asn`, least cost, everyone placed) is read too.
      """#)

  @Argument(help: "The problem; - for standard input.") var file: String
  @Option(help: "Where the allocation goes, instead of standard output.") var output: String?
  @Option(help: "Where the prices go.") var prices: String?
  @Option(help: "The word a lottery begins with.") var lottery: String?
  @Option(name: .customLong("lottery-bits"), help: "How many bits each edge draws.") var bits = 20
  @Flag(help: "One line of JSON.") var json = false
  @Flag(help: "Say on standard error how long reading and solving took.") var timing = false

  func validate() throws {
    if !(1...40).contains(bits) { throw ValidationError("--lottery-bits must be from 1 to 40.") }
  }

  func run() throws {
    let began = clock()
    let read = try EngineFile.checking(file) {
      do {
        return try AllocationFile(reading: EngineFile.pieces(file))
      } catch let fault as AllocationFile.Fault {
        throw InputFault(line: fault.line, fault.reason)
      }
    }
    var problem = read.problem
    var scale: Int64 = 1
    if let lottery { (problem, scale) = try EngineFile.checking(file) { try drawn(read.problem, lottery) } }
    let isRead = clock()
    let found = problem.solved()
    let isSolved = clock()
    // Nothing goes out that isn't proven.
    precondition(problem.proves(found), "the prices don't prove the allocation")
    if timing { EngineFile.complain(Self.times(began, isRead, isSolved)) }
    let report = AllocationReport(read, problem, found, scale: scale, bits: lottery == nil ? nil : bits)
    if read.format == .asn, report.matches.count < read.problem.personCount {
      EngineFile.complain("\(file): not everyone can be placed")
      throw Exit.badData
    }
    if let prices { try EngineFile.write(report.prices, to: prices) }
    let answer = json ? report.json + "\n" : report.lines
    if let output { try EngineFile.write(answer, to: output) } else { EngineFile.put(answer) }
  }

  private static func times(_ began: clock_t, _ isRead: clock_t, _ isSolved: clock_t) -> String {
    func seconds(_ from: clock_t, _ to: clock_t) -> String {
      String(format: "%.3f", Double(to - from) / Double(CLOCKS_PER_SEC))
    }
    return "c read in \(seconds(began, isRead)) s, solved in \(seconds(isRead, isSolved)) s of processor time"
  }

  /// Weights so far apart that the draw only decides between equals.
  private func drawn(_ problem: Problem, _ seed: String) throws -> (Problem, Int64) {
    let people = min(problem.personCount, problem.homeCount)
    // The sum of everyone's numbers must stay below one step of weight.
    let room = bits + max(1, Int.bitWidth - people.leadingZeroBitCount)
    let most = problem.edges.map(\.weight).max() ?? 0
    guard most <= Problem.largestWeight >> Int64(room) else {
      throw InputFault(
        "weights to \(most) and \(bits) bits for the lottery don't fit 61 bits; use fewer --lottery-bits")
    }
    let edges = problem.edges.map { edge in
      var scaled = edge
      scaled.weight = edge.weight << Int64(room) + number(seed, edge)
      return scaled
    }
    let made = try? Problem(
      personCount: problem.personCount, areaOfHome: problem.areaOfHome, parentOfArea: problem.parentOfArea,
      capacity: problem.capacity, edges: edges)
    return (made ?? problem, 1 << Int64(room))
  }

  private func number(_ seed: String, _ edge: Problem.Edge) -> Int64 {
    let digest = SHA256.hash(data: Data("\(seed):\(edge.person + 1):\(edge.home + 1)".utf8))
    let first = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int64(first >> UInt64(64 - bits))
  }
}

/// The answer, for people and for programs.
struct AllocationReport {
  let matches: [(person: Int, home: Int)]
  private let total: Int128
  private let problem: Problem
  private let found: Allocation
  private let scale: Int64
  private let bits: Int?

  init(_ read: AllocationFile, _ problem: Problem, _ found: Allocation, scale: Int64, bits: Int?) {
    self.problem = problem
    self.found = found
    self.scale = scale
    self.bits = bits
    matches = found.homeOfPerson.enumerated().filter { $1 >= 0 }.map { ($0 + 1, Int($1) + 1) }
    total =
      read.format == .asn ? Int128(read.turned) * Int128(matches.count) - found.total : found.total / Int128(scale)
  }

  var lines: String {
    var text = bits.map { "c lottery of \($0) bits\n" } ?? ""
    text += "s \(total)\n"
    for (person, home) in matches { text += "m \(person) \(home)\n" }
    return text
  }

  /// In units of the problem that was solved: with a lottery, weight·scale + number.
  var prices: String {
    var text = "c y p PERSON PRICE, y h HOME PRICE, y a AREA PRICE; others are 0\n"
    if scale > 1 { text += "c of the problem with weight times \(scale) plus the number drawn\n" }
    for (letter, prices) in [("p", found.priceOfPerson), ("h", found.priceOfHome), ("a", found.priceOfArea)] {
      for (place, price) in prices.enumerated() where price > 0 { text += "y \(letter) \(place + 1) \(price)\n" }
    }
    return text
  }

  var json: String {
    var writer = JSONWriter()
    writer.object { json in
      json.member("total", Int(total))
      json.member("placed", matches.count)
      json.member("matches") { json in
        json.array { json in
          for (person, home) in matches {
            json.element { json in
              json.array { json in
                json.element(Double(person))
                json.element(Double(home))
              }
            }
          }
        }
      }
    }
    return writer.text
  }
}
