internal import App
internal import Foundation
internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import Residents
@testable import Trust

/// Domain §6 through the real router: what every role sees of every category, in and out of scope and period.
@Suite struct WhoSeesWhatTests {
  /// The table as it was agreed, read here by other code than the one that decides.
  private static func agreed() throws -> [String: [String: String]] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "Sources/Trust/Resources/sharing.csv"), encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline).map { $0.components(separatedBy: ",") }
    return Dictionary(
      uniqueKeysWithValues: lines.dropFirst().map { line in
        (line[0], Dictionary(uniqueKeysWithValues: zip(lines[0], line)))
      })
  }

  @Test(arguments: Role.allCases) func inScopeAndPeriod(_ role: Role) async throws {
    let file = try await MarkedFile()
    let shown = try await file.everything(file.somebody(role)).text
    let row = try #require(try Self.agreed()[role.rawValue])
    for (category, mark) in MarkedFile.marks {
      let level = try #require(row[category.rawValue])
      let isSeen = shown.contains(mark)
      let isExpected = Self.isExpected(category, level, role, row)
      #expect(isSeen == isExpected, "\(role) \(category) \(level): \(isSeen ? "seen" : "not seen")")
    }
  }

  /// What a level means for a page, with the exceptions domain §6 makes.
  private static func isExpected(_ category: Category, _ level: String, _ role: Role, _ row: [String: String]) -> Bool {
    guard level == "r" || level == "w" else { return false }
    // Peer workers and host tenants know a first name only.
    if category == .identity { return role != .peerWorker && role != .hostTenant }
    // These words stand on pages of another category, and are shown there only to who sees both.
    func opens(_ page: Category) -> Bool { ["r", "w", "s"].contains(row[page.rawValue]) }
    switch category {
    case .health: return row["warning"] == "r" || row["warning"] == "w"
    case .signalText: return (row["signal"] == "r" || row["signal"] == "w") && opens(.identity)
    case .support: return opens(.journey)
    case .contact: return opens(.identity)
    case .housing, .money, .activities: return ["r", "w"].contains(row["readiness"])
    default: return true
    }
  }

  @Test(arguments: Role.allCases) func beforeAndAfterTheirPeriod(_ role: Role) async throws {
    let file = try await MarkedFile()
    let now = file.house.clock.now
    let early = try await file.somebody(role, from: now.adding(.days(1)))
    let late = try await file.somebody(role, from: now.adding(.days(-9)), until: now.adding(.days(-1)))
    for account in [early, late] {
      let (text, opened) = try await file.everything(account)
      #expect(opened == 0 && text.isEmpty, "\(role)")
    }
  }

  @Test(arguments: Role.allCases) func outOfScope(_ role: Role) async throws {
    let file = try await MarkedFile()
    let stranger = try await file.somebody(role, isRelated: false)
    #expect(try await file.everything(stranger).opened == 0, "\(role)")
  }

  /// Nobody learns from an answer whether somebody is known: every way in, with an id that exists and one that doesn't.
  @Test func everyWayInIsClosedToAStranger() async throws {
    let file = try await MarkedFile()
    let stranger = try await file.somebody(.supportWorker, isRelated: false)
    let browser = try await file.house.browser(of: stranger)
    let program = try await Program(file.house, as: stranger)
    let nobody = ResidentID(high: 1, low: 2)
    var tried = 0
    for route in file.house.house.site.table.routes {
      guard case .resident = route.policy else { continue }
      var answers: [String] = []
      for resident in [file.resident, nobody] {
        let path = route.path.replacing("{resident}", with: "\(resident)")
          .replacing(/\{[a-z]+\}/, with: "\(ResidentID(high: 3, low: 4))")
        let answer: Outgoing
        if path.hasPrefix("/api/v1") {
          answer = await program.call(
            route.method.rawValue, path.replacing("/api/v1", with: ""), route.method == .get ? nil : "{}")
        } else {
          answer = route.method == .get ? await browser.get(path) : await browser.post(path, ["words": "x"])
        }
        #expect(answer.status == 404, "\(route.method) \(route.path) gave \(answer.status)")
        answers.append(answer.text.replacing(/[0-9a-f-]{36}/, with: "").replacing(/value="[^"]*"/, with: ""))
      }
      #expect(answers[0] == answers[1], "\(route.path) tells the two apart")
      tried += 1
    }
    #expect(tried > 60)
  }

  /// Whatever the resident hides from somebody is gone from every page at once, and comes back the same way.
  @Test(arguments: MarkedFile.marks.keys.sorted { $0.rawValue < $1.rawValue })
  func theResidentNarrowsAtOnce(_ category: Category) async throws {
    let file = try await MarkedFile()
    let mark = try #require(MarkedFile.marks[category])
    let colleague = try await file.somebody(.supportWorker)
    let own = try await file.house.browser(of: file.somebody(.resident))
    func choose(_ choice: String) async {
      let answer = await own.post(
        "/residents/\(file.resident)/sharing",
        ["account": "\(colleague)", "category": category.rawValue, "choice": choice])
      #expect(answer.status == 303)
    }
    #expect(try await file.everything(colleague).text.contains(mark))
    await choose("hide")
    #expect(try await !file.everything(colleague).text.contains(mark))
    await choose("usual")
    #expect(try await file.everything(colleague).text.contains(mark))
  }

  /// Those who see through an office or a team are shown too, and can be narrowed by role.
  @Test func officesAreShownAndCanBeNarrowed() async throws {
    let file = try await MarkedFile()
    let own = try await file.house.browser(of: file.somebody(.resident))
    let page = "/residents/\(file.resident)/sharing"
    let shown = await own.get(page).text
    #expect(shown.contains("Gemeente Utrecht"))
    let access = try await file.house.read {
      try #require(try $0.first(Organisation.self, "where municipality = '0344'")).id
    }
    let coordinator = try await file.house.act { transaction in
      try transaction.put(
        Account(id: transaction.freshID(), name: "C", email: nil, organisation: access, role: .coordinator)
      ).id
    }
    #expect(try await file.everything(coordinator).text.contains("kenmerkinkomen"))
    await own.post(page, ["role": "coordinator", "category": "readiness", "choice": "hide"])
    #expect(try await !file.everything(coordinator).text.contains("kenmerkinkomen"))
    await own.post(page, ["role": "coordinator", "category": "readiness", "choice": "usual"])
    #expect(try await file.everything(coordinator).text.contains("kenmerkinkomen"))
  }

  /// What the organisation that is called first needs by law stays.
  @Test func theResidentCannotHideWhoTheyAreFromWhoIsFirst() async throws {
    let file = try await MarkedFile()
    let own = try await file.house.browser(of: file.somebody(.resident))
    await own.post(
      "/residents/\(file.resident)/sharing", ["account": "\(file.worker)", "category": "identity", "choice": "hide"])
    #expect(try await file.everything(file.worker).text.contains("Kenmerknaam") == true)
  }

  @Test func everyReadLeavesALineInTheTrail() async throws {
    let file = try await MarkedFile()
    let start = file.house.clock.now
    let browser = try await file.house.browser(of: file.worker)
    func lines() async throws -> [String] {
      try await file.house.house.audit.lines(
        about: file.resident, from: start.adding(.days(-1)), until: start.adding(.days(1)), limit: 1000
      ).map { "\($0.event) \($0.object) \($0.fields)" }
    }
    var before = try await lines().count
    for page in MarkedFile.pages {
      let answer = await browser.get("/residents/\(file.resident)\(page)")
      #expect(answer.status == 200, "\(page)")
      let now = try await lines()
      #expect(now.count == before + 1, "\(page) left \(now.count - before) lines")
      before = now.count
    }
    let all = try await lines()
    #expect(all.contains { $0.contains("warning") && $0.contains("health") })
    #expect(all.contains { $0.hasPrefix("read contacts") && $0.contains("contacts") })
  }

  @Test func lookingWhereOneMayNotLeavesALineToo() async throws {
    let file = try await MarkedFile()
    let stranger = try await file.somebody(.supportWorker, isRelated: false)
    _ = try await file.everything(stranger)
    let now = file.house.clock.now
    let lines = try await file.house.house.audit.lines(
      about: file.resident, from: now.adding(.days(-1)), until: now.adding(.days(1)), limit: 100)
    #expect(lines.filter { $0.event == "refused" && $0.account == stranger.retyped() }.count == MarkedFile.pages.count)
  }
}
