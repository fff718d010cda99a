internal import Kernel
internal import Site
internal import Store
internal import TestKit
internal import Testing

@testable import App
@testable import Residents
@testable import Trust

/// A journey that was ended by mistake is open again, as it was, for whoever ended it and within a week.
@Suite struct TakingBackTests {
  private func ended(_ file: MarkedFile) async throws -> (worker: Browser, journey: ID<Journey>) {
    let resident = file.resident
    let journey = try await file.house.read { try Journey.needed(of: resident, $0).id }
    file.house.clock.advance(.minutes(5))
    let worker = try await file.house.browser(of: file.worker)
    let page = "/residents/\(resident)/journey"
    let answer = await worker.post(
      "/residents/\(resident)/end", ["ending": "died", "words": "de verkeerde aangeklikt", "sure": "on"], from: page)
    #expect(answer.headers.contains { $0.name == "location" && $0.value.hasPrefix("/ended") })
    return (worker, journey)
  }

  @Test func whoEndedItTakesItBackWithEverythingAsItWas() async throws {
    let file = try await MarkedFile()
    let resident = file.resident
    let relative = try await file.house.browser(of: try await file.somebody(.relative))
    let before = try await file.house.read { try Journey.needed(of: resident, $0) }
    #expect(await relative.get("/residents/\(resident)").status == 200)
    let (worker, journey) = try await ended(file)
    // Nobody sees on, and the page to take it back from names nobody.
    #expect(await worker.get("/residents/\(resident)").status == 404)
    #expect(await relative.get("/residents/\(resident)").status == 404)
    let page = await worker.get("/ended").text
    #expect(page.contains("/journeys/\(journey)/take-back") && !page.contains("Kenmerknaam"))
    let back = await worker.post("/journeys/\(journey)/take-back", [:], from: "/ended")
    #expect(back.status == 303)
    #expect(await worker.get("/residents/\(resident)/journey").text.contains("afsluiting is teruggedraaid"))
    #expect(await relative.get("/residents/\(resident)").status == 200)
    let worked = file.worker
    try await file.house.read { reader in
      let after = try Journey.needed(of: resident, reader)
      #expect(after.phase == before.phase && after.phaseSince == before.phaseSince && after.ending == nil)
      #expect(try Accountability.now(after.id, reader)?.worker == worked)
      let signal = try reader.first(Signal.self, "where resident = \(resident) and settled_at is null")
      #expect(signal?.owner == worked && signal?.words == "kenmerkzorg")
    }
    #expect(await !worker.get("/ended").text.contains("take-back"))
    #expect(await worker.post("/journeys/\(journey)/take-back", [:], from: "/ended").status == 409)
  }

  @Test func nobodyElseAndNotForEver() async throws {
    let file = try await MarkedFile()
    let (worker, journey) = try await ended(file)
    let stranger = try await file.house.browser(of: try await file.somebody(.supportWorker, isRelated: false))
    #expect(await !stranger.get("/ended").text.contains("take-back"))
    #expect(await stranger.post("/journeys/\(journey)/take-back", [:], from: "/ended").status == 404)
    file.house.clock.advance(.days(8))
    let late = try await file.house.browser(of: file.worker)
    #expect(await !late.get("/ended").text.contains("take-back"))
    #expect(await late.post("/journeys/\(journey)/take-back", [:], from: "/ended").status == 409)
    _ = worker
  }
}
