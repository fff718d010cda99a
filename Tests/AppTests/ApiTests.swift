internal import App
internal import Foundation
internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import Residents
@testable import Trust

/// The API through the real router: the same decisions as the pages, and the rules for Dutch government APIs.
@Suite struct ApiTests {
  private static let reads = [
    "", "/access", "/journey", "/facts", "/contacts", "/signals", "/handovers", "/goals", "/check-ins", "/story",
    "/early-warning-plan", "/circle",
  ]

  @Test(arguments: Role.allCases) func everyRoleSeesItsCategoriesAndNothingElse(_ role: Role) async throws {
    let file = try await MarkedFile()
    let program = try await Program(file.house, as: file.somebody(role))
    let access = await program.get("/residents/\(file.resident)/access").json
    var text = ""
    for path in Self.reads { text += await program.get("/residents/\(file.resident)\(path)").json.text }
    let matrix = SharingMatrix.standard
    let seesIdentity = [Level.read, .write].contains(matrix.level(role, .identity))
    for category in Category.allCases {
      let level = matrix.level(role, category)
      let isRead = level == .read || level == .write
      if seesIdentity {
        guard case .array(let rows)? = access["items"] else { throw Problem.notFound }
        let row = rows.first { $0["category"] == .string(category.rawValue) }
        #expect(row?["mayRead"] == .bool(isRead), "\(role) \(category)")
        #expect(row?["mayWrite"] == .bool(level == .write), "\(role) \(category)")
        #expect(row?["mayAdd"] == .bool(level == .write || level == .add), "\(role) \(category)")
      }
      if let mark = MarkedFile.marks[category], !isRead {
        #expect(!text.contains(mark), "\(role) reads \(category) through the API")
      }
    }
  }

