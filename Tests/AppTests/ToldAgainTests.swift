internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import App
@testable import Residents
@testable import Trust

/// Whoever says again that it goes badly is heard again; and nobody makes a cry for help disappear but who answered it.
@Suite struct ToldAgainTests {
  private func warnings(_ file: MarkedFile) async throws -> [Signal] {
    let resident = file.resident
    return try await file.house.read {
      try $0.all(
        Signal.self,
        "where resident = \(resident) and kind = 'warningRed' and settled_at is null order by raised_at, id")
    }
  }

  @Test func aSecondRedIsHeardWithItsWords() async throws {
    let file = try await MarkedFile()
    let resident = try await file.house.browser(of: try await file.somebody(.resident))
    let page = "/residents/\(file.resident)/warning"
    await resident.post("\(page)/colour", ["colour": "red", "words": "het gaat niet"], from: page)
    // Once more without a word adds nothing while the worker has time.
    await resident.post("\(page)/colour", ["colour": "red"], from: page)
    #expect(try await warnings(file).count == 1)
    // A day later nobody came: the first went up, and the next is the worker's again, with what is said now.
    for _ in 0..<4 {
      file.house.clock.advance(.days(2))
      try await file.house.house.scheduler.runDue()
    }
    #expect(try await warnings(file).first?.level != .owner)
    let later = try await file.house.browser(of: try await file.somebody(.resident))
    await later.post("\(page)/colour", ["colour": "red", "words": "nu wordt het gevaarlijk"], from: page)
    let both = try await warnings(file)
    #expect(both.count == 2 && both.last?.owner == file.worker)
    #expect(both.last?.words?.contains("nu wordt het gevaarlijk") == true)
    let worker = try await file.house.browser(of: file.worker)
    #expect(await worker.get("/signals").text.contains("nu wordt het gevaarlijk"))
  }

  @Test func residentsDoNotSettleTheirOwnCallForHelp() async throws {
    let file = try await MarkedFile()
    let resident = try await file.house.browser(of: try await file.somebody(.resident))
    let page = "/residents/\(file.resident)"
    await resident.post("\(page)/warning/colour", ["colour": "red", "words": "help"], from: "\(page)/warning")
    let id = try #require(try await warnings(file).first).id
    #expect(await !resident.get(page).text.contains("/signals/\(id)/settle"))
    #expect(await resident.post("\(page)/signals/\(id)/settle", ["done": "laat maar"], from: page).status == 404)
    #expect(try await warnings(file).count == 1)
    let worker = try await file.house.browser(of: file.worker)
    await worker.post("\(page)/signals/\(id)/settle", ["done": "samen gewandeld"], from: page)
    #expect(try await warnings(file).isEmpty)
  }

  @Test func whoLeftTheCircleByMistakeIsBack() async throws {
    let file = try await MarkedFile()
    let (house, resident) = (file.house, file.resident)
    let relative = try await house.act { transaction in
      let account = try transaction.put(
        Account(
          id: transaction.freshID(), name: "Zus", email: nil, organisation: nil, role: .relative,
          resident: resident))
      return (
        account.id,
        try CircleMember.add(name: "Zus", role: .relative, account: account.id, resident, transaction).id
      )
    }
    let page = "/residents/\(resident)/circle"
    let own = try await house.browser(of: try await file.somebody(.resident))
    let sister = try await house.browser(of: relative.0)
    await own.post("\(page)/\(relative.1)/end", [:], from: page)
    #expect(await sister.get("/residents/\(resident)").status == 404)
    #expect(await own.post("\(page)/\(relative.1)/back", [:], from: page).status == 303)
    #expect(await sister.get("/residents/\(resident)").status == 200)
  }
}
