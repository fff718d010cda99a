internal import App
internal import Kernel
internal import Store
internal import TestKit
internal import Testing

@testable import Residents
@testable import Trust

/// What falls due is done exactly once, whatever happened in between.
@Suite struct SchedulerTests {
  private func signals(_ file: MarkedFile, _ kind: Signal.Kind) async throws -> [Signal] {
    let resident = file.resident
    return try await file.house.read { reader in
      try reader.all(Signal.self, "where resident = \(resident) and kind = \(kind) order by id")
    }
  }

  @Test func silenceBecomesASignalTheMorningAfterAndOnlyOnce() async throws {
    let file = try await MarkedFile()
    let scheduler = file.house.house.scheduler
    // Registered, rhythm 14 days: contact on 5 March, so silence is due on 20 March at 7.00.
    file.house.clock.set(RegionTime.amsterdam.instant(try #require(LocalDate("2026-03-20")), hour: 6, minute: 59))
    try await scheduler.runDue()
    #expect(try await signals(file, .silence).isEmpty)
    file.house.clock.set(RegionTime.amsterdam.instant(try #require(LocalDate("2026-03-20")), hour: 7))
    try await scheduler.runDue()
    try await scheduler.runDue()
    #expect(try await signals(file, .silence).count == 1)
  }

  @Test func aWeekOfBeingSwitchedOffLosesNothing() async throws {
    let file = try await MarkedFile()
    file.house.clock.set(RegionTime.amsterdam.instant(try #require(LocalDate("2026-03-31")), hour: 12))
    // A new house on the same region, as after a restart.
    let again = try await House(House.Plan(path: file.house.path, clock: file.house.clock, cost: .cheap))
    try await again.scheduler.runDue()
    let silence = try await signals(file, .silence)
    #expect(silence.count == 1)
    #expect(silence.first?.owner == file.worker)
  }

  @Test func twoSchedulersAtOnceDoItOnce() async throws {
    let file = try await MarkedFile()
    let other = try await House(House.Plan(path: file.house.path, clock: file.house.clock, cost: .cheap))
    file.house.clock.set(RegionTime.amsterdam.instant(try #require(LocalDate("2026-03-31")), hour: 12))
    async let one = file.house.house.scheduler.runDue()
    async let two = other.scheduler.runDue()
    _ = try await (one, two)
    #expect(try await signals(file, .silence).count == 1)
  }

  @Test func aSignalNobodySettlesGoesUpToTheManager() async throws {
    let file = try await MarkedFile()
    try await file.house.act { transaction in
      let access = try transaction.first(Account.self, "where role = 'coordinator'")?.organisation
      try transaction.put(
        Account(id: transaction.freshID(), name: "Leiding", email: nil, organisation: access, role: .teamLeader))
    }
    var levels: [Signal.Level] = []
    for number in 0..<45 {
      let day = try #require(LocalDate("2026-05-01")).adding(days: number)
      file.house.clock.set(RegionTime.amsterdam.instant(day, hour: 18))
      try await file.house.house.scheduler.runDue()
      let concern = try #require(try await signals(file, .concern).first)
      #expect(concern.settledAt == nil)
      if levels.last != concern.level { levels.append(concern.level) }
    }
    // Each has a day or two, however long nobody looked before; and it goes round.
    #expect(levels.starts(with: [.coordinator, .manager, .coordinator, .manager]), "\(levels)")
  }

  @Test func gettingHoldOfThemEndsTheSilenceAndTryingDoesNot() async throws {
    let file = try await MarkedFile()
    let (resident, worker) = (file.resident, file.worker)
    file.house.clock.set(RegionTime.amsterdam.instant(try #require(LocalDate("2026-03-20")), hour: 8))
    try await file.house.house.scheduler.runDue()
    func log(_ isReached: Bool) async throws {
      try await file.house.act { transaction in
        try Contact.log(
          Contact.Entry(at: transaction.now, channel: .call, isReached: isReached), with: resident, by: worker,
          transaction)
      }
    }
    try await log(false)
    #expect(try await signals(file, .silence).first?.settledAt == nil)
    try await log(true)
    #expect(try await signals(file, .silence).first?.settledAt != nil)
  }
}