  @Test func aWorkerReadsEveryMarkThroughTheApi() async throws {
    let file = try await MarkedFile()
    let program = try await Program(file.house, as: file.somebody(.supportWorker))
    var text = ""
    for path in Self.reads { text += await program.get("/residents/\(file.resident)\(path)").json.text }
    for (category, mark) in MarkedFile.marks { #expect(text.contains(mark), "\(category)") }
  }

  @Test func withoutATokenNothingOpens() async throws {
    let file = try await MarkedFile()
    let nobody = try await Program(file.house, as: nil)
    let browser = try await file.house.browser(of: file.worker)
    for path in Self.reads {
      #expect(await nobody.call("GET", "/residents/\(file.resident)\(path)").status == 401)
      // A browser's session does not open the API: no other site can use it from there.
      #expect(await browser.get("/api/v1/residents/\(file.resident)\(path)").status == 401)
    }
    let answer = await nobody.call("GET", "/residents")
    #expect(answer.header("content-type") == "application/problem+json")
    #expect(answer.header("api-version") == OpenAPI.version)
    #expect(answer.header("set-cookie") == nil)
  }

  @Test func allFaultsAreListedTogether() async throws {
    let file = try await MarkedFile()
    let program = try await Program(file.house, as: file.worker)
    let answer = await program.call(
      "POST", "/residents/\(file.resident)/contacts", #"{"channel": "pigeon", "minutes": 9999, "colour": "red"}"#)
    #expect(answer.status == 400)
    let json = try #require(JSON(parsing: answer.body))
    guard case .array(let errors)? = json["errors"] else { throw Problem.notFound }
    #expect(
      Set(errors.compactMap { $0["location"] }) == [
        .string("channel"), .string("minutes"), .string("colour"), .string("isReached"),
      ])
    for body in ["[]", "nonsense", "{", "\"x\""] {
      #expect(await program.call("POST", "/residents/\(file.resident)/contacts", body).status == 400)
    }
    let form = await program.call(
      "POST", "/residents/\(file.resident)/contacts", "channel=call", headers: ["content-type": "text/plain"])
    #expect(form.status == 400)
  }

  @Test func theSameKeyDoesItOnce() async throws {
    let file = try await MarkedFile()
    let program = try await Program(file.house, as: file.worker)
    let path = "/residents/\(file.resident)/contacts"
    let body = #"{"channel": "call", "isReached": true, "words": "gebeld"}"#
    let key = ["idempotency-key": "een"]
    let first = await program.call("POST", path, body, headers: key)
    let again = await program.call("POST", path, body, headers: key)
    #expect(first.status == 201 && again.status == 201)
    #expect(first.text == again.text)
    let other = await program.call("POST", path, #"{"channel": "visit", "isReached": true}"#, headers: key)
    #expect(other.status == 400)
    let resident = file.resident
    let count = try await file.house.read {
      try $0.count("select count(*) from contact where resident = \(resident) and channel = 'call'")
    }
    #expect(count == 1)
  }

  @Test func aChangeNeedsTheVersionThatIsThere() async throws {
    let file = try await MarkedFile()
    let program = try await Program(file.house, as: file.worker)
    let path = "/residents/\(file.resident)/story"
    func put(_ words: String, _ version: String?) async -> Outgoing {
      await program.call(
        "PUT", path, #"{"words": "\#(words)", "together": true}"#,
        headers: version.map { ["if-match": $0] } ?? [:])
    }
    #expect(await put("een", nil).status == 428)
    #expect(await put("een", "\"0\"").header("etag") == "\"1\"")
    #expect(await put("twee", "\"0\"").status == 412)
    #expect(await put("twee", "\"1\"").header("etag") == "\"2\"")
    #expect(await program.get(path).json["words"] == .string("twee"))
  }

  @Test func listsGoOnWhereTheyEnded() async throws {
    let house = try await TestHouse(seed: 2, demo: true)
    let program = try await Program(house, as: house.demoAccount("nieuwegein.a"))
    var path = "/residents?limit=2"
    var seen: [JSON] = []
    for _ in 0..<20 {
      let json = await program.get(path).json
      guard case .array(let items)? = json["items"] else { throw Problem.notFound }
      seen += items.compactMap { $0["id"] }
      guard case .string(let next)? = json["next"] else { break }
      path = "/residents?limit=2&after=\(next)"
    }
    #expect(seen.count >= 3)
    #expect(Set(seen.map(\.text)).count == seen.count)
  }

  @Test func theWholeWayWorksByProgram() async throws {
    let house = try await TestHouse(seed: 2, demo: true)
    let coordinator = try await Program(house, as: house.demoAccount("nieuwegein.a"))
    let receiver = try await house.demoAccount("thuishaven.1")
    let worker = try await Program(house, as: receiver)
    let made = await coordinator.call(
      "POST", "/residents",
      #"{"firstName": "Api", "lastName": "Proef", "birthDate": "1980-01-01", "municipality": "0356"}"#)
    #expect(made.status == 201, "\(made.text)")
    let place = try #require(made.header("location")).replacing("/api/v1", with: "")
    let offered = await coordinator.call(
      "POST", place + "/handovers", #"{"toWorker": "\#(receiver)", "agreements": "wekelijks"}"#)
    #expect(offered.status == 201, "\(offered.text)")
    let id = try #require(JSON(parsing: offered.body)?["id"]).text.filter { $0 != "\"" }
    #expect(await worker.call("POST", place + "/handovers/\(id)/answer", #"{"verdict": "refuse"}"#).status == 400)
    #expect(await worker.call("POST", place + "/handovers/\(id)/answer", #"{"verdict": "accept"}"#).status == 200)
    let refused = await worker.call("POST", place + "/journey/phases", "{}")
    #expect(refused.status == 409 && refused.text.contains("errors"))
    let journey = await worker.get(place + "/journey").json
    #expect(journey["phase"] == .string("registered"))
    #expect(journey["unmet"] == .array([.string("sharingSeen")]))
    let passed = await coordinator.call("POST", place + "/journey/phases", #"{"reason": "spoed"}"#)
    #expect(passed.status == 200, "\(passed.text)")
  }

  /// The description comes from the routes; every reference in it leads somewhere.
  @Test func theDescriptionIsComplete() async throws {
    let house = try await TestHouse()
    let nobody = try await Program(house, as: nil)
    let (status, json) = await nobody.get("/openapi.json")
    #expect(status == 200)
    guard case .object(let paths)? = json["paths"], case .object(let schemas)? = json["components"]?["schemas"] else {
      throw Problem.notFound
    }
    let routes = house.house.site.table.routes.filter { $0.path.hasPrefix("/api/") }
    #expect(routes.count > 30)
    #expect(routes.allSatisfy { $0.operation != nil })
    #expect(Set(paths.map(\.name)) == Set(routes.map(\.path)))
    #expect(Set(routes.map { "\($0.name)" }).count == routes.count, "an operation name stands twice")
    let known = Set(schemas.map(\.name))
    for reference in json.text.matches(of: /#\/components\/schemas\/([A-Za-z]+)/) {
      #expect(known.contains(String(reference.1)), "\(reference.1)")
    }
    for path in paths.map(\.name) {
      #expect(!path.hasSuffix("/") && path == path.lowercased() || path.contains("{"), "\(path)")
      #expect(path.wholeMatch(of: /(\/([a-z0-9.]+(-[a-z0-9]+)*|\{[a-zA-Z]+\}))+/) != nil, "\(path)")
    }
  }

  @Test func aTokenEndsWithItsAccount() async throws {
    let file = try await MarkedFile()
    let program = try await Program(file.house, as: file.worker)
    #expect(await program.get("/residents").status == 200)
    let worker = file.worker
    try await file.house.act { transaction in
      var account = try transaction.get(Account.self, worker)
      account.disabledAt = transaction.now
      try transaction.put(account)
    }
    #expect(await program.get("/residents").status == 401)
  }
}
