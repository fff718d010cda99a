internal import Foundation
internal import Kernel
internal import Store
internal import TestKit
internal import Testing

@testable import App
@testable import Residents
@testable import Trust

/// The log of contacts: what the desk may see of it, and paging that loses none.
@Suite struct ContactLogTests {
  /// Forty-five, most of them of the same moment, as what is written down afterwards is.
  private func filled() async throws -> MarkedFile {
    let file = try await MarkedFile()
    let (resident, worker) = (file.resident, file.worker)
    try await file.house.act { transaction in
      for number in 1...45 {
        let noon = RegionTime.amsterdam.instant(
          RegionTime.amsterdam.date(of: transaction.now).adding(days: -1 - number / 20), hour: 12)
        try Contact.log(
          Contact.Entry(at: noon, channel: .call, words: "gesprek-\(number)-"), with: resident, by: worker, transaction)
      }
    }
    return file
  }

  @Test func pagingLosesNothing() async throws {
    let file = try await filled()
    let browser = try await file.house.browser(of: file.worker)
    var (page, seen) = ("/residents/\(file.resident)/contacts", Set<String>())
    for _ in 0..<3 {
      let text = await browser.get(page).text
      for match in text.matches(of: /gesprek-([0-9]+)-/) { seen.insert(String(match.1)) }
      guard let next = text.firstMatch(of: /href="([^"]*\?before=[^"]+)"/)?.1 else { break }
      page = String(next)
    }
    #expect(seen.count == 45)
    let program = try await Program(file.house, as: file.worker)
    var (path, ids) = ("/residents/\(file.resident)/contacts?limit=10", Set<String>())
    for _ in 0..<6 {
      let answer = await program.call("GET", path)
      for match in answer.text.matches(of: /gesprek-([0-9]+)-/) { ids.insert(String(match.1)) }
      guard let next = answer.text.firstMatch(of: /"next":"([^"]+)"/)?.1 else { break }
      path = "/residents/\(file.resident)/contacts?limit=10&after=\(next)"
    }
    #expect(ids.count == 45)
    #expect(await browser.get("/residents/\(file.resident)/contacts?before=gisteren").status == 422)
  }

  /// Domain §6: the desk sees the last ten, whatever it asks.
  @Test func theDeskSeesTheLastTen() async throws {
    let file = try await filled()
    let person = try await file.somebody(.deskWorker)
    let browser = try await file.house.browser(of: person)
    let page = "/residents/\(file.resident)/contacts"
    let all = await browser.get(page).text
    let last = Set(all.matches(of: /gesprek-([0-9]+)-/).map { String($0.1) })
    #expect((9...10).contains(last.count), "the newest is the file's own")
    #expect(!all.contains("?before="))
    let old = try await file.house.read { reader in
      try reader.all(Contact.self, "where resident = \(file.resident) order by at desc, id desc limit 1 offset 20")
    }
    let place = ContactLog.Place(try #require(old.first)).description
    for address in ["\(page)?before=\(place)", page] {
      let seen = Set(await browser.get(address).text.matches(of: /gesprek-([0-9]+)-/).map { String($0.1) })
      #expect(seen.isSubset(of: last), "\(address)")
    }
    let program = try await Program(file.house, as: person)
    for address in ["\(page)?limit=100", "\(page)?limit=100&after=\(place)", "\(page)?limit=3"] {
      let seen = await program.call("GET", address).text.matches(of: /gesprek-([0-9]+)-/).map { String($0.1) }
      #expect(Set(seen).isSubset(of: last), "\(address)")
    }
  }

  @Test func theMonthsHoursAreAllOfThem() async throws {
    let file = try await MarkedFile()
    let worker = file.worker
    try await file.house.act { transaction in
      for _ in 0..<40 {
        try Contact.log(
          Contact.Entry(at: transaction.now, channel: .meeting, minutes: 30, partner: "team"), with: nil, by: worker,
          transaction)
      }
    }
    #expect(await (try file.house.browser(of: worker)).get("/hours").text.contains("20 uur"))
  }

  /// Two relations with one resident are one resident.
  @Test func theBoardCountsPeople() async throws {
    let file = try await MarkedFile()
    let coordinator = try await file.house.read {
      try #require(try $0.first(Account.self, "where role = 'coordinator'"))
    }
    let resident = file.resident
    try await file.house.act { transaction in
      try Relation.open(resident, for: .person(coordinator.id), role: .coordinator, ground: .task, transaction)
    }
    let summary = try await file.house.read { reader in
      let viewer = try #require(try Sessions.viewer(coordinator.id, reader))
      return try BoardPage.summary(Looker(viewer: viewer, reader: reader))
    }
    #expect(summary.map(\.people) == [1])
  }
}
